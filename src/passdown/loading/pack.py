"""Fitting what a task loads into a budget: what it names goes first, bases before what is derived from them; the rest is listed."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from passdown.loading.reading import Piece
from passdown.loading.sources import Cost

FRAME = 24  # tokens of a piece's heading and fences
DIVISIBLE = 400  # tokens from which a piece is cut rather than left out
WORTHWHILE = 120  # tokens of the part that is left of it


def pack(pieces: Sequence[Piece], budget: int, cost: Cost) -> tuple[list[Piece], list[Piece]]:
    """The pieces that fit, in the given order, and those that do not. About `budget` tokens at most, frames included."""
    room = budget
    kept: dict[int, Piece] = {}
    out: dict[int, Piece] = {}
    for number, piece in sorted(enumerate(pieces), key=lambda one: (one[1].rank, one[0])):
        shared = _goes_on(piece, kept.get(number - 1))  # pieces that follow one another have one frame
        whole = piece.tokens + (1 if shared else FRAME + cost(piece.place + piece.why))
        if whole <= room:
            kept[number] = piece
            room -= whole
            continue
        frame = whole - piece.tokens
        head = _head(piece, room - frame, cost) if piece.tokens > DIVISIBLE and room - frame >= WORTHWHILE else None
        if head:
            kept[number] = head
            room -= head.tokens + frame
        out[number] = _rest(piece, head, cost)
    return [kept[n] for n in sorted(kept)], [out[n] for n in sorted(out)]


def _head(piece: Piece, room: int, cost: Cost) -> Piece | None:
    """The first lines of a piece that fit."""
    lines = piece.text.split("\n")
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if cost("\n".join(lines[:middle])) <= room else (low, middle - 1)
    text = "\n".join(lines[:low])
    return replace(piece, text=text, last=piece.first + low - 1, tokens=cost(text)) if text.strip() else None


def _rest(piece: Piece, head: Piece | None, cost: Cost) -> Piece:
    if head is None:
        return piece
    text = "\n".join(piece.text.split("\n")[head.last - piece.first + 1:])
    return replace(piece, first=head.last + 1, text=text, tokens=cost(text))


def _goes_on(piece: Piece, before: Piece | None) -> bool:
    return before is not None and (before.path, before.why, before.last) == (piece.path, piece.why, piece.after)


def joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces that go on from one another, for the same reason, as one."""
    last: Piece | None = None
    for piece in pieces:
        if last and _goes_on(piece, last):
            last = replace(last, text=last.text + "\n" * (piece.first - last.last) + piece.text, last=piece.last, tokens=last.tokens + piece.tokens)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last


__all__ = ["joined", "pack"]
