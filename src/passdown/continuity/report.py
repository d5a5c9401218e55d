"""The figures of all pairs of a project, and what they come to over time and by what was handed over."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import mean, median

import msgspec

from passdown.continuity.base import Better, Figure, Measured
from passdown.continuity.pair import Pair
from passdown.continuity.table import figures, measure

SCHEMA = "passdown-continuity/1"
LEAST = 5  # pairs on either side of a comparison: fewer tell nothing
CHANCE = 1.64  # of the halves' ranks, in standard deviations: less may be chance (one time in ten)
MEASURED = ("min", "k tokens")  # units of what is measured and not counted
DELIVERIES = ("briefing", "document", "summary", "none")


class PairFigures(msgspec.Struct, frozen=True):
    """before, after: session ids. started: of the later one, UTC ISO. title: of the later one. delivery: see `Pair.delivery`. figures: by name."""

    before: str
    after: str
    started: str
    title: str
    delivery: str
    figures: Mapping[str, Measured]


class Summary(msgspec.Struct, frozen=True):
    """One figure over all pairs. of: pairs in which it says something. value: their mean for shares and yes/no, else their median; None for no pair.

    first, last: the same of the earlier and the later half, None where a half has fewer than `LEAST`. by_delivery: the same by what was handed over.
    trend: of the later half against the earlier one, `better`, `worse`, `same` when it may be chance, or `not known`.
    """

    name: str
    title: str
    says: str
    unit: str
    better: Better
    of: int
    value: float | None
    first: float | None
    last: float | None
    trend: str
    by_delivery: Mapping[str, float]


class Missed(msgspec.Struct, frozen=True):
    """A thing that was needed and known in some sessions and not handed over."""

    what: str
    sessions: int


class Report(msgspec.Struct, frozen=True):
    """pairs: in time order. missed: what was missing most often, the most frequent first. as_if: whether replayed briefings stand for what was delivered."""

    schema: str
    project: str
    made: str
    as_if: bool
    pairs: tuple[PairFigures, ...]
    summaries: tuple[Summary, ...]
    missed: tuple[Missed, ...]
    deliveries: Mapping[str, int]


def of_pair(pair: Pair) -> PairFigures:
    title = " ".join((pair.after.title or pair.after.goal).split())[:120]
    return PairFigures(pair.before.id, pair.after.id, pair.after.started, title, pair.delivery, measure(pair))


def report(project: str, made: str, pairs: Sequence[PairFigures], *, as_if: bool = False) -> Report:
    """pairs: in time order."""
    deliveries = {kind: n for kind in DELIVERIES if (n := sum(p.delivery == kind for p in pairs))}
    return Report(SCHEMA, project, made, as_if, tuple(pairs), tuple(summary(f, pairs) for f in figures()), most_missed(pairs), deliveries)


def summary(figure: Figure, pairs: Sequence[PairFigures]) -> Summary:
    of = centre(figure.UNIT)
    every = values(figure.NAME, pairs)
    half = len(every) // 2
    first, last = (of(part) if len(part) >= LEAST else None for part in (every[:half], every[half:]))
    kinds = {kind: of(found) for kind in DELIVERIES if len(found := values(figure.NAME, [p for p in pairs if p.delivery == kind])) >= LEAST}
    return Summary(figure.NAME, figure.TITLE, figure.SAYS, figure.UNIT, figure.BETTER, len(every), of(every) if every else None, first, last,
                   trend(every[:half], every[half:], figure.BETTER), kinds)


def values(name: str, pairs: Iterable[PairFigures]) -> list[float]:
    return [v for p in pairs if (v := p.figures[name].value) is not None]


def centre(unit: str) -> Callable[[Sequence[float]], float]:
    """Counts of seldom things and shares have a mean; times and tokens, of which a few are huge, a median."""
    return median if unit in MEASURED else mean


def trend(first: Sequence[float], last: Sequence[float], better: Better) -> str:
    if min(len(first), len(last)) < LEAST:
        return "not known"
    moved = rank_sum(first, last)
    if abs(moved) < CHANCE:
        return "same"
    return "better" if (moved > 0) == (better == "higher") else "worse"


def rank_sum(first: Sequence[float], last: Sequence[float]) -> float:
    """How much higher the last are ranked than the first, in standard deviations (Mann and Whitney, with ties)."""
    n, m = len(first), len(last)
    wins = sum((b > a) + 0.5 * (a == b) for a in first for b in last)
    ties = sum(count**3 - count for count in Counter((*first, *last)).values())
    spread = n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1)))
    return (wins - n * m / 2) / spread**0.5 if spread > 0 else 0.0


def saved(pairs: Sequence[PairFigures]) -> str:
    """What can be said of what briefings saved, in words: sessions with one beside sessions without; never more than that."""
    parts = [[p for p in pairs if (p.delivery == "briefing") == told] for told in (True, False)]
    minutes, tokens = ([values(name, part) for part in parts] for name in ("time-to-edit", "tokens-to-edit"))
    if min(map(len, minutes)) < LEAST:
        return f"not known: it takes {LEAST} sessions with a briefing and {LEAST} without to compare, here are {len(minutes[0])} and {len(minutes[1])}"
    said = f"to the first productive edit {median(minutes[0]):.1f} min with a briefing, {median(minutes[1]):.1f} min without"
    if min(map(len, tokens)) >= LEAST:
        said += f"; {median(tokens[0]):.0f} k tokens with, {median(tokens[1]):.0f} k without"
    return f"{said} (medians of {len(minutes[0])} and {len(minutes[1])} sessions; compared, not tried: other things may differ)"


def most_missed(pairs: Sequence[PairFigures], most: int = 15) -> tuple[Missed, ...]:
    counts: dict[str, int] = {}
    for pair in pairs:
        for what in {s.what for s in pair.figures["missing"].seen}:
            counts[what] = counts.get(what, 0) + 1
    return tuple(Missed(what, n) for what, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most])


__all__ = ["DELIVERIES", "LEAST", "MEASURED", "SCHEMA", "Missed", "PairFigures", "Report", "Summary", "centre", "of_pair", "report", "saved"]
