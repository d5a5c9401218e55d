"""Records that settle something, as entries that a prompt, a command or an edit is held against."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from passdown.briefing.generic import GENERIC
from passdown.guard import concepts
from passdown.guard.paths import forbidden, reserved
from passdown.guard.phrases import Parts, of_decision, of_failed
from passdown.guard.pins import pins
from passdown.hooks.guarding.words import STOP, terms, words
from passdown.model.record import Record

SCALE = 100
GENERIC_COUNTS = 0.4
LEAST_TEXTS = 60  # as if there were so many: in a young store no word is rare yet
COMMONEST, FEW = 0.06, 8  # share of all texts from which a term tells nothing; texts in which any may stand
LEAST = 55  # of weight, by which a phrase names something
MOST_TERMS = 24  # of one phrase
MOST_TOPIC = 60
MAX_CHARS = 4_000  # of a text that are looked at: a longer one tells more than one thing
_WAITED = dict.fromkeys(GENERIC, SCALE // 2)
_ASIDE = re.compile(r"\bI know (?:we|that|the|it)\b.{0,200}\b(?:anyway|but|now)\b|\bdo it anyway\b", re.IGNORECASE | re.DOTALL)  # it sets something aside

Weighted = tuple[tuple[str, int], ...]
Slot = tuple[tuple[str, ...], int]


class Entry(msgspec.Struct, frozen=True):
    """One settled matter. kind: decided, rule, failed or deferred.

    out: phrases of what was turned down, failed, forbidden or put off, each word as its terms and its weight of 1 to `SCALE`; known: the concepts that these
    phrases name; names: terms of them that are names of things, not words; chosen, kept: terms and concepts of what is to be instead; rivals: concepts that
    stand against those; topic: the other words of the record. until: terms of what a deferral waits for. forbidden: paths that are not to be
    edited; reserved: paths outside of which it is not to be done; pins: names with their values. paths: files that the record is about. session: the one in
    which it was said, which is not told its own words.
    """

    id: str
    kind: str
    out: tuple[tuple[Slot, ...], ...]
    known: tuple[str, ...] = ()
    chosen: Weighted = ()
    kept: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    topic: Weighted = ()
    until: Weighted = ()
    forbidden: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()
    pins: tuple[tuple[str, str], ...] = ()
    paths: tuple[str, ...] = ()
    session: str = ""


def settles(record: Record) -> bool:
    """Whether a record settles something that may be reopened."""
    if record.status != "active" or record.detail("overrides") or _ASIDE.search(record.text):
        return False
    return record.kind in ("decision", "preference") or (record.kind == "approach" and record.detail("outcome") == "failed")


def entries(records: Iterable[Record], said: Iterable[str] = ()) -> list[Entry]:
    """The settled matters among the records, in order.

    A term weighs more the fewer texts have it: of the records, and of `said`, other texts of the project such as earlier prompts and the files of a session,
    so that what a project talks about all day tells nothing.
    """
    known = list(records)
    counts, things, size = Counter[str](), Counter[str](), len(known)
    for text in said:
        counts.update(set(terms(text)))
        things.update(concepts.named(spoken(text)))
        size += 1
    for record in known:
        counts.update(set(terms(_all(record))))
    size = max(size, LEAST_TEXTS)
    found = [r for r in known if settles(r)]
    weight = {term: weigh(term, n, size) for term, n in counts.items()}
    common = frozenset(c for c, n in things.items() if n > max(FEW, COMMONEST * size))
    return [entry(r, parts(r), weight, common) for r in found]


def weigh(term: str, count: int, size: int) -> int:
    """1 to `SCALE`: rare among the texts, and not a word that all projects use."""
    if not any(c.isalpha() for c in term) or count > max(FEW, COMMONEST * size):
        return 1  # a number, or what everything here is about
    return max(1, round(SCALE * math.log(size / count) / math.log(size) * (GENERIC_COUNTS if term in GENERIC else 1)))


def parts(record: Record) -> Parts:
    if record.kind == "approach":
        return of_failed(record.title, record.detail("instead"), record.detail("lesson"))
    given = record.details.get("alternative", ())
    return of_decision(record.text[:MAX_CHARS], (given,) if isinstance(given, str) else given, deferred=bool(record.detail("until")))


def entry(record: Record, said: Parts, weight: Mapping[str, int], common: frozenset[str]) -> Entry:
    text, paths = record.text[:MAX_CHARS], tuple(a.path for a in record.anchors)
    out = tuple(w for phrase in said.out if tells(w := slots(phrase, weight)))
    chosen = weighted(" ; ".join(said.chosen), weight)
    named = {t for phrase in out for of, _ in phrase for t in of} | {t for t, _ in chosen}
    known, kept, against = _concepts(said, common)
    return Entry(
        record.id, _kind(record, said), out, known, chosen, kept, names(said.out), against,
        tuple(one for one in weighted(_all(record), weight, MOST_TOPIC) if one[0] not in named), _until(record.detail("until") or said.until),
        forbidden(text, paths), reserved(text), pins(text), paths, record.session)


def _kind(record: Record, said: Parts) -> str:
    if record.kind == "approach":
        return "failed"
    return "deferred" if record.detail("until") or said.until else "rule" if said.rule else "decided"


def _until(text: str) -> Weighted:
    """What a deferral waits for; here a number tells as much as a word: `after 1.2`, `phase 4`."""
    return weighted(text, _WAITED)


def _concepts(said: Parts, common: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Concepts that were turned down, that were chosen, and that stand against the chosen; none that this project talks about all day."""
    chosen = dict.fromkeys(c for phrase in said.chosen for c in concepts.named(spoken(phrase)))
    turned_down = tuple(dict.fromkeys(c for phrase in said.out for c in concepts.named(spoken(phrase)) if c not in common and (c not in chosen or said.failed)))
    kept = tuple(c for c in chosen if c not in turned_down)
    return turned_down, kept, tuple(sorted(concepts.rivals(kept) - set(turned_down) - common))


def names(phrases: Iterable[str]) -> tuple[str, ...]:
    """Terms of the words that are names: with a joint, digits or capitals within, in capitals, or a capital where no sentence begins."""
    found = dict[str, None]()
    for phrase in phrases:
        for word in words(phrase):
            if (word.name and any(c.isalpha() for c in word.raw)) or (word.raw[:1].isupper() and (word.at or word.raw.isupper() or len(words(phrase)) <= 2)):
                found.update(dict.fromkeys(word.terms[:1] if len(word.terms) > 1 else word.terms))
    return tuple(found)


def spoken(text: str) -> list[str]:
    return [w.raw for w in words(text)]


def tells(phrase: tuple[Slot, ...]) -> bool:
    """Whether a phrase names something: `all 3` and `new one` do not."""
    return sum(w for _, w in phrase) >= LEAST


def slots(text: str, weight: Mapping[str, int]) -> tuple[Slot, ...]:
    """The words of a phrase that say something, each once: its terms, the whole first, and what it weighs."""
    found: dict[tuple[str, ...], int] = {}
    for word in words(text):
        if word.terms and not (len(word.terms) == 1 and word.terms[0] in STOP):
            found.setdefault(word.terms, max(weight.get(t, SCALE) for t in word.terms[:1]))
    return tuple(found.items())[:MOST_TERMS]


def weighted(text: str, weight: Mapping[str, int], most: int = MOST_TERMS) -> Weighted:
    return tuple((t, weight.get(t, SCALE)) for t in terms(text) if t not in STOP)[:most]


def _all(record: Record) -> str:
    details = (record.detail(name) for name in ("why", "alternative", "instead", "lesson", "trade-off", "until"))
    return "\n".join((*(text[:MAX_CHARS] for text in (record.text, *details)), *(a.path for a in record.anchors)))


__all__ = ["Entry", "entries", "settles"]
