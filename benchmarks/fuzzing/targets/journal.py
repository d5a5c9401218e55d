"""Operations of the journal, kept events, what a document was rendered from."""

import gzip
import zlib

from benchmarks.fuzzing.base import GOLDEN, Target
from benchmarks.fuzzing.world import folder

from passdown.errors import PassdownError
from passdown.store import events
from passdown.store.journal import _read as operation

STORE = GOLDEN / "stores" / "v1" / "private"


def journal(data: bytes) -> None:
    path = folder() / "0000000001.json"
    path.write_bytes(data)
    operation(path)


def kept(data: bytes) -> None:
    path = folder() / "s-1.jsonl.gz"
    path.write_bytes(data)
    list(events.read(path))
    events.measured(path)


def told(data: bytes) -> None:
    kept(gzip.compress(data, 1))


TARGETS = {
    "journal-operation": Target(lambda: [p.read_bytes() for p in sorted((STORE / "journal").glob("*.json"))], journal, (b'"path":', b"../", b'"changes":')),
    "journal-gzip": Target(lambda: [p.read_bytes() for p in (STORE / "events").glob("*.gz")], kept, (b"\x1f\x8b",),
        (PassdownError, OSError, EOFError, zlib.error)),
    "journal-events": Target(lambda: [gzip.decompress(p.read_bytes()) for p in (STORE / "events").glob("*.gz")], told, (b'"type":"prompt"', b"\n"),
        (PassdownError,))}
