"""The kept events: one gzip file of JSON lines a session, appended member by member.

The file is as long as was committed (`store.state`); what lies behind that is a torn append and is cut off by the next one.
"""

import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from passdown import files
from passdown.model.event import Event, SafeEvents

LEVEL = 3  # measured on real events: 1 is 15 % larger and no faster overall, 6 takes twice as long for 6 % less
ENCODE = msgspec.json.Encoder().encode_lines
DECODE = msgspec.json.Decoder(Event).decode
GZIP = 31  # zlib's window bits for a gzip member


class Member:
    """Events compressed as they come, for one member; memory holds the compressed bytes only."""

    def __init__(self) -> None:
        self._squeeze = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
        self._parts: list[bytes] = []
        self.count = 0

    def add(self, events: SafeEvents) -> None:
        if events:
            self._parts.append(self._squeeze.compress(ENCODE(events)))
            self.count += len(events)

    def bytes(self) -> bytes:
        """The whole member; b"" when no event was added."""
        return b"".join([*self._parts, self._squeeze.flush()]) if self.count else b""


def append(path: Path, member: Member, at: int) -> int:
    """Append a finished member behind the committed length `at`; returns the new length. Durable when it returns."""
    return files.append(path, member.bytes(), at) if member.count else at


def read(path: Path, length: int | None = None) -> Iterator[Event]:
    """The kept events in order, of the first `length` bytes. A torn end or a damaged member ends the reading, it raises nothing."""
    for line in lines(path, length):
        try:
            yield DECODE(line)
        except msgspec.DecodeError:
            continue


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


__all__ = ["Member", "append", "lines", "read"]
