"""Tokens to the first productive edit."""

from passdown.continuity.base import Better, Measured, Seen, unknown
from passdown.continuity.pair import Pair

NAME, TITLE, UNIT = "tokens-to-edit", "Tokens to the first productive edit", "k tokens"
BETTER: Better = "lower"
SAYS = "Tokens new to the model (input, output, written to the cache) up to the first edit that survives the session, in thousands."


def measure(pair: Pair) -> Measured:
    edit = pair.course.productive
    if edit is None:
        return unknown("no edit survives the session")
    spent = pair.course.tokens(edit.n)
    return Measured(spent / 1_000, (Seen(edit.n, edit.path),)) if spent is not None else unknown("the transcript does not tell")
