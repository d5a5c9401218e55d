"""A backup brought into a store, also into one that has gone on: nothing that either of them has is lost.

| in the backup | in the store | what is done |
|---|---|---|
| any file | none | `new`: written as it is |
| a record | the same, or a later version by its journal | `same` |
| a record | an earlier version, by the backup's journal | `newer`: takes its place, in one operation that `undo` takes back |
| a record | another one | `merged`: both stand in it, as after a merge of git |
| events | the beginning of them | `newer`, with what is derived from them |
| events | others of the same session | `left`: the store's stay |
| a record or session | forgotten | `left`: it does not come back |
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from passdown import files
from passdown.errors import InvalidRecord
from passdown.formats import record_file, record_merge
from passdown.model.ids import content_hash
from passdown.model.record import Record
from passdown.store.backup import PRODUCTIONS, Contents
from passdown.store.boundary import safe
from passdown.store.layout import SUFFIX, Layout, file_stem
from passdown.store.reading import FORGOTTEN, Stored
from passdown.store.records import RecordStore
from passdown.store.state import State

Fate = Literal["new", "newer", "merged", "same", "left"]
EVENTS = ".jsonl.gz"


class Step(msgspec.Struct, frozen=True):
    """What becomes of one file. why: of one that is left."""

    name: str
    fate: Fate
    why: str = ""


def plan(layout: Layout, found: Contents) -> list[Step]:
    """What a restore would do, without doing any of it."""
    store = RecordStore(layout)
    known, theirs = texts_of(files_of(layout.journal)), texts_of({name: data for name, data in found.items() if name.startswith("journal/")})
    steps = [_record(store, name, data, known, theirs) if name.startswith("records/") else _other(layout, name, data, found) for name, data in found.items()]
    return _history(layout, found, steps)


def carry_out(layout: Layout, found: Contents, steps: list[Step], at: str) -> None:
    """Do it. Cut short, it can be repeated. Raises `WriteFailed`, `Locked`, `Conflict`."""
    store = RecordStore(layout)
    with files.lock(layout.capture_lock), store.journal.exclusive():
        for step in steps:
            if step.fate == "new" or (step.fate == "newer" and not step.name.startswith("records/")):
                _write(layout, step, found[step.name])
    changed = [_version(store, step, found[step.name]) for step in steps if step.name.startswith("records/") and step.fate in ("newer", "merged")]
    store.apply("restore", changed, at=at)
    for name in (step.name for step in steps if step.name.startswith("published/") and step.fate == "merged"):
        with store.journal.exclusive():
            lines = {*found[name].split(), *(files.read(layout.private / name) or b"").split()}
            files.write_bytes(layout.private / name, b"".join(line + b"\n" for line in sorted(lines)))


def texts_of(journal: Contents) -> frozenset[str]:
    """Hashes of all texts that operations wrote or replaced."""
    hashes: set[str] = set()
    for data in journal.values():
        try:
            changes = json.loads(data)["changes"]
            hashes.update(content_hash(text) for change in changes for text in (change["before"], change["after"]) if text is not None)
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
    return frozenset(hashes)


def files_of(folder: Path) -> Contents:
    """Finished operations by their names in a backup."""
    return {f"journal/{path.name}": files.read(path) or b"" for path in sorted(folder.glob("[0-9]*.json"))}


def _record(store: RecordStore, name: str, data: bytes, known: frozenset[str], theirs: frozenset[str]) -> Step:
    record_id = name.rsplit("/", 1)[-1].removesuffix(SUFFIX)
    if store.forgotten(record_id):
        return Step(name, "left", "it was forgotten here")
    try:
        _, text = safe(record_file.parse(data.decode("utf-8"), name))
        present = _present(store, record_id)
    except (InvalidRecord, UnicodeDecodeError) as error:
        return Step(name, "left", str(error))
    if present is None:
        return Step(name, "new")
    if present.hash in {content_hash(data), content_hash(text)} or content_hash(data) in known:
        return Step(name, "same")
    return Step(name, "newer" if present.hash in theirs else "merged")


def _present(store: RecordStore, record_id: str) -> Stored | None:
    """The private file of a record, under whatever kind."""
    paths = (folder / (record_id + SUFFIX) for folder in store.layout.record_folders())
    return next((stored for path in paths if (stored := store.read(path))), None)


def _other(layout: Layout, name: str, data: bytes, found: Contents) -> Step:
    folder, _, below = name.partition("/")
    present = files.read(layout.private / name)
    if folder in ("events", "derived", "sessions"):
        return _of_session(layout, name, data, found)
    if folder == "forgotten" and (layout.private / "events" / (below + EVENTS)).exists():
        return Step(name, "left", "the session is kept here")
    if present is None:
        return Step(name, "new")
    if folder == "published" and present != data and FORGOTTEN not in (present, data):
        return Step(name, "merged")
    return Step(name, "same" if present == data else "left", "" if present == data else "the store has its own")


def _of_session(layout: Layout, name: str, data: bytes, found: Contents) -> Step:
    stem = next((one for one in _stems(found) if name == f"events/{one}{EVENTS}" or name == f"derived/{one}.jsonl" or name.endswith(f"-{one}{SUFFIX}")), "")
    if stem and (layout.private / "forgotten" / stem).exists():
        return Step(name, "left", "the session was forgotten here")
    present = files.read(layout.private / name)
    if name == f"events/{stem}{EVENTS}" and present is not None:
        return _events(name, data, present)
    if present == data:
        return Step(name, "same")
    ours, theirs = files.read(layout.private / "events" / f"{stem}{EVENTS}"), found.get(f"events/{stem}{EVENTS}", b"")
    if ours is None or (present is None and ours == theirs and not name.startswith("sessions/")):
        return Step(name, "new" if present is None else "same")
    return Step(name, "newer" if len(theirs) > len(ours) and theirs.startswith(ours) else "same")


def _events(name: str, data: bytes, present: bytes) -> Step:
    if present.startswith(data):
        return Step(name, "same")
    return Step(name, "newer") if data.startswith(present) else Step(name, "left", "the store has other events of this session")


def _stems(found: Contents) -> Iterator[str]:
    return (name.removeprefix("events/").removesuffix(EVENTS) for name in found if name.startswith("events/") and name.endswith(EVENTS))


def _history(layout: Layout, found: Contents, steps: list[Step]) -> list[Step]:
    """The backup's journal only goes on where the store's own is the beginning of it: numbers of two histories do not mix."""
    ours = files_of(layout.journal)
    if all(found.get(name) == data for name, data in ours.items()):
        return steps
    return [Step(step.name, "left", "the store has its own history") if step.name.startswith("journal/") and step.fate == "new" else step for step in steps]


def _write(layout: Layout, step: Step, data: bytes) -> None:
    """Records through redaction like any other; the rest is bytes that passdown wrote."""
    path = layout.private / step.name
    if step.name.startswith("records/"):
        files.write(path, safe(record_file.parse(data.decode("utf-8"), step.name))[1])
        return
    if step.name.startswith("sessions/") and step.fate == "newer":
        for older in path.parent.glob(f"*-{step.name.rsplit('-', 1)[-1]}"):
            files.remove(older, durable=False)
    if step.name.startswith("events/") and step.fate == "newer":
        _measure_again(layout, step.name.removeprefix("events/").removesuffix(EVENTS))
    if path in (layout.state, layout.private / PRODUCTIONS):
        for beside in ("-wal", "-shm"):  # of a database that is gone
            files.remove(path.with_name(path.name + beside), durable=False)
    files.write_bytes(path, data)


def _measure_again(layout: Layout, stem: str) -> None:
    """What the database says of the events that are about to be replaced is no longer so: the next capture measures them."""
    with State(layout.state) as state:
        for session in state.sessions():
            if file_stem(session) == stem:
                state.forget(session)


def _version(store: RecordStore, step: Step, data: bytes) -> tuple[Stored | None, Record]:
    record = record_file.parse(data.decode("utf-8"), step.name)
    present = _present(store, record.id)
    if present is None or step.fate == "newer":
        return present, record
    return present, record_merge.merge(None, present.record, record).record


__all__ = ["Fate", "Step", "carry_out", "plan"]
