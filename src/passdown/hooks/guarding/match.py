"""Whether a probe reopens something settled: a sum of weighted features, and what keeps it silent whatever the sum."""

import math
from collections.abc import Iterable

from passdown.hooks.guarding.derived import both, derived, seen_as, strong
from passdown.hooks.guarding.entry import Entry
from passdown.hooks.guarding.features import Figures, features
from passdown.hooks.guarding.probe import Probe
from passdown.hooks.guarding.table import Table
from passdown.hooks.guarding.weights import BIAS, THRESHOLD, WEIGHTS

SILENT = ("idle", "is_reads", "is_removes", "is_comment", "is_message", "is_document", "inside", "is_denies", "has_test")
TOLD = ("is_asks", "is_writes", "is_checks", "is_later")  # a prompt that does it speaks of a matter, and does nothing about it
SET_ASIDE = "any_overrides"
LEAST_SET_ASIDE = -0.3  # of a score: who sets a matter aside in so many words names it, so less in common is enough
DOES_IT = 0.7  # of the words of what was chosen: an edit that has them does what was decided
SAYS_IT = 0.9  # the same of a prompt: it says what was decided
LITTLE = 0.3  # in common: an idea that is named besides makes it no more
ALONE = 0.6  # share of what a text has in common with a matter, that one word has
SOME_OF_IT = 0.4  # of what was turned down
SOME = 0.3  # the same of a prompt that says that something has come
COME = 0.5  # share of what a deferral waits for that a prompt names: then it speaks of its time having come


class Match:
    """An entry that a probe reopens. score: probability-like, 0 to 1. overridden: the user set it aside in so many words. why: the features that count."""

    __slots__ = ("entry", "overridden", "score", "why")

    def __init__(self, entry: Entry, score: float, why: list[str], *, overridden: bool) -> None:
        self.entry, self.score, self.why, self.overridden = entry, score, why, overridden


def matches(table: Table, probe: Probe) -> list[Match]:
    """The entries that a probe reopens, the clearest first; none when unsure."""
    heard = [(entry, seen, parts(seen)) for entry, clauses in table.candidates(probe) if audible(seen := features(entry, probe, clauses))]
    scores = {entry: BIAS + sum(own.values()) for entry, _, own in heard}
    found = (matched(entry, seen, own, scores[entry], (scores[other] for other in scores if apart(entry, other))) for entry, seen, own in heard)
    return sorted((one for one in found if one), key=lambda one: -one.score)


def audible(seen: Figures) -> bool:
    """Whether it may be told or set aside; who sets something aside names it."""
    return bool(seen) and (not seen["unmet"] if overridden(seen) else not silent(seen))


def parts(seen: Figures) -> dict[str, float]:
    """What each figure adds to the score."""
    return {name: value * WEIGHTS.get(name, 0.0) for name, value in derived(seen).items()}


def against(others: Iterable[float]) -> float:
    """What a score loses to others: a text reopens one matter or none, so those that it might reopen just as well speak against each other."""
    return math.log1p(sum(map(math.exp, others)))


def apart(one: Entry, other: Entry) -> bool:
    """Whether two entries are about different matters: none of the things that the one turned down is one of the other's."""
    return one is not other and one.known.isdisjoint(other.known) and one.names.isdisjoint(other.names)


def matched(entry: Entry, seen: Figures, own: dict[str, float], score: float, others: Iterable[float]) -> Match | None:
    """None below the threshold. own: what each figure adds to the score; others: the scores of other matters, asked for where they count."""
    aside = overridden(seen)
    least = LEAST_SET_ASIDE if aside else THRESHOLD[seen_as(seen)]
    if score >= least and not aside:
        score -= against(others)
    if score < least:
        return None
    why = sorted((name for name, part in own.items() if part > 0), key=lambda name: -own[name])
    return Match(entry, 1 / (1 + math.exp(-score)), why, overridden=aside)


def silent(seen: Figures) -> bool:
    """Whether what is done with the matter is no reopening, however much of it is named."""
    if any(seen[name] for name in SILENT) and not seen["forbidden"]:
        return True
    return _loose(seen) or _by_chance(seen) or (_told(seen) if seen["how_prompt"] else _done(seen))


def _loose(seen: Figures) -> bool:
    """An idea is named, and nobody proposes it."""
    idea = seen["idea"] and not seen["concept"] and both(seen) < LITTLE
    meant = seen["is_proposes"] or seen["is_acts"] or (seen["how_edit"] and seen["path"] and seen["topic"] > LITTLE)
    return bool(idea and not meant)


def _by_chance(seen: Figures) -> bool:
    """A single word is all that they have in common, and it is not all of what was turned down."""
    return seen["like_one"] > ALONE and strong(seen) < SOME_OF_IT and not seen["forbidden"]


def _told(seen: Figures) -> bool:
    """A prompt that asks or tells about the matter, or says what was decided."""
    later = seen["kind_deferred"] and seen["any_later"]
    told = any(seen[name] for name in TOLD) and not (seen["cov"] >= SAYS_IT and seen["is_proposes"] and seen["direct"] and not seen["is_asks"])
    return bool(told or later or seen["gone_too"] or (seen["chosen"] >= SAYS_IT and not seen["kind_failed"] and not _in_full(seen)))


def _in_full(seen: Figures) -> bool:
    """All of what was turned down is proposed."""
    return bool(seen["cov"] >= SAYS_IT and (seen["is_proposes"] or seen["is_acts"]))


def _done(seen: Figures) -> bool:
    """A command or an edit that takes the matter away, or does what was decided."""
    if seen["gone_too"] and not seen["forbidden"]:
        return True
    does = seen["chosen"] >= DOES_IT or (seen["kept"] and not seen["cov"])
    return bool(does and (not seen["named"] or (seen["kind_failed"] and seen["cov"] < 1)))


def overridden(seen: Figures) -> bool:
    return bool(seen[SET_ASIDE]) or bool(seen["kind_deferred"] and seen["until"] >= (SOME if seen["any_comes"] else COME))


__all__ = ["Match", "against", "audible", "matches", "overridden"]
