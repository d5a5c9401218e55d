"""Files of the store that do not read: put aside, never deleted, with the last text that did read in their place.

What is put aside lies in `quarantine/<time>/` under the name that it had.
"""

import json
import zlib
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import msgspec

from passdown import files
from passdown.errors import Conflict, InvalidRecord
from passdown.formats import record_file, session_file
from passdown.model.event import Event
from passdown.model.json_values import BROKEN_JSON
from passdown.model.record import Record
from passdown.model.text import RedactedText
from passdown.redaction.scan import redact
from passdown.store import events
from passdown.store.layout import SUFFIX, Layout
from passdown.store.records import RecordStore

MAGIC = b"\x1f\x8b\x08"  # with which a gzip member begins


def put_aside(layout: Layout, path: Path, at: str) -> Path:
    """Move a file of the store into the quarantine; where it lies now. at: UTC ISO. Raises `WriteFailed`."""
    stamp = at.replace("-", "").replace(":", "") or "undated"
    root = layout.shared if layout.shared and not path.is_relative_to(layout.private) else layout.private
    for number in count(1):
        target = layout.quarantine / (stamp + (f"-{number}" if number > 1 else "")) / path.relative_to(root)
        try:
            files.move(path, target, exclusive=True)
        except Conflict:
            continue
        return target
    raise AssertionError


def records(store: RecordStore, at: str) -> Iterator[str]:
    """Put aside every private record file that does not read, and put the last text that did in its place; what was done, a line each."""
    layout = store.layout
    with store.journal.exclusive():
        for path in [path for folder in layout.record_folders() for path in sorted(folder.glob(f"*{SUFFIX}")) if not path.is_symlink()]:
            if not _reads(store, path):
                text, source = _last_good(store, path)
                aside = put_aside(layout, path, at)
                if text is not None:
                    files.write(path, text, expected=None)
                yield f"{path.name} did not read: put aside as {aside}" + (f", its last text taken from {source}" if text else ", no earlier text is known")


def copies(store: RecordStore, at: str) -> Iterator[str]:
    """Put aside published copies that do not read, where the private store has the record, and publish that. A merge that is not settled stays."""
    layout = store.layout
    for path in [path for folder in layout.copy_folders() for path in sorted(folder.glob(f"*{SUFFIX}")) if not path.is_symlink()]:
        known = layout.record(path.parent.name, path.stem) if store_has(store, path) else None
        if known and not _reads(store, path) and b"\n<<<<<<< " not in b"\n" + (files.read(path) or b""):
            aside = put_aside(layout, path, at)
            store.publish(path.stem, at=at)
            yield f"the copy {path.name} did not read: put aside as {aside}, published anew"


def store_has(store: RecordStore, copy: Path) -> bool:
    """Whether the private store has the record of a copy, and it reads."""
    try:
        return store.read(store.layout.record(copy.parent.name, copy.stem)) is not None
    except (InvalidRecord, ValueError):
        return False


def sessions(layout: Layout, at: str) -> Iterator[str]:
    """Put aside private session facts and derived records that do not read: both are made again from the kept events."""
    for folder, reads in (("sessions", _reads_as_session), ("derived", _reads_as_derived)):
        for path in sorted((layout.private / folder).glob("*.*")):
            if path.is_file() and not files.is_temporary(path.name) and not reads(path):
                yield f"{folder}/{path.name} did not read: put aside as {put_aside(layout, path, at)}"


def _reads(store: RecordStore, path: Path) -> bool:
    """Whether a file is the record that its name says; one that may not be read now is not touched."""
    try:
        return store.read(path) is not None
    except InvalidRecord as error:
        return isinstance(error.__cause__, OSError)


def _last_good(store: RecordStore, path: Path) -> tuple[RedactedText | None, str]:
    """The last text of a record that reads, by the journal, else of its published copy."""
    name = store.layout.name_of(path)
    for operation in store.journal.operations():
        for change in operation.changes:
            if change.path == name and change.after is not None and _is_record(change.after, path.stem):
                return change.after, f"operation {operation.number}"
    copy = store.layout.copy(path.parent.name, path.stem) if store_can_name(path) else None
    text = (files.read(copy) or b"").decode("utf-8", "replace") if copy else ""
    return (redact(text), "its published copy") if _is_record(text, path.stem) else (None, "")


def store_can_name(path: Path) -> bool:
    """Whether a file's name can be a record's."""
    from passdown.model.ids import ID

    return bool(ID.fullmatch(path.stem))


def _is_record(text: str, record_id: str) -> bool:
    try:
        return record_file.parse(text, record_id).id == record_id
    except InvalidRecord:
        return False


def _reads_as_session(path: Path) -> bool:
    try:
        session_file.parse((files.read(path) or b"").decode("utf-8"), path.name)
    except (InvalidRecord, UnicodeDecodeError):
        return False
    return True


def _reads_as_derived(path: Path) -> bool:
    try:
        head, *rows = (files.read(path) or b"").splitlines()
        for row in rows:
            msgspec.convert(json.loads(row), Record)
        return "format" in json.loads(head)
    except (ValueError, TypeError, *BROKEN_JSON):
        return False


def salvaged(data: bytes) -> list[Event]:
    """Events of a log that was torn or damaged: those of whole members, and of others as far as they can be unpacked; each number once, in order."""
    found: dict[int, Event] = {}
    at = data.find(MAGIC)
    while at >= 0:
        text, end = _member(data, at)
        for event in events.decoded(text.split(b"\n")):
            found.setdefault(event.n, event)
        at = data.find(MAGIC, end)
    return [found[number] for number in sorted(found)]


def _member(data: bytes, at: int) -> tuple[bytes, int]:
    """What can be unpacked of the member that begins there, and where to look for the next one."""
    unpack, parts, step = zlib.decompressobj(events.GZIP), [], 4096
    for start in range(at, len(data), step):
        try:
            parts.append(unpack.decompress(data[start:start + step]))
        except zlib.error:
            return b"".join(parts), at + len(MAGIC)
        if unpack.eof:
            return b"".join(parts), min(start + step, len(data)) - len(unpack.unused_data)
    return b"".join(parts), len(data)


__all__ = ["copies", "put_aside", "records", "salvaged", "sessions"]
