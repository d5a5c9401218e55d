"""The laws of session facts, over real sessions where there are any."""

import json
import os
from pathlib import Path

import msgspec
import pytest

from passdown.extract.session import Fold
from passdown.formats import session_file
from passdown.model.event import Event, SafeEvents
from passdown.transcripts.readers import claude_code

DATA = os.environ.get("PASSDOWN_TEST_DATA", "")
SESSIONS = sorted(Path(DATA, "projects").glob("*/sessions/*claude-code.jsonl")) if DATA else []



def row(number: int, role: str, content: object, **message: object) -> bytes:
    """One row of a transcript of our own."""
    return json.dumps({
        "type": role, "uuid": f"u{number}", "parentUuid": f"u{number - 1}" if number else None, "sessionId": "s1", "cwd": "/srv/shop", "gitBranch": "main",
        "timestamp": f"2026-01-02T10:00:0{number}Z", "message": {"role": role, "content": content, **message}}).encode()


def use(call: str, tool: str, **given: str) -> dict[str, object]:
    return {"type": "tool_use", "id": call, "name": tool, "input": given}


def result(call: str, content: str) -> list[dict[str, str]]:
    return [{"type": "tool_result", "tool_use_id": call, "content": content}]


OWN = b"\n".join((
    row(0, "user", "Make the queue safe"),
    row(1, "assistant", [{"type": "text", "text": "The queue in queue.py runs twice."},
                         use("t1", "Edit", file_path="/srv/shop/queue.py", old_string="a", new_string="b")], id="m1", model="claude-opus-4-6"),
    row(2, "user", result("t1", "done")),
    row(3, "assistant", [use("t2", "Bash", command="pytest -q")], id="m2", model="claude-opus-4-6"),
    row(4, "user", result("t2", "3 passed in 0.1s"))))


def read(lines: bytes) -> SafeEvents:
    """Events of a transcript, numbered; these are folded in the test only and never printed or written."""
    reading = claude_code.start()
    events: list[Event] = []
    for number, line in enumerate(lines.splitlines()):
        found = reading.row(number, line)
        if not isinstance(found, str):
            events += [msgspec.structs.replace(e, n=len(events) + i) for i, e in enumerate(found)]
    return SafeEvents(tuple(events))


def check(events: SafeEvents) -> None:
    at_once = Fold()
    at_once.add(events)
    state = None
    for begin in range(0, max(1, len(events)), 97):
        part = Fold(state)
        part.add(SafeEvents(events[begin:begin + 97]))
        state = json.loads(json.dumps(part.state()))
    found = at_once.facts("claude-code")

    assert Fold(state).facts("claude-code") == found
    assert len(json.dumps(state)) < 1_000_000
    assert session_file.parse(session_file.render(found)) == found
    assert not any(f.path.startswith("..") for f in found.files)


def test_a_session_of_our_own() -> None:
    """From a transcript to facts: what was asked, changed, run and spent."""
    events = read(OWN)
    check(events)
    fold = Fold()
    fold.add(events)
    found = fold.facts("claude-code")

    assert (found.id, found.goal, found.files_changed, found.branch) == ("s1", "Make the queue safe", ("queue.py",), "main")
    assert [(c.command, c.ok, c.said) for c in found.commands] == [("pytest -q", True, "3 passed in 0.1s")]
    assert found.files[0].why == "The queue in queue.py runs twice."
    assert found.wall_s == 4


@pytest.mark.skipif(not SESSIONS, reason="PASSDOWN_TEST_DATA is not set")
def test_real_sessions() -> None:
    """The laws hold for every tenth real session; all of them have an id, a start and an end."""
    for path in SESSIONS[::10]:
        check(read(path.read_bytes()))
