"""Ways that were known to fail, walked again."""

import re
from collections.abc import Iterator

from passdown.briefing.heat.commands import telling as signatures
from passdown.continuity.base import Better, Measured, Seen, counted, unknown
from passdown.continuity.course import Ran
from passdown.continuity.pair import Pair
from passdown.extract.commands import commits, purpose
from passdown.extract.episodes import is_slip
from passdown.extract.names import named
from passdown.model.record import Record
from passdown.model.session import ErrorFact

NAME, TITLE, UNIT = "repeated", "Failed approaches repeated", "approaches"
BETTER: Better = "lower"
SAYS = ("Failed approaches of earlier sessions whose command was run and failed again, or all of whose names stand in one edit; and commands that an earlier "
        "session saw fail and knew how to mend, failing with the same message.")
CODE = re.compile(r"`([^`\n]+)`")
CHECKS = frozenset(("test", "lint", "build"))
LEAST_NAMES = 2
MESSAGE = 24  # characters of a message that must come again
SHOWN = 90


def measure(pair: Pair) -> Measured:
    failed = [r for r in pair.in_force("approach") if r.detail("outcome") == "failed"]
    mended = [e for s in pair.earlier for e in s.errors if e.fixed_by and way(e)]
    if not failed and not mended:
        return unknown("no failed approach is known")
    found = [Seen(n, record.title[:SHOWN]) for record in failed if (n := walked(record, pair)) is not None]
    told = {seen.event for seen in found}
    again = {e.message[:MESSAGE]: Seen(ran.n, e.message[:SHOWN]) for e in mended for ran in pair.course.commands
             if ran.n not in told and same_failure(e.what, e.message, ran)}
    return counted([*found, *again.values()])


def way(error: ErrorFact) -> bool:
    """Whether an error is one of how a thing is done; that new work does not pass its checks at first is none."""
    return len(error.message) >= MESSAGE and (is_slip(error.message) or not (purpose(error.what) in CHECKS or commits(error.what)))


def walked(record: Record, pair: Pair) -> int | None:
    """Number of the event in which the way was walked again; None when it was not."""
    runs = {s for code in CODE.findall(record.title)[:1] for s in signatures(code)}
    if runs:
        return next((ran.n for ran in pair.course.commands if ran.ok is False and runs <= set(signatures(ran.command))), None)
    names = set(_names(record.title))
    if len(names) < LEAST_NAMES:
        return None
    return next((edit.n for edit in pair.course.edits if names <= set(named(edit.added)) and not names <= set(named(edit.removed))), None)


def _names(title: str) -> Iterator[str]:
    yield from named(re.split(r"\b(?:instead|but|so we|;)\b", title, maxsplit=1)[0])


def same_failure(what: str, message: str, ran: Ran) -> bool:
    """Whether a command failed as one of its kind did before."""
    return ran.ok is False and message[:MESSAGE] in ran.output and not set(signatures(what)).isdisjoint(signatures(ran.command))
