"""A Markdown document cut at its headings, without losing a byte: the parts put together are the document."""

import re
from collections.abc import Callable, Iterator

import msgspec

LINE = re.compile(r"[^\n]*\n|[^\n]+")  # not `splitlines`: that breaks at form feeds and line separators too
HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
FENCE = re.compile(r"^[ \t]{0,12}(```+|~~~+)")
_STAMP = re.compile(r"\s*\[UPDATED:[^\]]*\]", re.IGNORECASE)
_BUDGET = re.compile(r"\s*\([^)]*\)\s*$")
_NUMBER = re.compile(r"^(?:section\s+)?\d{1,2}[.):]?\s+", re.IGNORECASE)
_DECORATION = re.compile(r"^[^\w\[]+|[*_`:\s]+$")


class Part(msgspec.Struct, frozen=True):
    """A heading's line with its line end ("" before the first one), what stands below it, and the number of the section that it is (0: none we know)."""

    heading: str
    body: str
    number: int = 0
    level: int = 0

    @property
    def text(self) -> str:
        return self.heading + self.body


class Lines:
    """Walks over lines and knows which stand in a fenced block."""

    def __init__(self) -> None:
        self._fence = ""

    @property
    def fenced(self) -> bool:
        """Whether the last line left a fenced block open."""
        return bool(self._fence)

    def inside(self, line: str) -> bool:
        """Whether this line, the next of the document, belongs to a fenced block (its fences too)."""
        match = FENCE.match(line)
        if self._fence:
            if match and match[1].startswith(self._fence) and not line.strip().strip(match[1][0]):
                self._fence = ""
            return True
        if match:
            self._fence = match[1]
        return bool(match)


def name_of(heading: str) -> str:
    """A heading's words in lower case, without number, stamp, budget and decoration."""
    match = HEADING.match(heading.rstrip("\r\n"))
    words = _STAMP.sub("", match[2] if match else heading)
    words = _BUDGET.sub("", _DECORATION.sub("", words))
    return _DECORATION.sub("", _NUMBER.sub("", words)).lower()


def parts(text: str, number: Callable[[str], int]) -> list[Part]:
    """The document's parts in order. number: of a section by its `name_of`, 0 for one that is not known; each number is given once.

    A known section ends at the next heading of its own level or above; deeper headings are part of it.
    """
    out: list[Part] = []
    heading, level, current, start = "", 0, 0, 0
    seen: set[int] = set()
    for at, line, depth in _headings(text):
        known = number(name_of(line))
        if current and depth > level:
            continue
        out.append(Part(heading, text[start:at], current, level))
        heading, level, start = line, depth, at + len(line)
        current = known if known not in seen else 0
        seen.add(known)
    out.append(Part(heading, text[start:], current, level))
    return [p for p in out if p.text]


def _headings(text: str) -> Iterator[tuple[int, str, int]]:
    """Offset, line and level of each heading outside fenced blocks."""
    at, lines = 0, Lines()
    for line in LINE.findall(text):
        match = None if lines.inside(line) else HEADING.match(line.rstrip("\r\n"))
        if match:
            yield at, line, len(match[1])
        at += len(line)


__all__ = ["FENCE", "HEADING", "LINE", "Lines", "Part", "name_of", "parts"]
