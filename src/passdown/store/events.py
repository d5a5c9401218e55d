"""The kept events: one gzip file of JSON lines a session, appended member by member.

The file is as long as was committed (`store.state`); what lies behind that is a torn append and is cut off by the next one.
"""

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from passdown import files
from passdown.model.event import Event, SafeEvents
from passdown.model.json_values import BROKEN_JSON
from passdown.model.text import RedactedText

LEVEL = 3  # measured on real events: 1 is 15 % larger and no faster overall, 6 takes twice as long for 6 % less
ENCODE = msgspec.json.Encoder().encode_lines
_DECODE = msgspec.json.Decoder(Event).decode
MEMBER_BYTES = 8 << 20  # of events before compression, after which a member is written
GZIP = 31  # zlib's window bits for a gzip member


class Writer:
    """Appends the events of one capture behind the committed length. Members are written as they fill, so that memory holds one of them.

    Nothing counts before the new length is committed (`store.state`); `finish` makes all of it durable first.
    """

    def __init__(self, path: Path, at: int) -> None:
        self._path, self._at = path, at
        self._squeeze = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
        self._parts: list[bytes] = []
        self._raw = 0
        self.count = 0

    def add(self, events: SafeEvents) -> None:
        if not events:
            return
        lines = ENCODE(events)
        self._parts.append(self._squeeze.compress(lines))
        self._raw += len(lines)
        self.count += len(events)
        if self._raw >= MEMBER_BYTES:
            self._append(durable=False)

    def finish(self) -> int:
        """The new length, durable when it is returned; the old one when there were no events."""
        if self.count:
            self._append(durable=True)
        return self._at

    def _append(self, *, durable: bool) -> None:
        data = b"".join([*self._parts, self._squeeze.flush()]) if self._raw else b""
        self._at = files.append(self._path, data, self._at, durable=durable)
        self._squeeze, self._parts, self._raw = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP), [], 0


def rewrite(path: Path, events: SafeEvents) -> int:
    """Write these events beside the present ones and return their length; they count once it is committed, and stand in their place after `settle`."""
    data = zlib.compress(ENCODE(events), LEVEL, GZIP)
    files.write_bytes(_rewritten(path), data)
    return len(data)


def settle(path: Path, length: int) -> bool:
    """Finish or drop a rewriting that was cut short, by the committed length; whether the file then holds that much."""
    new = _rewritten(path)
    if new.exists():
        if new.stat().st_size == length:
            files.move(new, path)
        else:
            files.remove(new)
    return not length or (path.exists() and path.stat().st_size >= length)


def reword(path: Path, text: RedactedText, expected: str) -> None:
    """Other words in a log that no session is known of, or that was put aside. Raises `Conflict`."""
    files.write_bytes(path, zlib.compress(text.encode("utf-8", "surrogateescape"), LEVEL, GZIP), expected=expected)


def replace(path: Path, events: SafeEvents) -> int:
    """Write a log anew where the old one was put aside; its length."""
    length = rewrite(path, events)
    settle(path, length)
    return length


def whole(path: Path, length: int) -> bool:
    """Whether the first `length` bytes are whole members, each with the check sum that it should have."""
    end = 0
    data = (files.read(path) or b"")[:length]
    while end < len(data):
        unpack = zlib.decompressobj(GZIP)
        try:
            unpack.decompress(data[end:])
        except zlib.error:
            return False
        if not unpack.eof:
            return False
        end = len(data) - len(unpack.unused_data)
    return end == length


def _rewritten(path: Path) -> Path:
    return path.with_name(path.name + ".new")


def read(path: Path, length: int | None = None) -> Iterator[Event]:
    """The kept events in order, of the first `length` bytes. A torn end or a damaged member ends the reading, it raises nothing."""
    return decoded(lines(path, length))


def decoded(rows: Iterable[bytes]) -> Iterator[Event]:
    """The events of JSON lines; a line that is none is passed over."""
    for line in rows:
        try:
            yield _DECODE(line)
        except BROKEN_JSON:
            continue


def measured(path: Path) -> tuple[int, int]:
    """Bytes of whole members and number of events in them, where no committed length is known."""
    data, end, count = files.read(path) or b"", 0, 0
    while end < len(data):
        unpack = zlib.decompressobj(GZIP)
        try:
            text = unpack.decompress(data[end:])
        except zlib.error:
            break
        if not unpack.eof:
            break
        count += text.count(b"\n")
        end = len(data) - len(unpack.unused_data)
    return end, count


def lines(path: Path, length: int | None = None) -> Iterator[bytes]:
    """JSON lines of the kept events, decompressed as they are asked for."""
    rest = b""
    for chunk in _chunks(path, length):
        *whole, rest = (rest + chunk).split(b"\n")
        yield from (line for line in whole if line)


def _chunks(path: Path, length: int | None) -> Iterator[bytes]:
    unpack = zlib.decompressobj(GZIP)
    left = -1 if length is None else length
    try:
        with path.open("rb") as stream:
            while part := stream.read(min(1 << 18, left) if left >= 0 else 1 << 18):
                left -= len(part) if left >= 0 else 0
                while part:
                    yield unpack.decompress(part)
                    part = unpack.unused_data
                    if unpack.eof:
                        unpack = zlib.decompressobj(GZIP)
    except (FileNotFoundError, zlib.error):
        return


__all__ = ["Writer", "decoded", "lines", "read", "replace", "reword", "rewrite", "settle", "whole"]
