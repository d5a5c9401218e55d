"""Commands with their last outcome."""

from passdown.briefing.failures import Failure
from passdown.briefing.lines.commands import candidates
from passdown.briefing.render import lines_of
from passdown.briefing.situation import Situation
from passdown.model.session import CommandFact, ErrorFact, Session

NOW = "2026-03-03T09:00:00Z"


def lines(*sessions: Session, failing: tuple[Failure, ...] = ()) -> list[str]:
    return lines_of(list(candidates(Situation(now=NOW, project="shop", sessions=sessions), failing)))


def ran(command: str, *, ok: bool | None = True, at: str = "2026-03-02T09:00:00Z", said: str = "") -> CommandFact:
    return CommandFact(command, runs=2, ok=ok, last=at, said=said)


def test_what_went_well_stands_in_one_line_with_its_ages() -> None:
    """Those of one session together; a command whose outcome is not known claims none."""
    last = Session("s0", "codex", commands=(ran("make check"), ran("npm run build"), ran("npm run seed", ok=None)))
    before = Session("s1", "codex", commands=(ran("make docs", at="2026-02-27T09:00:00Z"),))

    assert lines(last, before) == [
        "Went well when run last: 24 h ago `make check`, `npm run build`; 4 days ago `make docs`", "Also run: `npm run seed`"]


def test_what_fails_has_a_line_with_its_cause() -> None:
    """Of an error of that run, else its closing line; without a cause, or when it was not let through, nothing is said of how it ended."""
    last = Session("s0", "codex", commands=(ran("make check", ok=False, said="2 errors"), ran("make ship", ok=False),
                                            ran("make docs", ok=False, said="Usage: make")),
                   errors=(ErrorFact("make check", "queue.py:8: undefined name", "2026-03-02T09:00:00Z"),))

    assert lines(last) == ['`make check` failed 24 h ago: "queue.py:8: undefined name"', "Also run: `make ship`, `make docs`"]


def test_what_is_told_as_failing_is_not_told_again() -> None:
    """It stands where the work stands."""
    last = Session("s0", "codex", commands=(ran("make check", ok=False, said="2 errors"), ran("make docs")))

    assert lines(last, failing=(Failure("make check", ("2 errors",), NOW, check=True),)) == ["Went well when run last: 24 h ago `make docs`"]


def test_a_command_with_arguments_left_out_is_no_code() -> None:
    """It cannot be run as it stands; one that is whole can."""
    last = Session("s0", "codex", commands=(ran("make check"), ran("gh release create v1.2.3 --notes 'a long text of what is new in this version'")))
    [line] = lines(last)

    assert "`make check`" in line
    assert "gh release create" in line
    assert "`gh" not in line
