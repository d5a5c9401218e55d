"""What fits into so many lines."""

from collections.abc import Sequence

from passdown.formats.base import Item
from passdown.formats.marked import Chunk, chunk

LEAST = 3  # lines that a section has for our items, however much else stands in it


def fitted(items: Sequence[Item], room: int, *, head: str = "") -> tuple[list[Item], list[Item]]:
    """The items that fit, in order, with a last one that says how many do not; and those that do not."""
    room = max(room, LEAST) - (head.count("\n") + 1 if head else 0)
    if sum(map(_height, items)) <= room:
        return list(items), []
    room -= 1
    kept: list[Item] = []
    left: list[Item] = []
    for item in items:
        height = _height(item)
        if height <= room and not left:
            kept.append(item)
            room -= height
        else:
            left.append(item)
    if not kept and left:
        kept, left = [left[0]], left[1:]
    return [*kept, *more(kept, len(left))], left


def more(kept: Sequence[Item], left: int) -> list[Item]:
    """The line that says that there is more, in the shape of the one before it."""
    if not left:
        return []
    words = f"… and {left} more: `passdown list`, `passdown sessions`"
    if kept and kept[-1].text.startswith("|"):
        return [Item("more", f"| {words} |  |  |")]
    return [Item("more", f"- {words}")]


def _height(item: Item) -> int:
    """Lines that an item takes: as it is written, and an empty one around what is no list item or table row."""
    written: Chunk = chunk(item)
    return written.text.count("\n") + (0 if written.tight else 1)


__all__ = ["fitted"]
