"""Whether a probe reopens something settled: a sum of weighted features, and what keeps it silent whatever the sum."""

import math

from passdown.hooks.guarding.entry import Entry
from passdown.hooks.guarding.features import Figures, features
from passdown.hooks.guarding.probe import Probe
from passdown.hooks.guarding.table import Table
from passdown.hooks.guarding.weights import BIAS, THRESHOLD, WEIGHTS

SILENT = ("is_reads", "is_removes", "is_comment", "is_message", "is_document", "inside", "is_denies", "has_test")
TOLD = ("is_asks", "is_writes", "is_checks", "is_later")  # a prompt that does it speaks of a matter, and does nothing about it
SET_ASIDE = "any_overrides"
LEAST_SET_ASIDE = -0.3  # of a score: who sets a matter aside in so many words names it, so less in common is enough
DOES_IT = 0.7  # of the words of what was chosen: an edit that has them does what was decided
HALF = 0.5  # of a phrase: what tells it from other things may be in the other half
SAYS_IT = 0.9  # the same of a prompt: it says what was decided
LITTLE = 0.3  # in common: an idea that is named besides makes it no more
SOME = 0.3  # the same of a prompt that says that something has come
COME = 0.5  # share of what a deferral waits for that a prompt names: then it speaks of its time having come


class Match:
    """An entry that a probe reopens. score: probability-like, 0 to 1. overridden: the user set it aside in so many words. why: the features that count."""

    __slots__ = ("entry", "overridden", "score", "why")

    def __init__(self, entry: Entry, score: float, why: list[str], *, overridden: bool) -> None:
        self.entry, self.score, self.why, self.overridden = entry, score, why, overridden


def matches(table: Table, probe: Probe) -> list[Match]:
    """The entries that a probe reopens, the clearest first; none when unsure."""
    found = (matched(entry, features(entry, probe, clauses), THRESHOLD[probe.how]) for entry, clauses in table.candidates(probe))
    return sorted((one for one in found if one), key=lambda one: -one.score)


def matched(entry: Entry, seen: Figures, threshold: float) -> Match | None:
    if not seen or (silent(seen) and not overridden(seen)):
        return None
    parts = {name: value * WEIGHTS.get(name, 0.0) for name, value in derived(seen).items()}
    score = BIAS + sum(parts.values())
    if score < (LEAST_SET_ASIDE if overridden(seen) else threshold):
        return None
    why = sorted((name for name, part in parts.items() if part > 0), key=lambda name: -parts[name])
    return Match(entry, 1 / (1 + math.exp(-score)), why, overridden=overridden(seen))


def silent(seen: Figures) -> bool:
    """Whether what is done with the matter is no reopening, however much of it is named."""
    if any(seen[name] for name in SILENT) and not seen["forbidden"]:
        return True
    return _loose(seen) or (_told(seen) if seen["how_prompt"] else _done(seen))


def _loose(seen: Figures) -> bool:
    """An idea is named, and nobody proposes it."""
    idea = seen["idea"] and not seen["concept"] and _both(seen) < LITTLE
    meant = seen["is_proposes"] or seen["is_acts"] or (seen["how_edit"] and seen["path"] and seen["topic"] > LITTLE)
    return bool(idea and not meant)


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


def derived(seen: Figures) -> dict[str, float]:
    """The figures that are weighted: what they have in common, by how it comes, and what is done with it."""
    both, strong, does = _both(seen), _strong(seen), seen["chosen"] + seen["kept"] * 0.5
    told = max(seen["is_asks"], seen["is_writes"], seen["is_later"], seen["is_checks"], 0.7 * seen["any_writes"], 0.7 * seen["any_asks"])
    found = {
        "told": told * seen["how_prompt"], "told: conforms": seen["any_conforms"], "told: aside": seen["any_aside"],
        "told: it mends": seen["is_mends"], "forbidden": seen["forbidden"], "pinned": seen["pinned"], "chosen": does,
        "outside": seen["outside"] * max(seen["chosen"], strong), "failed": seen["kind_failed"] * both,
        "failed: half of it": seen["kind_failed"] * float(0 < seen["cov"] <= HALF and not seen["clear"]), "deferred": seen["kind_deferred"] * strong,
        "does it: failed": does * seen["kind_failed"], "does it: edit": does * seen["how_edit"], "does it: command": does * seen["how_command"]}
    rival = max(strong, 0.7 * seen["rival"])
    return found | _by_way(seen) | {
        "its file": seen["path"] * strong * seen["how_edit"], "installs it": seen["is_installs"] * rival, "imports it": seen["is_imports"] * rival,
        "takes away the chosen": seen["chosen_gone"], "takes it away": seen["cov_gone"]}


def _by_way(seen: Figures) -> dict[str, float]:
    """What they have in common, each figure under the way by which it comes: in a prompt the same words mean another thing than in code."""
    proposed = max(seen["is_proposes"], seen["is_acts"], 0.5 * seen["any_proposes"], 0.5 * seen["any_acts"])
    brought = {"prompt": proposed, "command": 1.0, "edit": max(0.5, seen["is_imports"])}
    how = next(how for how in brought if seen[f"how_{how}"])
    both, strong = _both(seen), _strong(seen)
    found = {
        "all of it": both, "several words": both * (seen["shared"] > 0.5), "a name": both * seen["named"], "brought in": strong * brought[how],
        "directly": strong * seen["direct"], "same thing": seen["concept"], "same idea": seen["idea"], "a rival": seen["rival"] * brought[how],
        "half of it": float(0 < seen["cov"] <= HALF), "the thing": seen["thing"] * brought[how], "clearly": seen["clear"], "its topic": strong * seen["topic"]}
    return {how: 1.0, **{f"{how}: {name}": value for name, value in found.items()}}


def _both(seen: Figures) -> float:
    """Share and weight of the words in common."""
    return seen["cov"] * min(1.0, 2 * seen["hit"])


def _strong(seen: Figures) -> float:
    return max(_both(seen), 0.8 * seen["concept"], 0.4 * seen["idea"])


__all__ = ["Match", "derived", "matches", "overridden", "silent"]
