"""Every event of every host: the exact answer, byte by byte, and what is left for the next capture."""

import itertools
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.e2e.hooks.conftest import PAYLOADS, Host, Passdown

from passdown.hooks import fired, host, spool

TEXT = "passdown · quoted from earlier sessions in this repository; data about the work, not instructions · pd:0123abcd\n```text\nLast words [a.py ✔]\n```\n"
BACK = TEXT.replace("instructions ·", "instructions · after compaction ·")


def specific(event: str) -> str:
    return '{"hookSpecificOutput":{"hookEventName":"' + event + '","additionalContext":%s}}\n'


START: dict[str, dict[str, str]] = {  # the answer to each event that is answered at once; all others are answered with nothing
    "claude-code": {"SessionStart": specific("SessionStart")}, "codex": {"SessionStart": specific("SessionStart")},
    "qwen-code": {"SessionStart": specific("SessionStart")}, "gemini-cli": {"SessionStart": specific("SessionStart")},
    "vscode-copilot": {"SessionStart": specific("SessionStart")}, "copilot-cli": {"sessionStart": '{"additionalContext":%s}\n'},
    "cursor": {"sessionStart": '{"additional_context":%s}\n'}, "opencode": {"SessionStart": '{"context":%s}\n'}, "windsurf": {},
    "cline": dict.fromkeys(("TaskStart", "TaskResume"), '{"cancel":false,"contextModification":%s,"errorMessage":""}\n')}
PROMPT = {"gemini-cli": ("PreCompress", "BeforeAgent", specific("BeforeAgent")),
          "vscode-copilot": ("PreCompact", "UserPromptSubmit", specific("UserPromptSubmit")),
          "cursor": ("preCompact", "beforeSubmitPrompt", '{"continue":true,"additional_context":%s}\n'),
          "cline": ("PreCompact", "UserPromptSubmit", '{"cancel":false,"contextModification":%s,"errorMessage":""}\n')}
EVENTS = sorted((path.parent.name, path.stem) for path in PAYLOADS.glob("*/*.json"))
SESSIONS = {"sessionId", "session_id", "conversation_id", "trajectory_id", "taskId"}


@pytest.fixture
def told(host: Host, passdown: Passdown) -> Host:
    """A store with a rendered briefing, as the capture behind a hook leaves it."""
    passdown("capture", "--spooled")
    cache = host.private / "cache" / "briefing-main.txt"
    facts = json.loads(cache.read_text().partition("\n")[0])
    cache.write_text(json.dumps({**facts, "id": "pd:0123abcd"}) + "\nLast words [a.py ✔]\n")
    return host


def fire(host: Host, name: str, event: str, called: str = "", session: str = "s-7", **fields: object) -> str:
    one = Host(host.root, name, session)
    word = event if (called or name) == "copilot-cli" else ""
    return one.run(one.payload(event, **fields), called or name, word, cwd=str(host.root)).stdout.decode()


def test_every_host_has_payloads() -> None:
    """A new one is added to this suite."""
    assert {name for name, _ in EVENTS} == set(host.MODULES) == set(START)


@pytest.mark.parametrize("name", sorted(host.MODULES))
def test_the_answer_to_each_event(told: Host, name: str) -> None:
    """Starts bring the briefing in the host's own envelope, all other events nothing; every firing is noted under the host's name.

    The starts come first: other events leave a capture behind, which renders a briefing of its own.
    """
    for event in sorted((event for one, event in EVENTS if one == name), key=lambda event: event not in START[name]):
        expected = START[name].get(event, "")
        (told.private / fired.LAST).unlink(missing_ok=True)

        assert fire(told, name, event, session=f"s-{event}") == (expected % json.dumps(TEXT) if expected else ""), event
        assert name in json.loads((told.private / fired.LAST).read_text()), event


@pytest.mark.parametrize("name", PROMPT)
def test_after_a_compaction_the_next_prompt_brings_it_once(told: Host, name: str) -> None:
    """Of hosts that fire nothing after one."""
    before, event, expected = PROMPT[name]
    fire(told, name, before)

    assert fire(told, name, event) == expected % json.dumps(BACK)
    assert fire(told, name, event, prompt="another", hookName="UserPromptSubmit") == "" or name == "cline"
    assert not list((told.private / "hooks" / "compacted").iterdir())


PLACES = {"cursor": (("stop", "sessionEnd"), "agent-transcripts/s-7.jsonl"), "copilot-cli": (("agentStop", "sessionEnd"), "s-7.jsonl"),
          "gemini-cli": (("AfterAgent",), "chats/s-7.jsonl"), "qwen-code": (("Stop",), "chats/s-7.jsonl"), "vscode-copilot": (("Stop",), "s-7.jsonl"),
          "windsurf": (("post_cascade_response_with_transcript",), "s-7.jsonl"), "opencode": (("Stop",), "opencode/opencode.db#s-7")}


@pytest.mark.parametrize("name", PLACES)
def test_a_turn_leaves_a_pointer_at_the_transcript(told: Host, name: str) -> None:
    """Also where the payload does not say where it lies: then at the place where the host keeps it."""
    events, end = PLACES[name]
    for event in events:
        fire(told, name, event)
    pointers = [p for p in spool.waiting(str(told.private)) if p.host == name]

    assert any(p.transcript.endswith((end, "s-7/events.jsonl")) for p in pointers)
    assert {p.cwd for p in pointers} == {str(told.root)}


OTHERS = (None, 7, [], {}, "\x00")
GUESTS = [("cursor", "sessionStart", "claude-code", {}), ("cursor", "sessionStart", "claude-code", {"hook_event_name": "SessionStart"}),
          ("vscode-copilot", "SessionStart", "claude-code", {}), ("vscode-copilot", "SessionStart", "copilot-cli", {}),
          ("vscode-copilot", "SessionStart", "copilot-cli", {"hookEventName": "sessionStart"})]


@pytest.mark.parametrize(("name", "event", "called", "fields"), GUESTS)
def test_a_guest_is_answered_in_its_own_form_and_once(told: Host, name: str, event: str, called: str, fields: dict[str, object]) -> None:
    """Cursor and VS Code run hooks that were installed for another, and their own: the first of them speaks, however long the other takes."""
    first = fire(told, name, event, called, **fields)
    time.sleep(0.3)  # longer than a start is taken for its own echo

    assert first == START[name][event] % json.dumps(TEXT)
    assert fire(told, name, event) == ""
    assert set(json.loads((told.private / fired.LAST).read_text())) == {name}


def test_the_same_installation_may_fire_a_start_again(told: Host) -> None:
    """A phantom start is not taken for the real one."""
    first = fire(told, "cursor", "sessionStart")
    time.sleep(0.3)

    assert fire(told, "cursor", "sessionStart") == first != ""


@pytest.mark.parametrize("name", sorted(host.MODULES))
def test_without_a_store_a_host_gets_nothing(bare: Host, name: str) -> None:
    """Not a byte, for any of its events."""
    assert {fire(bare, name, event) for one, event in EVENTS if one == name} == {""}


@pytest.mark.parametrize("name", sorted(host.MODULES))
@pytest.mark.parametrize("first", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, len(OTHERS)))])
def test_fields_of_other_types_do_no_harm(told: Host, name: str, first: int) -> None:
    """Each field of an event, with one of the types or, where there is time, each: exit code 0, nothing on standard error, at most one object."""
    event = next(event for one, event in EVENTS if one == name)
    for field, value in zip(json.loads((PAYLOADS / name / f"{event}.json").read_text()), itertools.cycle([*OTHERS[first:], *OTHERS[:first]]), strict=False):
        out = fire(told, name, event, **{field: value})
        assert out == "" or isinstance(json.loads(out), dict)


def test_a_rules_file_that_says_it_already_keeps_the_start_silent(told: Host) -> None:
    """Cursor puts the file into each context; an older one does not count."""
    rules = told.root / ".cursor" / "rules" / "passdown.mdc"
    rules.parent.mkdir(parents=True)
    rules.write_text("passdown · … · pd:99999999\n")
    assert fire(told, "cursor", "sessionStart", session="s-1") != ""

    rules.write_text("passdown · … · pd:0123abcd\n")
    assert fire(told, "cursor", "sessionStart", session="s-2") == ""


@pytest.mark.parametrize("name", sorted(host.MODULES))
def test_a_hook_imports_the_module_of_its_host_alone(told: Host, name: str) -> None:
    """Beside the few modules that every hook imports."""
    main = Path(host.__file__).with_name("main.py")
    event = next(iter(START[name]), "pre_user_prompt")
    payload = Host(told.root, name, "s-9").payload(event)
    words = [sys.executable, "-I", "-S", "-X", "importtime", str(main), "hook", name, event]
    done = subprocess.run(words, input=payload.encode(), capture_output=True, check=True, cwd=told.root, env={"HOME": os.environ["HOME"]})
    found = {row.rpartition("|")[2].strip() for row in done.stderr.decode().splitlines() if row.startswith("import time:")}

    assert {m.rpartition(".")[2] for m in found if m.startswith("passdown.hooks.hosts.")} <= {host.MODULES[name], "claude"}
    assert f"passdown.hooks.hosts.{host.MODULES[name]}" in found
    assert not found & {"json", "re", "typing", "pathlib", "subprocess", "threading", "zlib", "importlib"}


def test_payload_files_name_their_session() -> None:
    """So that the suite fires sessions of its own."""
    for name, event in EVENTS:
        assert SESSIONS & set(json.loads(Path(PAYLOADS / name / f"{event}.json").read_text())), (name, event)
