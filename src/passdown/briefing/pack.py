"""Which candidates fit into a budget, in how many words, and what is left out."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from passdown.briefing import tokens
from passdown.briefing.candidates import FULLER, MIDDLE, Candidate
from passdown.model.briefing import Dropped

estimate = lru_cache(maxsize=4_096)(tokens.estimate)  # a briefing is packed several times
LINE_COST = 2  # tokens of a line's break and list mark
COMMA_COST = 1
NO_ROOM, ENOUGH = "no room in the budget", "enough of its kind is said"
MORE_COST = 4  # of `, +12 more`


def pack(found: Sequence[Candidate], budget: int, fixed: Callable[[frozenset[str]], int]) -> tuple[list[Candidate], list[Dropped]]:
    """The candidates to say, in the form that fits, and those to drop.

    `fixed` gives the tokens of all that surrounds the lines (header, headings of the sections in use, closing lines). Steps are taken by what they
    are worth while they fit: a first mention in short, then the same less briefly. Never exceeds `budget`. What is said in full has no group.
    """
    chosen: dict[tuple[str, str], Candidate] = {}
    sections: frozenset[str] = frozenset()
    groups: set[tuple[str, str, str]] = set()
    spent = 0
    for _, candidate, first in sorted(steps(found), key=lambda step: (-step[0], step[1].section, step[1].key)):
        place = candidate.section, candidate.key
        if not first and place not in chosen:
            continue
        cost = price(candidate, groups) - (0 if first else price(chosen[place], groups))
        if spent + cost + fixed(sections | {candidate.section}) <= budget:
            chosen[place] = candidate
            sections |= {candidate.section}
            groups |= {(candidate.section, candidate.group, ""), (candidate.section, candidate.group, candidate.shared)}
            spent += cost
    left = [c for c in found if (c.section, c.key) not in chosen]
    return list(chosen.values()), [Dropped(c.key, NO_ROOM if c.worth > 0 else ENOUGH, c.section, c.short or c.text) for c in left]


def price(candidate: Candidate, groups: set[tuple[str, str, str]]) -> int:
    """Tokens that a line adds, or a name to the line of its group; the first of a group pays for the line."""
    if not candidate.group:
        return estimate(candidate.text) + LINE_COST
    line = 0 if (candidate.section, candidate.group, "") in groups else estimate(candidate.group) + LINE_COST + (MORE_COST if candidate.of else 0)
    part = 0 if (candidate.section, candidate.group, candidate.shared) in groups else estimate(candidate.shared) + COMMA_COST
    return estimate(candidate.text) + COMMA_COST + line + part


def steps(found: Sequence[Candidate]) -> Iterator[tuple[float, Candidate, bool]]:
    """(worth, what is then said, whether it is a first mention): each candidate in short, then less briefly, then in full."""
    for candidate in (c for c in found if c.worth > 0):
        yield candidate.worth, replace(candidate, text=candidate.short or candidate.text), True
        if candidate.middle:
            yield candidate.worth * MIDDLE, replace(candidate, text=candidate.middle, group=""), False
        if candidate.short and candidate.short != candidate.text:
            yield candidate.worth * FULLER, replace(candidate, group=""), False


__all__ = ["pack"]
