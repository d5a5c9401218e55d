"""What the terms of a clause have in common with what an entry turned down, chose or pinned."""

from passdown.hooks.guarding.clause import Clause
from passdown.hooks.guarding.entry import Entry, Phrase, Weights
from passdown.hooks.guarding.words import listed

FULL = 200  # of weight: as much in common as tells
CLEAR = 70  # of weight: a word that is rare in this project
BEFORE = 4  # words
BRINGS = listed("""
use using add adding switch move migrate replace with try adopt introduce install bring pull put rewrite port convert run enable turn start build implement
create set make go via by through into to want raise bump increase call import write drop throw expose
""")
FEW = 3  # words of a name of several words, of which half is nothing
PART = 0.8  # what the parts of a name count, all of them together, where the whole is not there
BEHIND = 3  # words behind a name, in which its value stands


class Cover:
    """How far terms cover a phrase: share of its words, weight in common, and how many words. both: of share and weight, 0 to 1."""

    __slots__ = ("both", "count", "share", "weight")

    def __init__(self, share: float = 0.0, weight: float = 0.0, count: int = 0) -> None:
        self.share, self.weight, self.count = share, weight, count
        self.both = share * min(1.0, weight / FULL * 2)


NOTHING = Cover()


def best(phrases: list[Phrase], terms: frozenset[str], names: frozenset[str]) -> Cover:
    """Of the phrase that the terms cover best; names: terms of an entry that are names of things."""
    return max((cover(phrase, terms, names) for phrase in phrases), key=lambda found: found.both, default=NOTHING)


def cover(phrase: Phrase, terms: frozenset[str], names: frozenset[str]) -> Cover:
    shared = [(credit, weight) for of, weight in phrase if (credit := _credit(of, terms))]
    if not shared:
        return NOTHING
    half_a_name = len(shared) < len(phrase) <= FEW and names.issuperset(of[0] for of, _ in phrase)
    return Cover((0.5 if half_a_name else 1.0) * sum(c for c, _ in shared) / len(phrase), sum(c * w for c, w in shared), len(shared))


def _credit(of: list[str], terms: frozenset[str]) -> float:
    """1 where a word is there, less where only parts of a name are."""
    if of[0] in terms:
        return 1.0
    if len(of) == 1 or "." in of[0] or "/" in of[0]:
        return 0.0  # of a file the parts are other things
    return PART if terms.issuperset(of[1:]) else 0.0


def share(weights: Weights, terms: frozenset[str], full: float = FULL) -> float:
    """Of the weight that tells, how much is in common; 1 at most."""
    return min(1.0, sum(weight for term, weight in weights if term in terms) / full)


def thing(phrases: list[Phrase], terms: frozenset[str], names: frozenset[str]) -> float:
    """Weight of the weightiest name among what was turned down that is named, from 0 to 1, whatever else its phrase has."""
    return max((weight for phrase in phrases for of, weight in phrase if of[0] in names and of[0] in terms), default=0) / 100


def direct(entry: Entry, clause: Clause) -> float:
    """1 where a verb that brings something in stands right before one of the things that were turned down."""
    wanted = frozenset(of[0] for phrase in entry.out for of, weight in phrase if weight >= CLEAR)
    if wanted.isdisjoint(clause.come):
        return 0.0
    return float(any(BRINGS.intersection(clause.raw[max(0, word.at - BEFORE): word.at]) for word in clause.words if wanted.intersection(word.terms)))


def pinned(entry: Entry, clause: Clause) -> float:
    """1 where a name that has a settled value gets another."""
    return float(any(_moved(clause.raw[at + 1:], name, value) for name, value in entry.pins for at, word in enumerate(clause.raw) if word == name))


def _moved(behind: list[str], name: str, value: str) -> bool:
    """Whether another value stands behind a name, or the name once more with another value behind its own (`x 26 to x 28`)."""
    other = [word[:1].isdigit() and word != value for word in behind]
    if any(other[:BEHIND]) and value not in behind[:BEHIND - 1]:
        return True
    return behind[:1] == [value] and any(other[1:]) and name in behind


__all__ = ["FULL", "NOTHING", "Cover", "best", "direct", "pinned", "share", "thing"]
