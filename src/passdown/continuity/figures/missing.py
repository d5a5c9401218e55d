"""What was needed, known, and not handed over."""

from passdown.continuity.base import Better, Measured, Seen, unknown
from passdown.continuity.pair import Pair
from passdown.continuity.things import needed, says

NAME, TITLE, UNIT = "missing", "Needed and known, not handed over", "share"
BETTER: Better = "lower"
SAYS = ("Of the files, commands and names that the first 40 calls needed and earlier sessions knew, and that the user did not name, "
        "the share that what was handed over does not name.")


def measure(pair: Pair) -> Measured:
    opening = "\n".join(prompt.text for prompt in pair.course.before_edit(pair.course.prompts))
    wanted = {thing: n for thing, n in needed(pair.course).items() if thing in pair.known and not says(opening, thing)}
    if not wanted:
        return unknown("the beginning needed nothing that was known and unsaid")
    seen = [Seen(n, f"{thing.kind} {thing.key}") for thing, n in wanted.items() if not says(pair.told, thing)]
    return Measured(len(seen) / len(wanted), tuple(seen), f"{len(seen)} of {len(wanted)} things")
