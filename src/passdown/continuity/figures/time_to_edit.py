"""Time to the first productive edit."""

from passdown.continuity.base import Better, Measured, Seen, unknown
from passdown.continuity.pair import Pair

NAME, TITLE, UNIT = "time-to-edit", "Time to the first productive edit", "min"
BETTER: Better = "lower"
SAYS = "Active minutes (pauses of over five minutes left out) from the first prompt to the first edit that survives the session."


def measure(pair: Pair) -> Measured:
    edit = pair.course.productive
    if edit is None:
        return unknown("no edit survives the session")
    spent = pair.course.active_s(edit.n)
    return Measured(spent / 60, (Seen(edit.n, edit.path),)) if spent is not None else unknown("the transcript does not tell")
