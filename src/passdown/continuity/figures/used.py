"""Which things of the briefing the session went on to use."""

from passdown.continuity.base import Better, Measured, Seen, unknown
from passdown.continuity.pair import Pair
from passdown.continuity.things import needed, said_in, says

NAME, TITLE, UNIT = "used", "Of what was handed over, used", "share"
BETTER: Better = "higher"
SAYS = "Of the known files, commands and names that stand in what was handed over, the share that the session read, edited, ran, looked for or spoke of."
WHOLE = 1_000_000  # calls


def measure(pair: Pair) -> Measured:
    if not pair.given:
        return unknown("nothing was handed over")
    told = said_in(pair.told, pair.known)
    if not told:
        return unknown("what was handed over names nothing that was known")
    touched = needed(pair.course, WHOLE)
    spoken = "\n".join(reply.text for reply in pair.course.replies)
    seen = [Seen(touched.get(thing, -1), f"{thing.kind} {thing.key}") for thing in told if thing in touched or says(spoken, thing)]
    return Measured(len(seen) / len(told), tuple(seen), f"{len(seen)} of {len(told)} things")
