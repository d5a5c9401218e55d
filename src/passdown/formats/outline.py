"""A Markdown document cut at its headings, without losing a byte: the parts put together are the document."""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from functools import lru_cache

import msgspec

LINE = re.compile(r"[^\n]*\n|[^\n]+")  # not `splitlines`: that breaks at form feeds and line separators too
HEADING = re.compile(r"^(#{1,6})[ \t]++(.*+)$")  # what it says: `words_of`; to tell the closing marks here would take the cube of a hostile line's length
SECTION = 2  # level of the headings of whole sections
NAMED = 400  # characters of a heading that may name a section
FENCE = re.compile(r"^[ \t]{0,12}(`{3,}|~{3,})")
BOUNDARY = re.compile(r"#{2,6} (?:\d{1,2}\. [A-Z]|Archive\b)|.*<!-- pd:[\w.-]+ [0-9a-f]{6} -->")  # no fenced block goes on over these
_STAMP = re.compile(r"\s*\[UPDATED:[^\]]*\]", re.IGNORECASE)
_BUDGET = re.compile(r"\s*\([^)]*\)\s*$")
_NUMBER = re.compile(r"^(?:section\s+)?\d{1,2}[.):]?\s+", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:\s+[-–—]+\s|:\s).*$")
_RESTRICTED = re.compile(r"\s*\b(?:(?:of|for|in) )?(?:this (?:session|chunk|run|phase|successor)|(?:phase|chunk|task|rev\.?) \d+(?:[.-]\d+)*|so far)\b|\b\d+\s")
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


def words_of(heading: re.Match[str]) -> str:
    """What a line that `HEADING` matched says, without the marks that close it."""
    return _opened(heading[2])


def _opened(words: str) -> str:
    """A heading's words without the marks that close it."""
    return words.rstrip(" \t").rstrip("#").rstrip(" \t")


def name_of(heading: str) -> str:
    """A heading's words in lower case, without number, stamp, budget and decoration."""
    return names_of(heading)[-1]


@lru_cache(maxsize=1 << 12)
def names_of(heading: str) -> tuple[str, ...]:
    """What a heading may be called, the most exact first: with what stands in brackets at its end (`tried (failed)`, or a mere budget), and without."""
    match = HEADING.match(heading.rstrip("\r\n"))
    said = _opened(_STAMP.sub("", words_of(match)[:NAMED])) if match else _STAMP.sub("", heading[:NAMED])  # marks also stand before a stamp
    words = _DECORATION.sub("", said.replace("’", "'"))
    return tuple(dict.fromkeys(_DECORATION.sub("", _NUMBER.sub("", one)).lower() for one in (words, _BUDGET.sub("", words))))


def number_of(heading: str, number: Callable[[str], int]) -> int:
    """The section that a heading names by the first of its names that is known, 0 for none."""
    names = names_of(heading)
    return next((found for name in (*names, *map(_essence, names)) if name and (found := number(name))), 0)


def _essence(name: str) -> str:
    """A heading's name without what it is restricted to: `next steps — phase 3`, `phase 2 result`, `what happened this session`."""
    return _RESTRICTED.sub("", _SUFFIX.sub("", name)).strip()


def parts(text: str, number: Callable[[str], int], inner: Container[int] = (), *, again: bool = False) -> list[Part]:
    """The document's parts in order. number: of a section by one of its names (`names_of`), 0 for one that is not known; each number is given once,
    unless `again`: for reading, a second heading of one name counts as the first does.

    A known section ends at the next heading of its own level or above, or at an `inner` one, which is known and may stand within another; other deeper
    headings are part of it. An inner one that somebody gave the highest level holds no section of the second.
    """
    out: list[Part] = []
    heading, level, current, start = "", 0, 0, 0
    seen: set[int] = set()
    for at, line, depth in _headings(text):
        known = number_of(line, number)
        apart = known in inner or (known and current in inner and depth <= SECTION)
        if current and depth > level and not (apart and known not in seen):
            continue
        out.append(Part(heading, text[start:at], current, level))
        heading, level, start = line, depth, at + len(line)
        current = known if known not in seen else 0
        if not again:
            seen.add(known)
    out.append(Part(heading, text[start:], current, level))
    return [p for p in out if p.text]


@lru_cache(maxsize=4)
def _headings(text: str) -> tuple[tuple[int, str, int], ...]:
    """Offset, line and level of each heading outside fenced blocks. Kept for a while: one text is cut by one layout after the other."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[tuple[int, str, int]]:
    at, lines = 0, LINE.findall(text)
    for line, fenced in zip(lines, fences(lines), strict=True):
        match = None if fenced else HEADING.match(line.rstrip("\r\n"))
        if match:
            yield at, line, len(match[1])
        at += len(line)


__all__ = ["FENCE", "HEADING", "LINE", "Part", "fences", "name_of", "names_of", "number_of", "parts", "words_of"]
