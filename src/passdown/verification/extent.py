"""How much of some lines is still there, by comparing the file that held them with the file as it is."""

import functools
from collections.abc import Sequence

import msgspec

MOST_LINES = 5_000  # between the first and the last change of a file that is compared line by line
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


Step = tuple[str, int, int, int, int]  # of difflib: what, and from where to where in both, 0-based


def extent(before: bytes, now: bytes, first: int, last: int) -> Extent | None:
    """What became of lines `first` to `last` (1-based, inclusive) of a file; None when too much lies between the first and the last change."""
    steps = aligned(before, now)
    if steps is None:
        return None
    last = min(last, before.count(b"\n") + (not before.endswith(b"\n")))
    gone = came = 0
    for step, i1, i2, j1, j2 in steps:
        if step != "equal":
            a, b = max(i1, first - 1), min(i2, last)
            gone += max(0, b - a)
            inside = b > a or first - 1 < i1 < last
            came += j2 - j1 if inside else 0
    return Extent(last - first + 1, gone, came)


def shifted(before: bytes, now: bytes, first: int, last: int) -> int:
    """The line of the file as it is at which lines `first` to `last` stand that nothing changed; 0 when something did, or it is not known."""
    steps = aligned(before, now) or ()
    return next((first + j1 - i1 for step, i1, i2, j1, _ in steps if step == "equal" and i1 < first and last <= i2), 0)


def became(before: bytes, now: bytes, first: int, last: int) -> tuple[int, int] | None:
    """First and last of the lines that stand now where lines `first` to `last` stood; None when none do, or it is not known."""
    inside = [s for s in aligned(before, now) or () if s[1] < last and s[2] >= first and (s[2] > first - 1 or s[0] == "insert")]
    if not inside:
        return None
    head, tail = inside[0], inside[-1]
    start = head[3] + (first - 1 - head[1] if head[0] == "equal" else 0)
    stop = tail[4] - (tail[2] - last if tail[0] == "equal" else 0)
    return (start + 1, stop) if start < stop else None


@functools.lru_cache(maxsize=8)  # many places of one file are asked about one after the other
def aligned(before: bytes, now: bytes) -> Sequence[Step] | None:
    """How the lines of a file became those of another, in steps from the first line to the last. None when there are too many to compare."""
    from difflib import SequenceMatcher  # only where something changed

    old, new = before.split(b"\n"), now.split(b"\n")
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    ends = len(old) - tail, len(new) - tail
    if max(ends) - head > MOST_LINES:
        return None
    between = SequenceMatcher(None, old[head:ends[0]], new[head:ends[1]]).get_opcodes()
    steps = [(step, i1 + head, i2 + head, j1 + head, j2 + head) for step, i1, i2, j1, j2 in between]
    return [("equal", 0, head, 0, head), *steps, ("equal", ends[0], len(old), ends[1], len(new))]


def _common(one: Sequence[bytes], other: Sequence[bytes]) -> int:
    """How many lines are the same at the beginning of both."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


__all__ = ["Extent", "became", "extent", "shifted"]
