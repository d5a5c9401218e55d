"""Claude Code rows, each rule shown on the sample session or on a row of its own."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from passdown.model.event import Compaction, Event, Injected, Mark, Notice, Prompt, Reply, Rewind, ToolCall, ToolResult, Usage
from passdown.transcripts.base import UnreadableRowError
from passdown.transcripts.readers import claude_code

SAMPLES = Path(__file__).parents[3] / "golden" / "transcripts" / "claude-code"


def read(name: str = "session.jsonl") -> list[Event]:
    reading, out = claude_code.start(), list[Event]()
    for number, line in enumerate((SAMPLES / name).read_bytes().splitlines()):
        try:
            found = reading.row(number, line) if line.strip(b"\0") else "blank"
        except UnreadableRowError:
            continue
        out += [] if isinstance(found, str) else found
    return out


def of(kind: type, lane: str = "") -> list[Any]:
    return [e for e in read() if isinstance(e, kind) and e.lane == lane]


def row(**fields: Any) -> Sequence[Event] | str:
    envelope = {"type": "user", "sessionId": "s", "uuid": "u", "parentUuid": None, "timestamp": "2026-03-02T10:00:00Z"}
    return claude_code.start().row(0, json.dumps(envelope | fields).encode())


def test_prompts_are_what_the_user_said() -> None:
    """Typed, queued and attached prompts count; commands, reminders, interruptions, skills and hooks do not."""
    assert [p.text for p in of(Prompt)] == [
        "fix the login test", "and commit when it is green", "what about logout?", "no wait, leave logout alone", "also bump the version",
        "it should look like this"]


def test_a_prompt_handed_to_the_running_turn_is_kept() -> None:
    """`remove` takes a queued prompt into the running turn: no other row has it."""
    assert [p.text for p in of(Prompt) if p.queued] == ["and commit when it is green", "also bump the version"]


def test_going_back_rewinds_to_the_sibling_prompt() -> None:
    """A prompt with the parent of an earlier one takes that one and what followed off the live branch."""
    events = read()
    [rewind] = [e for e in events if isinstance(e, Rewind)]

    assert isinstance(events[rewind.to], Prompt)
    assert events[rewind.to].text == "what about logout?"  # type: ignore[union-attr]


def test_usage_counts_the_last_row_of_a_message() -> None:
    """The rows of one message repeat its id; the last one has the whole usage."""
    assert {u.message: u.output for u in of(Usage)}["m1"] == 9


def test_results_tell_how_calls_ended() -> None:
    """Failure with its exit code, a created file, a commit and a sub-agent are read from the result."""
    results = {r.call: r for r in of(ToolResult)}

    assert (results["t4"].ok, results["t4"].exit_code) == (False, 1)
    assert results["t3"].effect == "created"
    assert results["t8"].commit == "abc1234"
    assert results["t7"].agent == "ag1"
    assert [(t.id, t.text, t.status) for t in results["t5"].todos] == [("1", "Fix logout", "pending")]


def test_a_sub_agent_has_a_lane_of_its_own() -> None:
    """Steps of a sub-agent, told in progress rows or inline, are apart from the main thread."""
    assert [c.tool for c in of(ToolCall, "ag1")] == ["Grep"]
    assert [i.text for i in of(Injected, "ag2")] == ["inline task"]
    assert [r.text for r in of(Reply, "ag2")] == ["done inline"]


def test_a_sub_agents_own_file_names_its_parent() -> None:
    """The transcript of a sub-agent is a session of its own, linked to the one that started it; its task is no prompt."""
    events = read("subagent.jsonl")
    [mark] = [e for e in events if isinstance(e, Mark) and e.parent]

    assert mark.parent == "c0ffee00-0000-4000-8000-00000000000a"
    assert mark.session == f"{mark.parent}.agent-ag1"
    assert not [e for e in events if isinstance(e, Prompt)]


def test_a_compaction_carries_its_summary() -> None:
    """The boundary's trigger and size come with the summary row."""
    [compaction] = of(Compaction)

    assert (compaction.trigger, compaction.tokens_before) == ("manual", 90_000)
    assert "login fixed" in compaction.text


def test_titles_and_branches_are_marks() -> None:
    """Session, directory, branch, model and title are told once, when they are new."""
    marks = of(Mark)

    assert [m.title for m in marks if m.title] == ["Login tests", "Login and clock"]
    assert [m.branch for m in marks if m.branch] == ["main"]
    assert [m.model for m in marks if m.model] == ["claude-opus-4-5"]


def test_notices_keep_what_else_happened() -> None:
    """Interruptions, API errors, compaction boundaries and links are kept as notices."""
    assert [n.kind for n in of(Notice)] == ["interrupted", "compacted", "api-error", "link"]


@pytest.mark.parametrize("origin", ["task-notification", "peer", "channel"])
def test_what_others_put_in_the_users_place_is_injected(origin: str) -> None:
    """Only an origin of `human`, or none, is the user."""
    found = row(message={"role": "user", "content": "hello"}, origin={"kind": origin})

    assert isinstance(found[-1], Injected)


def test_a_field_of_another_type_does_not_lose_the_row() -> None:
    """Every field is optional and may change its type; the rest of the row is still read."""
    found = row(message={"role": "user", "content": "hello"}, gitBranch={"name": "main"}, isMeta="no")

    assert [e.text for e in found if isinstance(e, Prompt)] == ["hello"]


def test_colliding_ids_do_not_hide_rows() -> None:
    """Ids replaced by the same word upstream count only together with their time."""
    reading = claude_code.start()
    rows = [{"type": "user", "uuid": "REDACTED", "timestamp": f"2026-03-02T10:00:0{n}Z", "message": {"content": f"prompt {n}"}} for n in (1, 2)]
    found = [reading.row(n, json.dumps(r).encode()) for n, r in enumerate(rows)]

    assert all(not isinstance(f, str) for f in found)


@pytest.mark.parametrize(("words", "kind"), [
    ("<div> is not centred, fix it", Prompt), ("<T extends Base> does not compile", Prompt), ("<command-name>/clear</command-name>", Injected),
    ("<local-command-caveat>x</local-command-caveat>", Injected), ("<ide_selection>a.py</ide_selection>", Injected), ("<bash-input>ls</bash-input>", Injected)])
def test_only_tags_of_the_host_mark_what_it_injects(words: str, kind: type) -> None:
    """A prompt may begin with a tag that it is about."""
    found = row(message={"role": "user", "content": words})
    assert isinstance(found[-1], kind)
