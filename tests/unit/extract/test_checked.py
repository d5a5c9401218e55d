"""Commands that a session checked its work with."""

import json

from msgspec.structs import replace

from passdown.extract.checked import Checked
from passdown.model.event import Event, Mark, ToolCall, ToolResult


def commands(*runs: tuple[str, bool, str]) -> list[tuple[str, dict[str, object]]]:
    """(text, details) of the deeds of a session that ran (command, ok, output); the state is put down and taken up after every event."""
    events: list[Event] = [Mark(session="s1", cwd="/srv/shop")]
    for n, (command, ok, output) in enumerate(runs):
        events += [ToolCall(call=str(n), tool="Bash", action="shell", command=command), ToolResult(call=str(n), ok=ok, output=output)]
    fold = Checked()
    for n, event in enumerate(events):
        fold.add(replace(event, n=n))
        fold = Checked(json.loads(json.dumps(fold.state())))
    return [(deed.text, dict(deed.details)) for deed in fold.deeds()]


def test_each_purpose_once_with_its_outcome() -> None:
    """The widest run of each, as one would type it, and how it ended last."""
    assert commands(
        ("cd /srv/shop && pytest -q 2>&1 | tail -5", True, "6 passed in 0.2s"), ("pytest tests/unit", True, "3 passed in 0.1s"),
        ("ruff check . && pytest -q", False, "1 failed, 5 passed in 0.2s"), ("ls", True, "a"), ("npm run build", True, "✓ built in 1.2s")) == [
            ("pytest -q", {"purpose": "verify", "outcome": "failed"}),
            ("npm run build", {"purpose": "verify", "outcome": "passed: ✓ built in 1.2s"})]


def test_where_it_runs_is_told() -> None:
    """A directory below the project's root is kept, relative to it."""
    assert commands(("cd web && npm test", True, "Tests: 2 passed, 2 total")) == [
        ("npm test", {"purpose": "verify", "outcome": "passed: Tests: 2 passed, 2 total", "cwd": "web"})]


def test_what_would_not_be_run_again_is_left_out() -> None:
    """What never passed, one test by its name, one place once, what changes files, another repository."""
    assert commands(
        ("pytest", False, "1 failed in 0.1s"), ("go test -run TestA ./...", True, "ok  \tshop/a\t0.1s"),
        ("jest src/a.test.js", True, "Tests: 1 passed, 1 total"),
        ("eslint --fix .", True, ""), ("cd /srv/other && npm test", True, "Tests: 2 passed, 2 total")) == []
