"""A text as terms: stems of its words, names whole and in parts, words of one meaning folded into one.

Rendering of the guard's table and its reading use the same terms.
"""

import re
from functools import lru_cache
from itertools import pairwise

from passdown.hooks.guarding.vocabulary import SAME

_TOKEN = re.compile(r"--?[A-Za-z][\w-]*|[@A-Za-z0-9_][\w@./+#-]*|[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_JOINT = re.compile(r"[_./@+#-]+")
_ENDINGS = ("ization", "isation", "ation", "ing", "ed", "er", "ors", "or", "ment", "es", "ly", "s", "e")
_NO_PLURAL = ("ss", "us", "is")
LEAST_CHARS, LEAST_LEFT = 4, 3  # of a word that has an ending; of what is left of it
KNOWN = 20_000  # words that are remembered
_PAIRS = frozenset(word for word in SAME if "-" in word)


def listed(text: str) -> frozenset[str]:
    """Words with blanks between them."""
    return frozenset(text.split())


STOP = listed("""
a an the this that these those it its is are was were be been being am i you we they he she me us them my our your their his her of in on at to for from by
with as and or but if then than so too also just only very really even still yet now here there what which who how when where why do does did done doing
have has had having can could will would shall should may might must not no nor never none don doesn didn isn wasn aren won wouldn couldn shouldn let lets
s t re ve ll d m about into over under out up down off again more most much many some any all each every both either other another such same own way thing
things something anything everything nothing one two get got getting go goes going gone make makes made making want wants need needs like please ok okay
yeah yes well because since while until before after through during between against without within use using used uses put keep kept set try tried trying
""")


class Word:
    """A word of a text. terms: what it stands for, the whole name first. at: its place among the words. name: path, symbol, flag, or with digits."""

    __slots__ = ("at", "name", "raw", "terms")

    def __init__(self, raw: str, terms: tuple[str, ...], at: int, *, name: bool) -> None:
        self.raw, self.terms, self.at, self.name = raw, terms, at, name


def words(text: str) -> list[Word]:
    """The words of a text in order, also those of no weight: they have no terms. Two words that one term stands for have it both."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        raw = match[0].rstrip(".,-/+@#") if match[0].lower() not in ("c++", "c#") else match[0]
        if raw:
            stands_for, name = _read(raw)
            found.append(Word(raw, stands_for, len(found), name=name))
    for one, two in pairwise(found):
        pair = f"{one.raw}-{two.raw}".lower()
        if pair in _PAIRS:
            folded = SAME[pair]
            one.terms, two.terms = (folded, *one.terms), (folded, *two.terms)
    return found


@lru_cache(KNOWN)  # a text says most of its words again and again
def _read(raw: str) -> tuple[tuple[str, ...], bool]:
    """The terms of a word, and whether it is a name."""
    low = raw.lower()
    if raw.startswith("-"):
        return (low, *_stems(low)), True
    if low in SAME:
        return (SAME[low],), False
    parts = _stems(raw)
    joined = bool(_JOINT.search(raw)) or (any(c.isupper() for c in raw[1:]) and not raw.isupper())
    if joined and len(parts) > 1:
        return (low, *parts), True
    return parts, any(c.isdigit() for c in raw)


def _stems(raw: str) -> tuple[str, ...]:
    spaced = " ".join(_CAMEL.sub(" ", part) for part in _JOINT.split(raw) if part)
    return tuple(dict.fromkeys(stem for part in spaced.lower().split() if part not in STOP and (stem := stemmed(part))))


def stemmed(word: str) -> str:
    """A word in lower case, its commonest English endings taken off; words of one meaning as one."""
    if word in SAME:
        return SAME[word]
    base = _bare(word)
    return SAME.get(base, base)


def _bare(word: str) -> str:
    if len(word) < LEAST_CHARS or not word.isascii():
        return word
    if word.endswith("ies") and len(word) > LEAST_CHARS:
        return word[:-3] + "y"
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= LEAST_LEFT and not (e == "s" and word.endswith(_NO_PLURAL))), "")
    return _cut(word, ending) if ending else word


def _cut(word: str, ending: str) -> str:
    """`stopped` → `stop`, `caching` → `cach`, as `cache` gives it."""
    left = word[: -len(ending)]
    if len(left) <= LEAST_LEFT:
        return left
    return left[:-1] if left[-1] == left[-2] and left[-1] not in "ls" else left.removesuffix("e")


def terms(text: str) -> list[str]:
    """The terms of a text in order, each once."""
    return list(dict.fromkeys(term for word in words(text) for term in word.terms))


__all__ = ["STOP", "Word", "listed", "stemmed", "terms", "words"]
