"""What an anchored place holds, and whether it still holds that: text in, answers out; nothing is said of what was never seen."""

import functools
import re
from collections.abc import Mapping, Sequence

from passdown.model.anchor import Anchor
from passdown.model.ids import content_hash
from passdown.verification.extent import Extent, became, extent, shifted
from passdown.verification.symbols import lexical
from passdown.verification.symbols.base import Definition
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
    starts = line_starts(data)
    count = len(starts) - 1
    return data[starts[first - 1]:starts[min(max(first, last), count)]] if first <= count else None


@functools.lru_cache(maxsize=32)  # many records rest on one file, and it may be long
def line_starts(data: bytes) -> Sequence[int]:
    """Where each line begins, and where the text ends."""
    starts = [0, *(m.end() for m in re.finditer(b"\n", data))]
    return starts if starts[-1] == len(data) else [*starts, len(data)]


def lines(anchor: Anchor, data: bytes) -> tuple[int, int] | None:
    """First and last of the lines that the anchor means in this text: its own, or those of its symbol; (0, 0) for all. None when they are not in it."""
    if anchor.first or not anchor.signature:
        return anchor.first, max(anchor.first, anchor.last)
    found = _as_seen(anchor, data) or defined(anchor.path, text_of(data), anchor.symbol)
    return (found.first, found.last) if found else None


def _as_seen(anchor: Anchor, data: bytes) -> Definition | None:
    """The symbol by the quick look: where it has the content that was seen, no parser could say better."""
    looks = lexical.named(anchor.path, text_of(data), anchor.symbol)
    return next((d for d in looks if content_hash(excerpt(data, d.first, d.last) or b"") == anchor.seen), None)


def part(anchor: Anchor, data: bytes) -> bytes | None:
    """What the anchor means in this text, word for word. None when that is not in it."""
    span = lines(anchor, data)
    return excerpt(data, *span) if span else None


def extent_of(anchor: Anchor, before: bytes | None, now: bytes) -> Extent | None:
    """How much of what was seen is still there. before: the file in which it was; None when that is not known."""
    span = lines(anchor, before) if before is not None else None
    return extent(before, now, *span) if before is not None and span and span[0] else None


@functools.lru_cache(maxsize=32)
def text_of(data: bytes) -> str:
    """As text; what is no UTF-8 survives."""
    return data.decode("utf-8", "surrogateescape")


def line_now(anchor: Anchor, data: bytes) -> int:
    """The line at which what was seen stands now, unchanged; 1 for a whole file; 0 when it stands nowhere, or may be another place that looks alike.

    Away from where it was seen only lines that say by themselves what they are count, and only if they stand once (`line_shifted` knows more).
    data: with LF line ends.
    """
    if anchor.first:
        return anchor.first if content_hash(excerpt(data, anchor.first, anchor.last) or b"") == anchor.seen else _away(anchor, data)
    if anchor.signature:
        return _symbol_line(anchor, data)
    return int(content_hash(data) == anchor.seen)


def line_shifted(anchor: Anchor, before: bytes | None, now: bytes) -> int:
    """The line to which the anchored lines, as they are, were shifted by what changed around them; 0 when they were not, or nobody knows."""
    if before is None or not anchor.first:
        return 0
    line = shifted(before, now, anchor.first, max(anchor.first, anchor.last))
    return line if line and content_hash(excerpt(now, line, line + _height(anchor) - 1) or b"") == anchor.seen else 0


def place_now(anchor: Anchor, before: bytes | None, now: bytes) -> str:
    """Where the lines that changed stand now, as `Anchor.place` writes it; "" when they stand where they stood, or nobody knows."""
    span = became(before, now, anchor.first, max(anchor.first, anchor.last)) if before is not None and anchor.first else None
    return Anchor(anchor.path, *span, anchor.symbol).place if span and span != (anchor.first, anchor.last or anchor.first) else ""


def alike(anchor: Anchor, data: bytes) -> bool:
    """Whether lines that look as what was seen stand somewhere."""
    return bool(anchor.first) and anchor.seen in windows(data, _height(anchor))


def _symbol_line(anchor: Anchor, data: bytes) -> int:
    quick = _as_seen(anchor, data)
    if quick:
        return quick.first
    exact = defined(anchor.path, text_of(data), anchor.symbol)
    return exact.first if exact and content_hash(excerpt(data, exact.first, exact.last) or b"") == anchor.seen else 0


def once(anchor: Anchor, data: bytes) -> bool:
    """Whether no other lines look as what was seen."""
    return len(windows(data, _height(anchor)).get(anchor.seen, ())) < 2


def _away(anchor: Anchor, data: bytes) -> int:
    found = windows(data, _height(anchor)).get(anchor.seen, ())
    return found[0] if len(found) == 1 and tells(excerpt(data, found[0], found[0] + _height(anchor) - 1) or b"") else 0


def _height(anchor: Anchor) -> int:
    return max(anchor.last, anchor.first) - anchor.first + 1


@functools.lru_cache(maxsize=16)
def windows(data: bytes, height: int) -> Mapping[str, Sequence[int]]:
    """The lines at which each run of so many lines begins, by its content hash."""
    starts = line_starts(data)
    found: dict[str, tuple[int, ...]] = {}
    for top in range(len(starts) - height):
        seen = content_hash(data[starts[top]:starts[top + height]])
        found[seen] = (*found.get(seen, ()), top + 1)[:2]  # two are as good as many
    return found


def tells(rows: bytes) -> bool:
    """Whether the text is enough to be known again in another file."""
    return len(re.findall(rb"\w", rows)) >= TELLING_CHARS


__all__ = [
    "CHANGED", "GONE", "HOLDS", "UNKNOWN", "alike", "excerpt", "extent_of", "line_now", "line_shifted", "lines", "normal", "part",
    "once", "place_now", "tells", "text_of",
]
