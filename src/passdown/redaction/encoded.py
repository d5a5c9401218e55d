r"""Secrets in another writing: percent-encoded, with JSON escapes, broken over lines, in Base64.

A view is the text as it reads when one writing is undone, with the place each byte came from. What is found in it is taken out of the text itself, whole.
Base64 is known by its structure: of printable ASCII, three letters in four are out of a half or a third of the alphabet, so that eighteen encoded
bytes are met by chance once in a million words.
"""

import functools
import re
from binascii import Error, a2b_base64
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from passdown.redaction import search
from passdown.redaction.engine import Hit, compiled

_BREAK = r"""\\\r?\n[ \t]*|\\\\n[ \t]*|["'][ \t]*[+.&]?[ \t]*\\?\r?\n[ \t]*[+.&]?[ \t]*["']|=\r?\n"""
_PART = "[A-Za-z0-9+/_-]{4}"
_SPLIT = "|".join(rf"{_PART}{form}{_PART}" for form in (  # within a word: what goes on with the next one, other rules read as it is
    r"(?:\\\r?\n|\\\\n)[ \t]*", r"""["'][ \t]*[+.&]?[ \t]*\\?\r?\n[ \t]*[+.&]?[ \t]*["']""", r"=\r?\n"))
_GROUP = "[CDI-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589][A-Za-z0-9+/_-]"
_BASE64 = rf"(?:{_GROUP}){{6}}[A-Za-z0-9+/_-]*={{0,2}}"
_WRAP = r"(?:\\n|\r?\n)[ \t]*"
_DEPTH = 3  # of Base64 in Base64


class View(NamedTuple):
    """when: matches a text for which the view is worth making. piece: what is undone in it, each by `undo`."""

    when: str
    piece: str
    undo: Callable[[bytes], bytes]


def _percent(piece: bytes) -> bytes:
    return bytes([int(piece[1:], 16)])


def _escape(piece: bytes) -> bytes:
    return bytes([int(piece[-4:], 16)]) if piece[-5:-4] == b"u" else piece[-1:]


VIEWS = (
    View(r"%[2-7][0-9A-Fa-f]", "%[2-7][0-9A-Fa-f]", _percent),
    View(r"\\(?:u00[2-7][0-9A-Fa-f]|/)", r"\\\\*(?:u00[2-7][0-9A-Fa-f]|/)", _escape),
    View(_SPLIT, _BREAK, lambda _: b""),
)
_WORTH = "|".join([_BASE64, *(view.when for view in VIEWS)])


def hits(data: bytes, depth: int = _DEPTH) -> Iterator[Hit]:
    """Encoded secrets in order, without overlap; those of the first writing in which there are any."""
    if not _compiled(_WORTH).search(data):
        return
    for view in VIEWS:
        if _compiled(view.when).search(data) and (found := list(_in_view(data, view))):
            yield from found
            return
    if depth and _compiled(_BASE64).search(data):
        yield from _in_base64(data, depth)


def _in_view(data: bytes, view: View) -> Iterator[Hit]:
    found = list(search.hits(re.sub(view.piece.encode(), lambda piece: view.undo(piece[0]), data)))
    starts, shifts = _shifts(data, view) if found else ([], [])
    for hit in found:
        start, end = (at + shifts[bisect_right(starts, at) - 1] for at in (hit.start, hit.end - 1))
        yield Hit(start, _whole(data, view, end), hit.code, hit.secret)


def _whole(data: bytes, view: View, last: int) -> int:
    """The end of the piece, or of the byte, that begins at `last`."""
    piece = re.compile(view.piece.encode()).match(data, last)
    return piece.end() if piece and piece.end() > last else last + 1


def _shifts(data: bytes, view: View) -> tuple[list[int], list[int]]:
    """From which bytes of the view on places are shifted, and by how much."""
    starts, shifts, done, length = [0], [0], 0, 0
    for piece in re.finditer(view.piece.encode(), data):
        length += piece.start() - done + len(view.undo(piece[0]))
        done = piece.end()
        starts.append(length)
        shifts.append(done - length)
    return starts, shifts


def _in_base64(data: bytes, depth: int) -> Iterator[Hit]:
    at = 0
    while run := _compiled(_BASE64).search(data, at):
        start, end = run.span()
        while more := re.compile((_WRAP + r"[A-Za-z0-9+/_-]{4,}={0,2}").encode()).match(data, end):
            end = more.end()
        yield from _hit_of(start, end, _decoded(data[start:end]), depth)
        at = end


def _hit_of(start: int, end: int, text: bytes, depth: int) -> Iterator[Hit]:
    if inner := next(search.hits(text), None) or next(hits(text, depth - 1), None):
        yield Hit(start, end, inner.code, inner.secret)


def _decoded(run: bytes) -> bytes:
    """What a run of Base64 stands for, whichever of its two alphabets it uses; a cut one as far as it goes."""
    letters = run.replace(rb"\n", b"").translate(_STANDARD, b" \t\r\n").rstrip(b"=")
    try:
        return a2b_base64(letters[: len(letters) // 4 * 4] + (letters[len(letters) // 4 * 4 :] + b"==")[:4] * (len(letters) % 4 > 1))
    except Error:
        return b""


_STANDARD = bytes.maketrans(b"-_", b"+/")


@functools.cache
def _compiled(pattern: str) -> Any:
    return compiled(pattern, groups=False)


__all__ = ["VIEWS", "View", "hits"]
