"""What an anchored place holds, and whether it still holds that: text in, answers out; nothing is said of what was never seen."""

import re
from collections.abc import Iterator

from passdown.model.anchor import Anchor
from passdown.model.ids import content_hash
from passdown.verification.extent import Extent, extent
from passdown.verification.symbols import lexical
from passdown.verification.symbols.table import defined

HOLDS, CHANGED, GONE, UNKNOWN = "✔", "~", "✗", ""
TELLING_CHARS = 16  # letters and digits of the least that says by itself what it is: less, such as a closing brace, stands in every file


def normal(data: bytes) -> bytes:
    """With LF line ends: a checkout may have others than the one in which a place was seen."""
    return data.replace(b"\r\n", b"\n") if b"\r" in data else data


def excerpt(data: bytes, first: int, last: int) -> bytes | None:
    """Lines `first` to `last` (1-based, inclusive); all for 0; None when there are not so many."""
    if not first:
        return data
    rows = data.splitlines(keepends=True)
    return b"".join(rows[first - 1: max(first, last)]) if first <= len(rows) else None


def lines(anchor: Anchor, data: bytes) -> tuple[int, int] | None:
    """First and last of the lines that the anchor means in this text: its own, or those of its symbol; (0, 0) for all. None when they are not in it."""
    if anchor.first or not anchor.signature:
        return anchor.first, max(anchor.first, anchor.last)
    found = defined(anchor.path, text_of(data), anchor.symbol)
    return (found.first, found.last) if found else None


def part(anchor: Anchor, data: bytes) -> bytes | None:
    """What the anchor means in this text, word for word. None when that is not in it."""
    span = lines(anchor, data)
    return excerpt(data, *span) if span else None


def extent_of(anchor: Anchor, before: bytes | None, now: bytes) -> Extent | None:
    """How much of what was seen is still there. before: the file in which it was; None when that is not known."""
    span = lines(anchor, before) if before is not None else None
    return extent(before, now, *span) if before is not None and span and span[0] else None


def text_of(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def line_now(anchor: Anchor, data: bytes) -> int:
    """The line at which what was seen stands now, unchanged, the nearest to where it stood; 1 for a whole file; 0 when it stands nowhere.

    data: with LF line ends.
    """
    if anchor.first:
        return _window(anchor, data)
    if anchor.signature:
        return _symbol_line(anchor, data)
    return int(content_hash(data) == anchor.seen)


def _symbol_line(anchor: Anchor, data: bytes) -> int:
    """By the quick look first: where it has the content that was seen, no parser could say better."""
    text = text_of(data)
    for found in lexical.named(anchor.path, text, anchor.symbol):
        if content_hash(excerpt(data, found.first, found.last) or b"") == anchor.seen:
            return found.first
    exact = defined(anchor.path, text, anchor.symbol)
    return exact.first if exact and content_hash(excerpt(data, exact.first, exact.last) or b"") == anchor.seen else 0


def _window(anchor: Anchor, data: bytes) -> int:
    starts = [0, *(m.end() for m in re.finditer(b"\n", data))]
    if starts[-1] < len(data):
        starts.append(len(data))
    height = max(anchor.last, anchor.first) - anchor.first + 1
    for top in _outward(anchor.first - 1, len(starts) - height):
        rows = data[starts[top]:starts[top + height]]
        if content_hash(rows) == anchor.seen:
            return top + 1
    beyond = excerpt(data, anchor.first, anchor.last) if anchor.last >= len(starts) else None  # seen as far as there were lines
    return anchor.first if beyond and content_hash(beyond) == anchor.seen else 0


def _outward(start: int, count: int) -> Iterator[int]:
    """0 to `count` - 1, those next to `start` first."""
    if count <= 0:
        return
    start = min(max(start, 0), count - 1)
    yield start
    for distance in range(1, count):
        if start - distance >= 0:
            yield start - distance
        if start + distance < count:
            yield start + distance


def tells(rows: bytes) -> bool:
    """Whether the text is enough to be known again in another file."""
    return len(re.findall(rb"\w", rows)) >= TELLING_CHARS


__all__ = ["CHANGED", "GONE", "HOLDS", "UNKNOWN", "excerpt", "extent_of", "line_now", "lines", "normal", "part", "tells", "text_of"]
