"""Headings of Markdown, each with its section."""

import re

from passdown.verification.symbols.base import Definition

ENDINGS = (".md", ".mdx", ".markdown")
_HEADING = re.compile(r"(#{1,6})\s++(.++)$")
_FENCE = re.compile(r"\s{0,3}(```|~~~)")


def definitions(path: str, text: str) -> list[Definition] | None:
    """Headings outside fenced blocks; a section ends where one of the same or a higher level begins. None for another language."""
    if not path.lower().endswith(ENDINGS):
        return None
    rows = text.split("\n")
    found, fenced = [], False
    for number, row in enumerate(rows, 1):
        fenced ^= bool(_FENCE.match(row))
        if not fenced and (match := _HEADING.match(row)):
            found.append((number, len(match[1]), _name(match[2])))
    end = len(rows) - (rows[-1] == "")
    sections = []
    for at, (first, level, name) in enumerate(found):
        after = next((number for number, other, _ in found[at + 1:] if other <= level), end + 1)
        sections.append(Definition(name, first, after - 1, name))
    return sections


def _name(words: str) -> str:
    """A heading's words without the marks that close it; marks alone are its words."""
    return words.rstrip().rstrip("#").rstrip() or words[0]


__all__ = ["definitions"]
