"""Bytes of a transcript to its rows, streaming: what is held at once is a chunk and one unfinished row of at most `MAX_ROW_BYTES`."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from passdown.transcripts.base import MAX_DOCUMENT_BYTES, MAX_ROW_BYTES, Cut

BOM = b"\xef\xbb\xbf"


class TooLong(msgspec.Struct, frozen=True):
    """A row over `MAX_ROW_BYTES`; its bytes were streamed past and are not here. size: bytes, without the line's end."""

    size: int


def read_rows(
    chunks: Iterable[bytes], row_start: bytes | Cut | None = None, *, number: int = 0, offset: int = 0, last: bool = False,
) -> Iterator[tuple[int, int, bytes | TooLong]]:
    r"""(number of the row, offset behind it, the row), in order.

    chunks: the bytes from `offset` on, in pieces of any size (1 MiB is fast). number: that of the first row among them.
    Without `row_start` a row is a line, given without its `\n`; what stands behind the last `\n` may still grow and is not
    given, unless `last` says that the file is complete. With `row_start` a row runs up to the next line that it matches,
    row 0 is all that stands before the first such line, and the row at the end is given too: its writer writes whole files.
    A function as `row_start` cuts the whole document; all its rows end where the document ends.
    A byte order mark at offset 0 and NUL bytes around a line (padding of a crashed writer) are taken off.
    """
    if callable(row_start):
        yield from _cut(chunks, row_start)
        return
    lines = _lines(chunks, offset, last or row_start is not None)
    if row_start is not None:
        lines = _joined(lines, re.compile(row_start), offset)
    for n, (end, row) in enumerate(lines, number):
        yield n, end, row


def finished(rows: Iterable[bytes], document: bytes) -> Iterator[bytes]:
    """The rows of a document without the last one while its last line has no end: it is being written, and half of it must not be kept."""
    held: bytes | None = None
    for row in rows:
        if held is not None:
            yield held
        held = row
    if held is not None and document.endswith(b"\n"):
        yield held


def _cut(chunks: Iterable[bytes], cut: Cut) -> Iterator[tuple[int, int, bytes | TooLong]]:
    pieces: list[bytes] = []
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size <= MAX_DOCUMENT_BYTES:
            pieces.append(chunk)
    if size > MAX_DOCUMENT_BYTES:
        yield 0, size, TooLong(size)
    elif size:
        document = b"".join(pieces).removeprefix(BOM).strip(b"\0")
        for n, row in enumerate(cut(document)):
            yield n, size, row if len(row) <= MAX_ROW_BYTES else TooLong(len(row))


def _lines(chunks: Iterable[bytes], offset: int, last: bool) -> Iterator[tuple[int, bytes | TooLong]]:
    rest = _Rest(offset)
    end = offset
    for chunk in chunks:
        if not offset and not end:
            chunk = rest.without_bom(chunk)
        pieces = chunk.split(b"\n")
        tail = pieces.pop()
        if pieces:
            end += rest.size + len(pieces[0]) + 1
            yield end, rest.close(pieces[0])
            padded = b"\0" in chunk
            for line in pieces[1:]:
                end += len(line) + 1
                yield end, _finished(line) if padded or len(line) > MAX_ROW_BYTES else line
        rest.add(tail)
    if last and rest.size:
        yield end + rest.size, rest.close(b"")


class _Rest:
    """The unfinished line: its pieces while it is short enough, its size always (with what was taken off in front)."""

    def __init__(self, offset: int) -> None:
        self.pieces: list[bytes] = []
        self.held = self.size = 0
        self.fresh = offset == 0

    def without_bom(self, chunk: bytes) -> bytes:
        """`chunk` without the mark, whose bytes still count; a chunk that may hold only part of it is waited for."""
        if not self.fresh:
            return chunk
        chunk = b"".join(self.pieces) + chunk
        self.pieces, self.held, self.size = [], 0, 0
        self.fresh = len(chunk) < len(BOM) and BOM.startswith(chunk)
        if chunk.startswith(BOM):
            self.size = len(BOM)
            return chunk[len(BOM):]
        return chunk

    def add(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.held > MAX_ROW_BYTES:
            return
        if not self.held:
            piece = piece.lstrip(b"\0")
        if piece:
            self.pieces.append(piece)
            self.held += len(piece)
        if self.held > MAX_ROW_BYTES:
            self.pieces.clear()

    def close(self, piece: bytes) -> bytes | TooLong:
        """The finished line; begins the next."""
        self.add(piece)
        line = TooLong(self.size) if self.held > MAX_ROW_BYTES else b"".join(self.pieces).rstrip(b"\0")
        self.pieces, self.held, self.size, self.fresh = [], 0, 0, False
        return line


def _finished(line: bytes) -> bytes | TooLong:
    kept = line.lstrip(b"\0")
    return kept.rstrip(b"\0") if len(kept) <= MAX_ROW_BYTES else TooLong(len(line))


def _joined(lines: Iterator[tuple[int, bytes | TooLong]], start: re.Pattern[bytes], offset: int) -> Iterator[tuple[int, bytes | TooLong]]:
    """Lines joined to rows that begin where `start` matches."""
    held: list[bytes] = []
    end, size = offset, 0
    for after, line in lines:
        if isinstance(line, TooLong):
            size += line.size
            held.clear()
        elif start.match(line):
            if held or size or not end:  # nothing stands before a row at which reading goes on
                yield end, _row(held, size)
            held, size = [line], len(line)
        else:
            size += len(line) + 1
            if size <= MAX_ROW_BYTES:
                held.append(line)
        end = after
    if end > offset:
        yield end, _row(held, size)


def _row(held: list[bytes], size: int) -> bytes | TooLong:
    return b"\n".join(held) if size <= MAX_ROW_BYTES else TooLong(size)


__all__ = ["TooLong", "finished", "read_rows"]
