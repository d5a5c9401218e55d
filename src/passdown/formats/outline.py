"""A Markdown document cut at its headings, without losing a byte: the parts put together are the document."""

import re
from collections.abc import Callable, Container, Iterator, Sequence

import msgspec

LINE = re.compile(r"[^\n]*\n|[^\n]+")  # not `splitlines`: that breaks at form feeds and line separators too
HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
FENCE = re.compile(r"^[ \t]{0,12}(`{3,8}|~{3,8})")
BOUNDARY = re.compile(r"#{2,6} (?:\d{1,2}\. [A-Z]|Archive\b)|.*<!-- pd:[\w.-]+ [0-9a-f]{6} -->")  # no fenced block goes on over these
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


def fences(lines: Sequence[str]) -> list[str]:
    """For each line the part that it has in a fenced block: `open`, `in` (its last line too), "" outside.

    A fence that is never closed, or not before the next numbered heading or item of ours, is none: one stray line must not hide the rest of the document.
    """
    out = [""] * len(lines)
    hopeless: dict[str, int] = {}  # by fence: up to which line it is known that nothing closes it, so that hostile texts cost no more than others
    at = 0
    while at < len(lines):
        opening = FENCE.match(lines[at])
        end = 0
        if opening and hopeless.get(opening[1], 0) <= at:
            end, stop = _closing(lines, at, opening[1])
            if not end:
                hopeless[opening[1]] = stop
        if end:
            out[at: end + 1] = ["open"] + ["in"] * (end - at)
        at = (end or at) + 1
    return out


def _closing(lines: Sequence[str], at: int, fence: str) -> tuple[int, int]:
    """The line that closes the fence opened at a line, 0 for none, and how far was looked."""
    for number in range(at + 1, len(lines)):
        line = lines[number].strip()
        if (line.startswith("##") or "<!-- pd:" in line) and BOUNDARY.match(lines[number]):
            return 0, number
        if line.startswith(fence) and not line.strip(fence[0]):
            return number, number
    return 0, len(lines)


def name_of(heading: str) -> str:
    """A heading's words in lower case, without number, stamp, budget and decoration."""
    match = HEADING.match(heading.rstrip("\r\n"))
    words = _STAMP.sub("", match[2] if match else heading)
    words = _BUDGET.sub("", _DECORATION.sub("", words))
    return _DECORATION.sub("", _NUMBER.sub("", words)).lower()


def parts(text: str, number: Callable[[str], int], inner: Container[int] = ()) -> list[Part]:
    """The document's parts in order. number: of a section by its `name_of`, 0 for one that is not known; each number is given once.

    A known section ends at the next heading of its own level or above, or at an `inner` one, which is known and may stand within another; other deeper
    headings are part of it.
    """
    out: list[Part] = []
    heading, level, current, start = "", 0, 0, 0
    seen: set[int] = set()
    for at, line, depth in _headings(text):
        known = number(name_of(line))
        if current and depth > level and not (known in inner and known not in seen):
            continue
        out.append(Part(heading, text[start:at], current, level))
        heading, level, start = line, depth, at + len(line)
        current = known if known not in seen else 0
        seen.add(known)
    out.append(Part(heading, text[start:], current, level))
    return [p for p in out if p.text]


def _headings(text: str) -> Iterator[tuple[int, str, int]]:
    """Offset, line and level of each heading outside fenced blocks."""
    at, lines = 0, LINE.findall(text)
    for line, fenced in zip(lines, fences(lines), strict=True):
        match = None if fenced else HEADING.match(line.rstrip("\r\n"))
        if match:
            yield at, line, len(match[1])
        at += len(line)


__all__ = ["FENCE", "HEADING", "LINE", "Part", "fences", "name_of", "parts"]
