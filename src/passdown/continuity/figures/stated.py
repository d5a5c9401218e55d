"""Whether the agent said where things stand before it changed anything."""

from passdown.continuity.base import Better, Measured, Seen, unknown
from passdown.continuity.pair import Pair
from passdown.continuity.state import facts_in, sounds_like_state

NAME, TITLE, UNIT = "stated", "The state was stated first", "yes"
BETTER: Better = "higher"
SAYS = ("A reply before the first edit names what the earlier session left, of at least two kinds (branch, commit, checks, open work, changed files), "
        "or of one kind in a sentence about where things stand.")
LEAST_KINDS = 2


def measure(pair: Pair) -> Measured:
    replies = pair.course.before_edit(pair.course.replies)
    if not replies:
        return unknown("no reply before the first edit")
    for reply in replies:
        kinds = facts_in(reply, pair)
        if len(kinds) >= LEAST_KINDS or (kinds and sounds_like_state(reply.text)):
            return Measured(1.0, (Seen(reply.n, f"names {', '.join(kinds)}"),))
    return Measured(0.0, (), f"{len(replies)} replies before the first edit, none about where things stand")
