"""Observed phases from what the engine keeps: its attempts, and what they cost."""

from collections.abc import Iterator, Sequence

from passdown.workflows.ledger import MILLI, Line, total
from passdown.workflows.observed import Observed
from passdown.workflows.run import Attempt, Run

WELL = frozenset(("done",))
ENDED = frozenset((*WELL, "below", "failed", "stopped"))  # how an attempt ends that says something about the plan


def observed(run: Run, attempts: Sequence[Attempt], lines: Sequence[Line]) -> Iterator[Observed]:
    """The phases of one run that came to an end. attempts: of the run, in the order in which they began. lines: of the run; reservations do not count.

    What was kept from an earlier run was not made, and what was cancelled or waits for a person has not ended.
    """
    by_phase: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        if attempt.state != "kept":
            by_phase.setdefault(attempt.phase, []).append(attempt)
    for phase, tried in by_phase.items():
        ended = [one for one in tried if one.state in ENDED]
        if ended and tried[-1].state in (*ENDED, "outdated"):
            yield _of(run, phase, ended, lines)


def _of(run: Run, phase: str, ended: Sequence[Attempt], lines: Sequence[Line]) -> Observed:
    keys, last = {one.key for one in ended}, ended[-1]
    own = [line for line in lines if line.phase == phase and line.attempt in keys and line.number]
    used = total(own)
    return Observed(
        phase, run.item, used.dollars if used.money else None, used.tokens or None, used.time_ms / MILLI if own else None, len(ended), last.score,
        last.state in WELL, last.ended)


__all__ = ["observed"]
