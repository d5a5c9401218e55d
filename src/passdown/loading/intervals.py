"""Which stretches of a text were taken already."""

from bisect import bisect_left, insort


class Intervals:
    """Half-open stretches that never overlap."""

    def __init__(self) -> None:
        self._taken: list[tuple[int, int]] = []

    def add(self, start: int, end: int) -> list[tuple[int, int]]:
        """Take what is still free between two offsets; returns those stretches in order."""
        free, at = [], start
        first = max(0, bisect_left(self._taken, (start, start)) - 1)
        for begin, stop in self._taken[first:]:
            if begin >= end:
                break
            if begin > at:
                free.append((at, begin))
            at = max(at, stop)
        if at < end:
            free.append((at, end))
        for one in free:
            insort(self._taken, one)
        return free


__all__ = ["Intervals"]
