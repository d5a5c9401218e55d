"""Two versions of something with a common ancestor, brought together: the parts that records and sessions share.

Laws: what one side alone changed is taken from it; what both changed in the same way is taken once; nothing that one side added is lost.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

T = TypeVar("T")
K = TypeVar("K")
MOST_PAIRS = 20_000  # of equal lines, which the comparison looks at one by one, often more than once
Edit = tuple[int, int, list[str]]  # lines of the ancestor from, to (exclusive), and what stands there instead


def value(base: T, ours: T, theirs: T, both: Callable[[], T]) -> T:
    """A whole value; `both` decides where each side has another one."""
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base else both()


def items(base: Iterable[T], ours: Iterable[T], theirs: Iterable[T], key: Callable[[T], K], later: Iterable[T]) -> tuple[T, ...]:
    """A list without repetition: ours first, then what only they have. What one side took out goes, unless the other one changed it.

    later: that of `ours` and `theirs` whose item counts where both changed it.
    """
    base, ours, theirs = tuple(base), tuple(ours), tuple(theirs)
    return value(base, ours, theirs, lambda: _united(base, ours, theirs, key, later))


def _united(base: Iterable[T], ours: Iterable[T], theirs: Iterable[T], key: Callable[[T], K], later: Iterable[T]) -> tuple[T, ...]:
    known, mine, other, newer = ({key(item): item for item in reversed(tuple(one))} for one in (base, ours, theirs, later))
    names = dict.fromkeys((*map(key, ours), *map(key, theirs)))
    return tuple(_item(name, known, mine, other, newer) for name in names if name not in known or known[name] not in (mine.get(name), other.get(name)) or
                 (name in mine and name in other))


def _item(name: K, known: Mapping[K, T], mine: Mapping[K, T], other: Mapping[K, T], newer: Mapping[K, T]) -> T:
    if name not in mine or name not in other:
        return mine[name] if name in mine else other[name]
    return value(known.get(name, mine[name]), mine[name], other[name], lambda: newer[name]) if name in known else newer[name]


def text(base: str, ours: str, theirs: str) -> str | None:
    """Line by line; None where both sides changed the same lines, or put something into the same place."""
    lines = base.split("\n")
    mine, other = edits(lines, ours.split("\n")), edits(lines, theirs.split("\n"))
    merged = sorted([*mine, *(edit for edit in other if edit not in mine)], key=lambda edit: edit[:2])
    if any(map(_collide, merged, merged[1:])):
        return None
    for first, last, new in reversed(merged):
        lines[first:last] = new
    return "\n".join(lines)


def edits(base: Sequence[str], side: Sequence[str]) -> list[Edit]:
    """What a side changed in the ancestor's lines, in order. Lines that stand so often that comparing them would take minutes say nothing of where they
    belong, and are known by their neighbours.
    """
    found = SequenceMatcher(_everywhere(base, side).__contains__, base, side, autojunk=False).get_opcodes()
    return [(first, last, list(side[start:end])) for tag, first, last, start, end in found if tag != "equal"]


def _everywhere(base: Sequence[str], side: Sequence[str]) -> frozenset[str]:
    """The most frequent lines, as few as leave no more than `MOST_PAIRS` pairs of the others."""
    often = Counter(side)
    pairs = Counter({line: count * often[line] for line, count in Counter(base).items()})
    left, found = pairs.total(), set[str]()
    for line, number in pairs.most_common() if left > MOST_PAIRS else ():
        if left <= MOST_PAIRS:
            break
        left -= number
        found.add(line)
    return frozenset(found)


def _collide(one: Edit, next_one: Edit) -> bool:
    return one[1] > next_one[0] or one[:2] == next_one[:2]


__all__ = ["items", "text", "value"]
