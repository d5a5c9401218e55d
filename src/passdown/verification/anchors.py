"""How an anchored place stands: as it was, changed, moved or gone; nothing is said of what was never seen."""

from passdown.model.anchor import Anchor
from passdown.model.ids import content_hash

HOLDS, CHANGED, GONE, UNKNOWN = "✔", "~", "✗", ""


def excerpt(data: bytes, first: int, last: int) -> bytes | None:
    """Lines `first` to `last` (1-based, inclusive); all for 0; None when there are not so many."""
    if not first:
        return data
    rows = data.splitlines(keepends=True)
    return b"".join(rows[first - 1: max(first, last)]) if first <= len(rows) else None


def stands(anchor: Anchor, now: bytes | None) -> str:
    """The verdict on an anchor, given what its file holds now (None: it is not there)."""
    if not anchor.seen:
        return UNKNOWN
    if now is None:
        return GONE
    part = excerpt(now, anchor.first, anchor.last)
    if part is not None and content_hash(part) == anchor.seen:
        return HOLDS
    return HOLDS if anchor.first and moved_to(anchor, now) else CHANGED


def moved_to(anchor: Anchor, now: bytes) -> int:
    """The line at which the anchored lines stand now, unchanged; 0 when they do not."""
    rows = now.splitlines(keepends=True)
    height = max(anchor.last, anchor.first) - anchor.first + 1
    tops = range(len(rows) - height + 1)
    return next((top + 1 for top in tops if content_hash(b"".join(rows[top: top + height])) == anchor.seen), 0)


__all__ = ["CHANGED", "GONE", "HOLDS", "UNKNOWN", "excerpt", "moved_to", "stands"]
