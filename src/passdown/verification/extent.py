"""How much of some lines is still there, by comparing the file that held them with the file as it is."""

from collections.abc import Sequence

import msgspec

MOST_LINES = 5_000  # of a file that is compared line by line
REMOVED = 0.75  # share of the lines that must be out of the file, with nothing in their place, for them to have been taken out


class Extent(msgspec.Struct, frozen=True):
    """lines: how many there were. gone: of these, not there any more. new: lines in their place, or between them."""

    lines: int
    gone: int
    new: int

    @property
    def removed(self) -> bool:
        """Whether they were taken out, and not rewritten."""
        return self.gone >= REMOVED * self.lines and self.new <= (1 - REMOVED) * self.lines

    @property
    def words(self) -> str:
        """`(12 of 40 lines)`: how many of the lines changed, or how many came."""
        touched = max(self.gone, self.new)
        return f"({touched} of {max(self.lines, touched)} line{'s' if max(self.lines, touched) != 1 else ''})" if touched else ""


def extent(before: bytes, now: bytes, first: int, last: int) -> Extent | None:
    """What became of lines `first` to `last` (1-based, inclusive) of a file; None when a file is too long to be compared."""
    from difflib import SequenceMatcher  # only where something changed

    old, new = before.split(b"\n"), now.split(b"\n")
    if len(old) > MOST_LINES or len(new) > MOST_LINES:
        return None
    last = min(last, len(old) - (old[-1] == b""))
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    steps = SequenceMatcher(None, old[head:len(old) - tail], new[head:len(new) - tail]).get_opcodes()
    gone = came = 0
    for step, i1, i2, j1, j2 in steps:
        if step != "equal":
            a, b = max(i1 + head, first - 1), min(i2 + head, last)
            gone += max(0, b - a)
            inside = b > a or first - 1 < i1 + head < last
            came += j2 - j1 if inside else 0
    return Extent(last - first + 1, gone, came)


def _common(one: Sequence[bytes], other: Sequence[bytes]) -> int:
    """How many lines are the same at the beginning of both."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


__all__ = ["Extent", "extent"]
