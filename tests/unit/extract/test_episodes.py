"""A command that failed, what was tried, what made it pass."""

import json

from msgspec.structs import replace

from passdown.extract.deed import Deed
from passdown.extract.episodes import Episodes
from passdown.model.event import Event, Mark, Patch, Reply, ToolCall, ToolResult

BROKEN = "FAILED tests/test_parse.py::test_rows - AssertionError: 3 != 4\n1 failed, 5 passed in 0.20s"
FINE = "6 passed in 0.21s"
CAUSE = "The problem is that `parse_rows` counts the header, because `skip` is applied after the split."


def at(minute: int) -> str:
    return f"2026-01-02T10:{minute:02}:00Z"


def run(command: str, output: str, *, ok: bool, minute: int = 0) -> list[Event]:
    return [ToolCall(call=command, tool="Bash", action="shell", command=command, at=at(minute)),
            ToolResult(call=command, ok=ok, output=output, at=at(minute))]


def edit(path: str, added: str = "", *, ok: bool = True) -> list[Event]:
    return [ToolCall(call=path, tool="Edit", action="edit", paths=(path,), patches=(Patch(path, added=added),)), ToolResult(call=path, ok=ok)]


def episodes(*parts: list[Event]) -> list[Deed]:
    """Deeds of a session; the state is put down and taken up after every event."""
    events: list[Event] = [Mark(session="s1", cwd="/srv/shop"), *(event for part in parts for event in part)]
    fold = Episodes()
    for n, event in enumerate(events):
        fold.add(replace(event, n=n))
        fold = Episodes(json.loads(json.dumps(fold.state())))
    return list(fold.deeds())


def test_a_fix_that_took_two_attempts_is_told_with_its_cause() -> None:
    """What failed, how often, what was changed before it passed, and the agent's own words on why."""
    [deed] = episodes(
        run("pytest -q tests", BROKEN, ok=False), edit("/srv/shop/tests/conftest.py"), run("pytest -q tests", BROKEN, ok=False, minute=2),
        [Reply(text=f"Let me look. {CAUSE} I'll fix it:")], edit("/srv/shop/src/parse.py", "def parse_rows(text):\n    pass"),
        run("pytest -q tests | tail -3", FINE, ok=True, minute=3), run("git commit -m 'Skip the header'", "[main 1a2b3c4] Skip the header", ok=True))

    assert deed.text == (
        "`pytest -q tests` failed twice with `FAILED tests/test_parse.py::test_rows - AssertionError: 3 != 4`, also after editing `tests/conftest.py`; "
        "it passed after editing `src/parse.py` (`parse_rows`) (commit `1a2b3c4`)")
    assert deed.details == {"outcome": "failed", "why": CAUSE, "instead": "editing `src/parse.py` (`parse_rows`)"}
    assert [a.place for a in deed.anchors] == ["src/parse.py#parse_rows"]
    assert [quote for _, quote in deed.quotes] == ["FAILED tests/test_parse.py::test_rows - AssertionError: 3 != 4", CAUSE]


def test_a_search_for_the_cause_is_worth_keeping_after_one_failure() -> None:
    """Many looks and a cause in words count; a pass right after an edit does not."""
    look = [event for n in range(6) for event in (ToolCall(call=f"r{n}", tool="Read", action="read", paths=("a.py",)), ToolResult(call=f"r{n}", ok=True))]
    parts = [run("pytest", BROKEN, ok=False), [Reply(text=CAUSE)], edit("/srv/shop/src/parse.py"), run("pytest", FINE, ok=True)]

    assert episodes(*parts) == []
    [deed] = episodes(parts[0], look, *parts[1:])
    assert deed.details["outcome"] == "worked"


def test_minutes_are_told() -> None:
    """An episode of some minutes says how long it took."""
    [deed] = episodes(
        run("pytest", BROKEN, ok=False), [Reply(text=CAUSE)], edit("/srv/shop/src/parse.py"), run("pytest", FINE, ok=True, minute=25))
    assert deed.details["spent"] == "25m"


def test_a_fix_that_nobody_explains_needs_a_name() -> None:
    """That a file was edited says nothing of how; which function was, does."""
    tried = [run("pytest", BROKEN, ok=False), edit("/srv/shop/a.py"), run("pytest", BROKEN, ok=False)]

    assert episodes(*tried, edit("/srv/shop/b.py"), run("pytest", FINE, ok=True)) == []
    [deed] = episodes(*tried, edit("/srv/shop/b.py", "def parse_rows(text):\n    pass"), run("pytest", FINE, ok=True))
    assert "(`parse_rows`)" in deed.text


def test_what_a_checker_names_and_is_put_right_there_is_no_episode() -> None:
    """Types of code that was just written are set right all the time; elsewhere it is worth a word."""
    error = "src/parse.py(218,25): error TS7006: Parameter 'p' implicitly has an 'any' type."
    tried = [run("npm run build", error, ok=False), edit("/srv/shop/src/a.py"), run("npm run build", error, ok=False), [Reply(text=CAUSE)]]

    assert episodes(*tried, edit("/srv/shop/src/parse.py"), run("npm run build", "done", ok=True)) == []
    assert len(episodes(*tried, edit("/srv/shop/src/types.py"), run("npm run build", "done", ok=True))) == 1


def test_slips_and_form_are_no_episodes() -> None:
    """An unknown flag, a missing program and a file to be formatted are set right without a thought."""
    for error in ("error: unrecognized arguments: --fst", "sh: pytset: command not found", "src/a.py:1:1: File is not properly formatted (gofmt)"):
        again = run("pytest", error, ok=False)
        assert episodes(again, edit("/srv/shop/a.py"), again, [Reply(text=CAUSE)], edit("/srv/shop/b.py"), run("pytest", FINE, ok=True)) == []


def test_a_test_that_was_meant_to_fail_is_no_episode() -> None:
    """Test first: the failure was expected."""
    failed = run("pytest", BROKEN, ok=False)
    meant: list[Event] = [Reply(text="It fails as expected.")]
    assert episodes(failed, meant, edit("/srv/shop/b.py"), failed, edit("/srv/shop/a.py"), run("pytest", FINE, ok=True)) == []


def test_what_passes_without_a_change_has_no_fix() -> None:
    """A rerun that passes, and an edit that failed, changed nothing."""
    failed = run("pytest", BROKEN, ok=False)
    assert episodes(failed, failed, [Reply(text=CAUSE)], run("pytest", FINE, ok=True)) == []
    assert episodes(failed, failed, [Reply(text=CAUSE)], edit("/srv/shop/a.py", ok=False), run("pytest", FINE, ok=True)) == []


def test_a_narrower_run_does_not_close_a_wider_failure() -> None:
    """Only a command that ran all that had failed speaks for it."""
    failed = run("pytest tests", BROKEN, ok=False)
    tries = [failed, edit("/srv/shop/a.py"), failed, [Reply(text=CAUSE)], edit("/srv/shop/b.py")]
    assert episodes(*tries, run("pytest tests/unit", FINE, ok=True)) == []
    assert len(episodes(*tries, run("pytest", FINE, ok=True))) == 1


def test_sub_agents_and_commands_of_one_machine_are_left_out() -> None:
    """What happened in another lane is that lane's; a command with private paths cannot be told."""
    failed = run("pytest /tmp/x/tests", BROKEN, ok=False)
    assert episodes(failed, edit("/srv/shop/a.py"), failed, [Reply(text=CAUSE)], edit("/srv/shop/b.py"), run("pytest /tmp/x/tests", FINE, ok=True)) == []


def test_how_long_a_test_took_is_not_told() -> None:
    """It differs from run to run, and would make two records of one failure; the quote stays as it was said."""
    broken = "(fail) Orders > GET /orders > should drain [0.93ms]\n 1 fail"
    [deed] = episodes(
        run("bun test", broken, ok=False), edit("/srv/shop/src/a.ts"), run("bun test", broken, ok=False, minute=2), [Reply(text=CAUSE)],
        edit("/srv/shop/src/parse.py", "def parse_rows(text):\n    pass"), run("bun test", "12 pass\n 0 fail", ok=True, minute=3))

    assert "should drain`" in deed.text
    assert "[0.93ms]" in deed.quotes[0][1]
