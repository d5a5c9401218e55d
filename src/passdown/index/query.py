"""A question in anybody's words as something to search for. Pure: text in, values out, and any text will do."""

import re
from collections.abc import Mapping
from itertools import pairwise

import msgspec

from passdown.index.vocabulary import HINTS, STOP_WORDS, SYNONYMS, VAGUE, root
from passdown.index.words import parts

MOST_CONCEPTS = 24  # of a question; a pasted page is asked by its first words
MOST_CHARS = 4_000
_CHUNK = re.compile(r"[^\s\"'`,;!?()\[\]{}<>|*«»“”’]+")
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"[\"“`]([^\"“”`]{3,80})[\"”`]")
_LONGEST_WORD = 60  # characters


class Concept(msgspec.Struct, frozen=True):
    """One thing asked for. Any of `forms` will do: each is one or more plain lower-case words, which must stand side by side.

    weight: how much of the question it is. ranks: whether it takes part in the full-text ranking, or only adds to what a hit covers.
    """

    forms: tuple[str, ...]
    weight: float = 1.0
    ranks: bool = True

    @property
    def match(self) -> str:
        """As an FTS5 expression: only letters, digits and blanks, each form in quotes."""
        return " OR ".join(f'"{form}"' for form in self.forms)


class Question(msgspec.Struct, frozen=True):
    """concepts: without repetitions, in the order of the text. kinds: record kinds that the wording asks for, with a factor over 1.

    failed: approaches that failed are asked for.
    """

    concepts: tuple[Concept, ...] = ()
    kinds: Mapping[str, float] = msgspec.field(default_factory=dict)
    failed: bool = False


def ask(text: str) -> Question:
    """The question in `text`: stop words dropped unless there is nothing else, names taken whole and in parts, synonyms added."""
    text = text[:MOST_CHARS]
    concepts = _concepts(text, STOP_WORDS) or _concepts(text, frozenset())
    kinds = _kinds([root(w) for w in _WORD.findall(text.lower())])
    return Question(tuple(concepts.values())[:MOST_CONCEPTS], kinds, failed="approach" in kinds)


def _kinds(roots: list[str]) -> dict[str, float]:
    """Kinds that single words and pairs of neighbours hint at."""
    kinds: dict[str, float] = {}
    for key in (*roots, *map(" ".join, pairwise(roots))):
        for kind, factor in HINTS.get(key, {}).items():
            kinds[kind] = max(factor, kinds.get(kind, 1.0))
    return kinds


def _concepts(text: str, stop: frozenset[str]) -> dict[str, Concept]:
    """By main form, the first of each."""
    found: dict[str, Concept] = {}
    before = ""
    for quoted in _QUOTED.findall(text):
        _add(found, _phrase(_WORD.findall(quoted.lower())))
    for chunk in _CHUNK.findall(text):
        words = _WORD.findall(chunk)
        _add(found, _name(words))
        for word in words:
            lower = word.lower()[:_LONGEST_WORD]
            if lower in stop or (len(lower) == 1 and lower.isascii() and stop):
                before = ""
                continue
            _add(found, Concept((lower, *SYNONYMS.get(root(lower), ())), 0.3 if lower in VAGUE else 1.0))
            if before:
                _add(found, Concept((f"{before} {lower}", *SYNONYMS.get(f"{root(before)} {root(lower)}", ())), 0.6, ranks=False))
            for part in _inner(word):
                _add(found, Concept((part,), 0.5))
            before = lower
    return found


def _add(found: dict[str, Concept], concept: Concept | None) -> None:
    if concept and concept.forms[0] not in found:
        found[concept.forms[0]] = concept


def _phrase(words: list[str]) -> Concept | None:
    return Concept((" ".join(words),), 1.5) if 2 <= len(words) <= 12 else None


def _name(words: list[str]) -> Concept | None:
    """A path, flag or identifier as a whole: its words side by side, or run together as in camel case."""
    if len(words) > 1:
        return _phrase([w.lower()[:_LONGEST_WORD] for w in words])
    inner = _inner(words[0]) if words else []
    return Concept((words[0].lower(), " ".join(inner)), 1.5) if inner else None


def _inner(word: str) -> list[str]:
    """The parts of a camel-case word, none for any other."""
    if len(word) > _LONGEST_WORD or word.islower() or word.isupper() or not word.isascii():
        return []
    found = parts(word)
    return [p for p in found if len(p) > 1] if len(found) > 1 else []


__all__ = ["Concept", "Question", "ask"]
