"""Whether what the agent said of the state was so."""

from passdown.continuity.base import Better, Measured, Seen, unknown
from passdown.continuity.pair import Pair
from passdown.continuity.state import claims

NAME, TITLE, UNIT = "stated-right", "What was stated holds", "share"
BETTER: Better = "higher"
SAYS = "Of what replies before the first edit say of branch, commits, test results, open work and phase, the share that agrees with what was measured."


def measure(pair: Pair) -> Measured:
    found = [claim for reply in pair.course.before_edit(pair.course.replies) for claim in claims(reply, pair)]
    if not found:
        return unknown("nothing was said that can be held against facts")
    seen = tuple(Seen(n, f"{'right' if right else 'wrong'}: {what}") for n, what, right in found)
    return Measured(sum(right for _, _, right in found) / len(found), seen)
