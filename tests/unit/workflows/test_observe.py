"""Observed phases from attempts and their costs."""

from passdown.workflows.ledger import Line
from passdown.workflows.observe import observed
from passdown.workflows.observed import Observed
from passdown.workflows.run import Attempt, Run

RUN = Run("R1", "shop", "podcast", "h", "ep-1")


def line(phase: str, attempt: str, number: int, money: int = 0, time_ms: int = 0) -> Line:
    return Line("R1", "podcast", "ep-1", "", phase, attempt, number, "", money, 100, time_ms, "2026-11-20T09:00:00Z")


def test_all_attempts_at_a_phase_are_one_row() -> None:
    """What they used together, the last score, and that it passed in the end; what was only reserved does not count."""
    attempts = [Attempt("R1", "draft", "1.1", "below", score=5.0, ended="t1"), Attempt("R1", "draft", "1.2", "done", score=8.0, ended="t2")]
    lines = [line("draft", "1.1", 0, 9_000_000), line("draft", "1.1", 1, 1_000_000, 500), line("draft", "1.2", 1, 2_000_000, 1_500), line("other", "1.1", 1, 7)]

    assert list(observed(RUN, attempts, lines)) == [Observed("draft", "ep-1", 3.0, 200, 2.0, 2, 8.0, True, "t2")]


def test_what_was_kept_cancelled_or_still_runs_teaches_nothing() -> None:
    """It was not made, or did not end."""
    attempts = [Attempt("R1", "a", "1.1", "kept"), Attempt("R1", "b", "1.1", "running"), Attempt("R1", "c", "1.1", "cancelled"),
                Attempt("R1", "d", "1.1", "below"), Attempt("R1", "d", "1.2", "asking")]

    assert list(observed(RUN, attempts, [])) == []


def test_a_phase_that_failed_did_not_pass() -> None:
    """Nothing measured is None, not zero."""
    assert list(observed(RUN, [Attempt("R1", "a", "1.1", "failed", ended="t")], [])) == [Observed("a", "ep-1", attempts=1, passed=False, when="t")]
