"""Files of records and sessions: front matter, places, what comes back when they are written again; merged with another version."""

from benchmarks.fuzzing.base import GOLDEN, BrokenLaw, Target
from benchmarks.fuzzing.world import RECORDS

from passdown.errors import PassdownError
from passdown.formats import record_file, session_file
from passdown.formats.record_merge import merge

TOKENS = (b"---\n", b"kind: task\n", b"anchors:\n  - ", b"status: active\n", b"trust: user\n", b"created: ", b"#L1-L2", b"id: ../../x\n", b"\n\n")


def record(data: bytes) -> None:
    found = record_file.parse(data.decode("utf-8", "replace"), "x")  # the store refuses what is not UTF-8
    merge(RECORDS[0], found, RECORDS[1])
    if record_file.parse(record_file.render(found), "x") != found:
        raise BrokenLaw("a record is not what it was when it is written again")


def session(data: bytes) -> None:
    found = session_file.parse(data.decode("utf-8", "surrogateescape"))
    session_file.parse(session_file.render(found))


def seeds(folder: str) -> list[bytes]:
    return [p.read_bytes() for p in sorted((GOLDEN / "stores").rglob(f"{folder}/**/*.md"))]


TARGETS = {"record-file": Target(lambda: seeds("records") + [record_file.render(r).encode() for r in RECORDS], record, TOKENS, (PassdownError,)),
           "record-session": Target(lambda: seeds("sessions"), session, TOKENS, (PassdownError,))}
