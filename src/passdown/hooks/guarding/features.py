"""What a probe and a settled matter have in common, as figures from 0 to 1 by name."""

from collections.abc import Sequence

from passdown.hooks.guarding import places
from passdown.hooks.guarding.clause import Clause
from passdown.hooks.guarding.entry import Entry, Phrase
from passdown.hooks.guarding.probe import Probe, numeric
from passdown.hooks.guarding.shared import CLEAR, FULL, NOTHING, best, direct, pinned, share, thing

CONCEPT = 0.7  # what a form of the same concept counts beside the word itself
IDEA = "~"  # as `passdown.guard.concepts` marks them
TAKEN = 0.6  # share of the words of a phrase: then the clause takes it away
TEST = "test"
LEAST_UNTIL = 100  # of weight


class Figures(dict[str, float]):
    """Figures by name, 0 for one that is not there."""

    def __missing__(self, name: str) -> float:
        return 0.0


class _Met:
    """A clause and an entry that may have something in common. come, left: how far what comes and what goes cover what was turned down.

    reach: how much it is, to choose among clauses; 0 for nothing.
    """

    __slots__ = ("chosen_gone", "clause", "clear", "come", "concept", "entry", "idea", "left", "pinned", "reach", "rival", "thing")

    def __init__(self, entry: Entry, clause: Clause) -> None:
        self.entry, self.clause = entry, clause
        plain = "code" in clause.flags and "imports" not in clause.flags  # in code a plain word may be any variable's
        self.come = best(_names(entry, clause) if plain else entry.out, clause.come, entry.names)
        self.left = best(entry.out, clause.left, entry.names) if clause.left else NOTHING
        self.chosen_gone = share(entry.chosen, clause.left) if clause.left else 0.0
        said = clause.clear_concepts if plain else clause.concepts
        known = entry.known & said
        self.idea = sum(c.startswith(IDEA) for c in known)
        self.concept = len(known) - self.idea
        self.clear = float(not known.isdisjoint(clause.clear_concepts))
        self.thing = thing(entry.out, clause.come, entry.names)
        self.rival = float(not entry.rivals.isdisjoint(said))
        self.pinned = pinned(entry, clause)
        self.reach = max(self.come.both, CONCEPT * (self.concept > 0), CONCEPT / 2 * (self.idea > 0), 0.5 * self.rival, 0.4 * self.chosen_gone,
                         0.3 * self.left.both, self.pinned)

    def figures(self) -> Figures:
        entry, clause, come = self.entry, self.clause, self.come
        found = Figures(
            cov=come.share, hit=min(1.0, come.weight / FULL), shared=min(1.0, come.count / 3), cov_gone=self.left.share,
            chosen=share(entry.chosen, clause.come), chosen_gone=self.chosen_gone, rival=self.rival, pinned=self.pinned,
            concept=min(1.0, self.concept / 2), idea=min(1.0, self.idea / 2), kept=float(not entry.kept.isdisjoint(clause.concepts)),
            clear=self.clear, thing=self.thing, named=float(not entry.names.isdisjoint(clause.come)), direct=direct(entry, clause))
        found.update((f"is_{flag}", 1.0) for flag in clause.flags)
        return found


def features(entry: Entry, probe: Probe, clauses: Sequence[Clause]) -> Figures:
    """Of the clause that comes closest, and of the probe as a whole; empty where they have nothing in common that counts.

    clauses: those of the probe that may have something in common with the entry.
    """
    met = max((_Met(entry, clause) for clause in clauses), key=lambda one: one.reach, default=None)
    place = places.figures(entry, probe)
    if met and met.reach:
        return Figures(met.figures() | place | _as_a_whole(entry, probe))
    return Figures({"unmet": 1.0} | place | _as_a_whole(entry, probe)) if "forbidden" in place or entry.like else Figures()


def _names(entry: Entry, clause: Clause) -> list[Phrase]:
    """Phrases of more than a plain word, and plain words that code calls."""
    return [phrase for phrase in entry.out if len(phrase) > 1 or phrase[0][0][0] in entry.names or phrase[0][0][0] in clause.called]


def _as_a_whole(entry: Entry, probe: Probe) -> Figures:
    found = Figures({
        f"how_{probe.how}": 1.0, f"kind_{entry.kind}": 1.0, "topic": share(entry.topic, probe.terms), "gone_too": float(_gone_too(entry, probe)),
        "until": share(entry.until, probe.terms, max(LEAST_UNTIL, sum(weight for _, weight in entry.until)))})
    found.update(entry.like)
    found.update(numbers(entry, probe.numbers) | {"denied": float(_denied(entry, probe))})
    found["idle"] = float(probe.idle)
    found.update((f"has_{mark}", 1.0) for mark in probe.marks if mark != TEST or not _about_tests(entry))
    if probe.how == "prompt":
        found.update((f"any_{flag}", 1.0) for clause in probe.clauses for flag in clause.flags)
        found.update((f"tone_{name}", value) for name, value in probe.tones.items())
    return found


def numbers(entry: Entry, said: frozenset[str]) -> dict[str, float]:
    """Whether a number comes that was turned down, one that was chosen, or another in place of the one that was chosen."""
    out, chosen = numeric(t for phrase in entry.out for of, _ in phrase for t in of), numeric(t for t, _ in entry.chosen)
    return {"number_out": float(not said.isdisjoint(out - chosen)), "number_chosen": float(not said.isdisjoint(chosen)),
            "number_other": float(bool(chosen and said) and said.isdisjoint(chosen))}


def _denied(entry: Entry, probe: Probe) -> bool:
    """Whether a comment of what an edit adds denies something that was turned down: who wrote it knows."""
    return bool(probe.denied) and any(weight >= CLEAR and not probe.denied.isdisjoint(of) for phrase in entry.out for of, weight in phrase)


def _about_tests(entry: Entry) -> bool:
    return any(term == TEST for term, _ in (*entry.topic, *entry.chosen)) or any(TEST in of for phrase in entry.out for of, _ in phrase)


def _gone_too(entry: Entry, probe: Probe) -> bool:
    """Whether a clause takes away what was turned down."""
    return any(not entry.known.isdisjoint(clause.left_concepts) or best(entry.out, clause.left, entry.names).share >= TAKEN for clause in probe.takes)


__all__ = ["Figures", "features"]
