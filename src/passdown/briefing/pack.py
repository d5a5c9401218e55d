"""Which candidates fit into a budget, and what is left out."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from passdown.briefing.candidates import Candidate
from passdown.briefing.tokens import estimate
from passdown.model.briefing import Dropped

LINE_COST = 2  # tokens of a line's break and list mark


def pack(found: Sequence[Candidate], budget: int, fixed: Callable[[frozenset[str]], int]) -> tuple[list[Candidate], list[Dropped]]:
    """The candidates to say and those to drop, by worth.

    `fixed` gives the tokens of all that surrounds the lines (header, headings of the sections in use, closing lines). First the short form of
    each is taken while it fits, then, in the same order, the long form of those that have room. Never exceeds `budget`.
    """
    ranked = sorted(found, key=lambda c: (-c.worth, c.section, c.key))
    chosen: list[Candidate] = []
    dropped: list[Dropped] = []
    sections: frozenset[str] = frozenset()
    spent = 0
    for candidate in ranked:
        short = replace(candidate, text=candidate.short or candidate.text)
        cost = estimate(short.text) + LINE_COST
        if spent + cost + fixed(sections | {short.section}) <= budget:
            chosen.append(short)
            sections |= {short.section}
            spent += cost
        else:
            dropped.append(Dropped(candidate.key, "no room in the budget"))
    return lengthen(chosen, ranked, budget - spent - fixed(sections)), dropped


def lengthen(chosen: list[Candidate], ranked: Sequence[Candidate], left: int) -> list[Candidate]:
    """The chosen ones, in their long form as far as `left` tokens allow, best first."""
    long = {(c.section, c.key): c for c in ranked}
    out = []
    for candidate in chosen:
        whole = long[candidate.section, candidate.key]
        more = estimate(whole.text) - estimate(candidate.text)
        if 0 < more <= left:
            left -= more
            out.append(whole)
        else:
            out.append(candidate)
    return out


__all__ = ["pack"]
