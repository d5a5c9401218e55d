"""Whether anything of the earlier sessions was given to the next one at its start."""

from passdown.continuity.base import Better, Measured, Seen
from passdown.continuity.pair import Pair

NAME, TITLE, UNIT = "delivered", "Something was handed over", "yes"
BETTER: Better = "higher"
SAYS = "Before its first edit the session was given a briefing of ours (its mark is found), read a hand-over document, or went on from a summary."


def measure(pair: Pair) -> Measured:
    found = [Seen(g.n, f"{g.kind} {g.where}".strip()) for g in pair.given]
    return Measured(float(bool(found)), tuple(found), pair.delivery)
