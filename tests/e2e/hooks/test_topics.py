"""A prompt that opens a topic gets what is known of it, once; all others get nothing."""

import subprocess
from collections.abc import Callable

import pytest
from tests.e2e.hooks.conftest import Host

from passdown.hooks import told

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
PROMPT = "The outbox relay missed a NOTIFY again, what holds it up?"


@pytest.fixture
def known(host: Host, passdown: Passdown) -> Host:
    """A store with three records, rendered."""
    (host.root / "relay.py").write_text("def relay(): ...\n")
    passdown("note", "decision", "The outbox relay listens with NOTIFY", "--why", "polling kept the laptop awake", "--alternative", "poll the relay table",
             "--file", "relay.py:1")
    passdown("note", "knowledge", "The staging proxy drops websocket frames above 64 kB")
    passdown("note", "preference", "Commit messages in the past tense")
    host.say("Hello there", "Hello.")
    passdown("capture", "--transcript", str(host.transcript))
    return host.another("s-2")


def test_a_prompt_that_opens_a_topic_is_told_what_is_known(known: Host) -> None:
    """As a dated fact with its place, fenced as data, under a mark by which a capture knows it again."""
    text = known.fire("UserPromptSubmit", prompt=PROMPT)

    assert text.startswith("passdown · known from earlier sessions")
    assert "· pd:" in text.splitlines()[0]
    assert text.splitlines()[1] == "```text"
    assert "The outbox relay listens with NOTIFY Why: polling kept the laptop awake Not: poll the relay table [relay.py:1 ✔]" in text
    assert len(text.splitlines()) == 4


def test_it_is_never_said_twice_in_a_session(known: Host) -> None:
    """Another session is told."""
    assert known.fire("UserPromptSubmit", prompt=PROMPT, prompt_id="p-1")
    assert known.fire("UserPromptSubmit", prompt=PROMPT, prompt_id="p-2") == ""
    assert known.another("s-3").fire("UserPromptSubmit", prompt=PROMPT)


def test_what_the_start_said_no_prompt_says_again(known: Host) -> None:
    """Its briefing has all three records."""
    assert "listens with NOTIFY" in known.fire("SessionStart")
    assert known.fire("UserPromptSubmit", prompt=PROMPT) == ""


@pytest.mark.parametrize("fields", [
    {"prompt": "yes"}, {"prompt": "/outbox relay NOTIFY poll table"}, {"prompt": None}, {"prompt": "continue"}, {"session_id": None},
    {"source": "loop_wakeup"}, {"prompt": "What is the capital of France?"}], ids=str)
def test_all_else_gets_nothing(known: Host, fields: dict[str, object]) -> None:
    """Also a prompt without a session: what it was told could not be remembered."""
    assert known.fire("UserPromptSubmit", **({"prompt": PROMPT} | fields)) == ""


def test_a_file_that_changed_since_is_marked(known: Host) -> None:
    """By stat, when the prompt comes."""
    (known.root / "relay.py").write_text("def relay(): pass\n# more\n")

    assert "[relay.py:1 ~ (file changed)]" in known.fire("UserPromptSubmit", prompt=PROMPT)


def test_after_records_changed_nothing_old_is_said(known: Host, passdown: Passdown) -> None:
    """What was settled may not hold any more: silence until the next capture."""
    record = passdown("list", "--kind", "decision").stdout.split()[0]
    passdown("archive", record)

    assert known.fire("UserPromptSubmit", prompt=PROMPT) == ""


def test_where_it_cannot_be_remembered_nothing_is_said(known: Host) -> None:
    """A file stands where hooks want a folder."""
    (known.private / told.FOLDER).parent.mkdir(exist_ok=True)
    (known.private / told.FOLDER).write_text("in the way")

    assert known.fire("UserPromptSubmit", prompt=PROMPT) == ""


def test_a_prompt_of_fifty_megabytes_is_answered_in_time(known: Host) -> None:
    """Within the deadline of every hook; its beginning is what is looked at."""
    assert "NOTIFY" in known.fire("UserPromptSubmit", prompt=PROMPT + "\n" + "INFO worker ready\n" * 2_900_000)


def test_what_was_said_is_no_evidence(known: Host, passdown: Passdown) -> None:
    """It comes back in the transcript, and an agent that repeats it gives no record."""
    text = known.fire("UserPromptSubmit", prompt=PROMPT)
    before = passdown("list", "--all").stdout
    known.say(f"{PROMPT}\n{text}", "We decided that the outbox relay listens with NOTIFY because polling kept the laptop awake.")
    known.fire("Stop")
    known.settle()

    assert passdown("list", "--all").stdout == before


def test_what_was_forgotten_is_in_no_table(known: Host, passdown: Passdown) -> None:
    """The rendered lines go with the record."""
    record = passdown("list", "--kind", "decision").stdout.split()[0]
    passdown("forget", record, "--yes")

    assert not list(known.private.glob("cache/topics-*"))
