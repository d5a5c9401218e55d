"""One transcript into the store, from where the last capture of it stopped.

The order of writing is the promise: kept events first (durable), then the cursor with the new length (durable, the commit point), then
what can be derived from them at any time. A kill between any two leaves a store in which the same capture, run again, does what is missing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, cast

import msgspec
from msgspec.structs import replace

from passdown import files
from passdown.actions.derive import write_derived
from passdown.agentstores import table as agentstores
from passdown.errors import NoSuchSession, NothingSaid, PassdownError, UnreadableFile
from passdown.extract.paths import Roots
from passdown.extract.records import Extraction
from passdown.extract.session import Fold
from passdown.model.event import Event, Mark, Prompt, Reply, SafeEvents, ToolCall
from passdown.model.ids import content_hash
from passdown.model.session import Reading as Counts
from passdown.model.session import Session
from passdown.project import Project
from passdown.redaction.events import scan_events
from passdown.redaction.values import redact_values
from passdown.store import events as event_log
from passdown.store.state import Cursor, Kept, State
from passdown.transcripts.base import Reader
from passdown.transcripts.detect import detect
from passdown.transcripts.rows import read_rows
from passdown.transcripts.stream import BATCH_EVENTS, Stream, fingerprint
from passdown.transcripts.table import reader

HEAD_BYTES = 64 * 1024  # enough for every format to be recognised
PROBE_BYTES = 1024  # hashed at both ends of what was read, to notice a rewrite
CHUNK_BYTES = 1 << 20
NAMED_WITHIN_ROWS = 200  # a transcript that has not named its session by then never will
NAMED = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|ses_[0-9A-Za-z]{8,40}")  # a file's name that is an id: some agents give it nowhere else
BLANK = b"\xef\xbb\xbf\0 \t\r\n"
MADE_UP = ("file-", "chat-")  # begin names of sessions that were made from the file's name or its words
ZSTD = b"\x28\xb5\x2f\xfd"


class Captured(msgspec.Struct, frozen=True):
    """What one capture of one transcript did. `replaced`: secrets redacted. error: why it was not read. facts: None when nothing was new."""

    path: str
    session: str = ""
    agent: str = ""
    new_events: int = 0
    replaced: int = 0
    facts: Session | None = None
    error: PassdownError | None = None


class Work(msgspec.Struct):
    """One transcript being captured: where it is read, what is known of its session, what becomes of its events."""

    path: Path
    bytes: IO[bytes]
    size: int
    mtime_ns: int
    reader: Reader
    cursor: Cursor
    kept: Kept
    stream: Stream
    fold: Fold
    extraction: Extraction
    log: event_log.Writer
    replaced: int = 0


def capture_one(project: Project, path: Path, roots: Roots, state: State, told: str = "") -> Captured:
    """Capture what is new. told: what the user says that wrote it. Two captures of the same transcript wait for each other. Raises `PassdownError`."""
    path = Path(path).absolute()
    with files.lock(project.layout.capture_lock):
        try:
            known = measured(path)
            if unchanged(state.cursor(str(path)), path, known):
                return Captured(str(path))
            with opened(path) as stream:
                work = begin(project, path, stream, known, roots, state, told)
                if work is None:
                    return Captured(str(path))
                feed(work)
                return commit(project, work, state)
        except OSError as error:
            raise UnreadableFile(path=path, reason=error.strerror or str(error)) from error


def measured(path: Path) -> tuple[int, int]:
    """Size and time of last change, in nanoseconds, of a transcript; what a store says of one of its sessions."""
    session = agentstores.listed(path)
    if session:
        return session.size, session.mtime_ns
    store, named = agentstores.split(path)
    if named and store.is_file():
        raise NoSuchSession(path=store, session=named)
    known = path.stat()
    return known.st_size, known.st_mtime_ns


def unchanged(cursor: Cursor | None, path: Path, known: tuple[int, int]) -> bool:
    return cursor is not None and (cursor.path, cursor.size, cursor.mtime_ns) == (str(path), *known)


def opened(path: Path) -> IO[bytes]:
    """The transcript's bytes: decompressed when it is zstd, told by the store when it is a session of one."""
    told = agentstores.opened(path)
    if told:
        return told
    stream = path.open("rb")
    if stream.peek(len(ZSTD))[: len(ZSTD)] != ZSTD:
        return stream
    stream.close()
    from passdown.transcripts.zstd import Decompressed

    return cast("IO[bytes]", Decompressed(path))


def begin(project: Project, path: Path, stream: IO[bytes], known: tuple[int, int], roots: Roots, state: State, told: str) -> Work | None:
    """Where to read from and with what state; None when the session was forgotten. Raises `NothingSaid`."""
    start = stream.read(HEAD_BYTES)
    if not start.strip(BLANK):
        raise NothingSaid(path=path, reason="it holds only blanks" if start else "it is empty")
    cursor = state.cursor(str(path), content_hash(start[:PROBE_BYTES]))
    name = detect(start, str(path), told or (cursor.agent if cursor else ""))
    module = reader(name)
    if cursor and cursor.agent == name and goes_on(cursor, module, stream, start):
        if project.layout.forgotten(cursor.session).exists():
            return None
        kept = whole(project, state.kept(cursor.session))
        if kept.count != cursor.stream.get("next", 0):
            return begin_anew(project, path, stream, known, module, cursor.session, name, kept, roots)
        folded, extraction = taken_up(project, kept, roots)
        return Work(path, stream, *known, module, replace(cursor, path=str(path)), kept, Stream(module.start(cursor.reader), cursor.stream),
                    folded, extraction, writer(project, kept))
    session = cursor.session if cursor and cursor.agent == name and grew(cursor, path, start) else session_of(module, stream, path)
    if not session:
        raise NothingSaid(path=path, reason=missing_turns(module, stream))
    if project.layout.forgotten(session).exists():
        return None
    return begin_anew(project, path, stream, known, module, session, name, whole(project, state.kept(session)), roots)


def begin_anew(project: Project, path: Path, stream: IO[bytes], known: tuple[int, int], module: Reader, session: str, name: str, kept: Kept,
               roots: Roots) -> Work:
    """Read from the start, against what is kept of the session."""
    work = Work(path, stream, *known, module, Cursor(str(path), session, name), kept,
                Stream(module.start(), {"next": kept.count}), Fold(None, roots), Extraction(None, roots), writer(project, kept))
    if kept.count:
        recall(work, event_log.read(project.layout.events(session), kept.length))
    return work


def whole(project: Project, kept: Kept) -> Kept:
    """What is kept, or nothing when its file was cut or taken away: the remains are put aside, and the transcript is read again."""
    log = project.layout.events(kept.session)
    if not kept.length and log.exists():  # `state.db` was lost: what stands there is kept
        length, count = event_log.measured(log)
        return Kept(kept.session, length, count)
    if event_log.settle(log, kept.length):
        return kept
    if log.exists():
        files.move(log, log.with_name(log.name + ".damaged"))
    return Kept(kept.session)


def writer(project: Project, kept: Kept) -> event_log.Writer:
    return event_log.Writer(project.layout.events(kept.session), kept.length)


def taken_up(project: Project, kept: Kept, roots: Roots) -> tuple[Fold, Extraction]:
    """Fold and extraction as they were put down; made again from the kept events when this version cannot take them up."""
    try:
        return Fold(kept.fold, roots), Extraction(kept.extraction, roots)
    except ValueError:
        folded, extraction = Fold(None, roots), Extraction(None, roots)
        for batch in batched(event_log.read(project.layout.events(kept.session), kept.length)):
            folded.add(batch)
            extraction.add(batch)
        return folded, extraction


def goes_on(cursor: Cursor, module: Reader, stream: IO[bytes], start: bytes) -> bool:
    """Whether what was read before still stands there, and all of it was read."""
    if module.ROW_START is not None or cursor.stream.get("left") or content_hash(start[: cursor.head_bytes]) != cursor.head:
        return False
    stream.seek(cursor.offset - cursor.tail_bytes)
    return content_hash(stream.read(cursor.tail_bytes)) == cursor.tail


def grew(cursor: Cursor, path: Path, start: bytes) -> bool:
    """Whether a file without an id of its own goes on from what was captured of it: the name that was made up when less of it was there stays."""
    return (cursor.session.startswith(MADE_UP) and cursor.path == str(path) and 0 < cursor.head_bytes <= len(start)
            and content_hash(start[: cursor.head_bytes]) == cursor.head)


def session_of(module: Reader, stream: IO[bytes], path: Path) -> str:
    """The agent's own id of the session; one made from the file's name when the transcript has none; "" when nothing was said yet.

    A hook may meet a transcript when its first row is half written: under a made-up name the session would go on being captured.
    """
    stream.seek(0)
    looking, said, number = Stream(module.start(), {}), False, 0
    for number, _, line in islice(read_rows(chunks(stream), module.ROW_START), NAMED_WITHIN_ROWS):
        for event in looking.read(number, line):
            if isinstance(event, Mark) and event.session:
                return event.session
            said = said or isinstance(event, Prompt | Reply | ToolCall)
    if NAMED.fullmatch(path.stem) and (said or number + 1 >= NAMED_WITHIN_ROWS):
        return path.stem
    return f"file-{content_hash(path.name)[7:23]}" if said or number + 1 >= NAMED_WITHIN_ROWS else ""


def missing_turns(module: Reader, stream: IO[bytes]) -> str:
    """Why no turn was found in a transcript, as far as its rows tell."""
    stream.seek(0)
    looking, text = Stream(module.start(), {}), b""
    for number, _, line in islice(read_rows(chunks(stream), module.ROW_START, last=True), NAMED_WITHIN_ROWS):
        looking.read(number, line)
        text = line if isinstance(line, bytes) else text
    if looking.unreadable and text.lstrip()[:1] in (b"{", b"[") and text.rstrip()[-1:] not in (b"}", b"]"):
        return "its JSON is not closed: it was cut, or is still being written"
    return f"none was found in its {looking.rows} rows" + (f", of which {looking.unreadable} cannot be read" if looking.unreadable else "")


def recall(work: Work, before: Iterable[Event]) -> None:
    """The transcript is read again from its start: fold what is kept of its session first, and know it again when it comes."""
    known: Counter[int] = Counter()
    for batch in batched(before):
        known.update(fingerprint(event) for event in batch if not is_stamp(event))
        fold(work, batch)
    work.stream.expect(known)


def batched(events: Iterable[Event]) -> Iterator[SafeEvents]:
    """Kept events are safe: they were scanned before they were written."""
    iterator = iter(events)
    while batch := tuple(islice(iterator, BATCH_EVENTS)):
        yield SafeEvents(batch)


def chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while part := stream.read(CHUNK_BYTES):
        yield part


def feed(work: Work) -> None:
    """All new rows through redaction into the member, the fold and the extraction."""
    end = work.cursor.offset
    work.bytes.seek(end)
    rows = read_rows(chunks(work.bytes), work.reader.ROW_START, number=work.cursor.rows, offset=end)
    for batch, behind in work.stream.batches(rows):
        safe, replaced = scan_events(batch)
        fresh = work.stream.number(safe)
        work.replaced += replaced
        work.log.add(fresh)
        fold(work, fresh)
        end = behind
    stamp(work)
    work.cursor = replace(work.cursor, offset=end, rows=work.stream.rows)


def stamp(work: Work) -> None:
    """A transcript without any time gets one: that of its file, behind what was new in it."""
    if work.log.count and not work.stream.timed:
        at = datetime.fromtimestamp(work.mtime_ns // 10**9, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        marks = SafeEvents((Mark(n=work.stream.next, at=at, row=work.stream.rows - 1),))
        work.stream.next += 1
        work.log.add(marks)
        fold(work, marks)


def is_stamp(event: Event) -> bool:
    """Whether we made the event ourselves, see `stamp`: it does not come from the transcript again."""
    return isinstance(event, Mark) and event == Mark(n=event.n, at=event.at, row=event.row)


def fold(work: Work, events: SafeEvents) -> None:
    work.fold.add(events)
    work.extraction.add(events)


def commit(project: Project, work: Work, state: State) -> Captured:
    """Events, then the cursor, then what is derived."""
    session = work.cursor.session
    length = work.log.finish()
    cursor = probed(work)
    state.commit(cursor, Kept(session, length, work.kept.count + work.log.count, work.fold.state(), work.extraction.state()))
    stream = work.stream
    counts = Counts(stream.rows, stream.evented, dict(stream.skipped), stream.unreadable)
    facts = replace(work.fold.facts(), id=session, agent=work.reader.AGENT, reading=counts)
    write_derived(project, facts, work.extraction.records())
    return Captured(str(work.path), session, work.reader.AGENT, work.log.count, work.replaced, facts)


def probed(work: Work) -> Cursor:
    """The cursor with hashes of both ends of what was read, and the states to go on with."""
    size = min(PROBE_BYTES, work.cursor.offset)
    work.bytes.seek(0)
    head = work.bytes.read(size)
    work.bytes.seek(work.cursor.offset - size)
    tail = work.bytes.read(size)
    return replace(work.cursor, size=work.size, mtime_ns=work.mtime_ns, head=content_hash(head), head_bytes=size, tail=content_hash(tail), tail_bytes=size,
                   reader=redact_values(work.stream.reading.state()), stream=work.stream.state())


__all__ = ["Captured", "capture_one"]
