"""The part of a text that shows best why it was found."""

import re

from passdown.index.query import Question
from passdown.index.vocabulary import root

EXCERPT_CHARS = 280
_LOOKED_AT = 20_000  # characters
_LEAD = 60  # characters before the first word that was asked for


def excerpt(text: str, question: Question, width: int = EXCERPT_CHARS) -> str:
    """At most `width` characters in one line, where most of what was asked for stands together; the beginning when nothing does."""
    text = " ".join(text[:_LOOKED_AT].split())
    if len(text) <= width:
        return text
    start = _best_start(text, question, width - _LEAD)
    if start > 0:
        start = max(0, text.rfind(" ", 0, start) + 1)
    cut = text[start : start + width - 2]
    if start + len(cut) < len(text) and " " in cut[_LEAD:]:
        cut = cut[: cut.rfind(" ")]
    return ("…" if start else "") + cut + ("…" if start + len(cut) < len(text) else "")


def _best_start(text: str, question: Question, width: int) -> int:
    found = _places(text, question)
    best, start = 0, 0
    for i, (at, _) in enumerate(found):
        together = {concept for place, concept in found[i : i + 30] if place < at + width}
        if len(together) > best:
            best, start = len(together), at
    return max(0, start - _LEAD)


def _places(text: str, question: Question) -> list[tuple[int, int]]:
    """(position, number of the concept) of the words asked for, in order; a word is known by how it begins."""
    beginnings = {root(c.forms[0]): i for i, c in enumerate(question.concepts) if c.weight >= 1.0 and " " not in c.forms[0]}
    if not beginnings:
        return []
    pattern = re.compile("|".join(re.escape(b) for b in sorted(beginnings, key=len, reverse=True)))
    lower = text.lower()
    return [(m.start(), beginnings[m.group()]) for m in pattern.finditer(lower) if not lower[m.start() - 1 : m.start()].isalnum()][:500]


__all__ = ["EXCERPT_CHARS", "excerpt"]
