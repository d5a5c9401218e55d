"""Verbs that change a record: edit, supersede, resolve, archive, share, forget, undo. Each is one operation that `undo` takes back."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from passdown import files
from passdown.actions.cut_documents import cut_documents
from passdown.actions.note import anchor, checked, new_record, worded
from passdown.actions.refresh import opened
from passdown.errors import NoSuchRecord, UsageError
from passdown.formats import session_file
from passdown.formats.personal import without_home
from passdown.model.record import KINDS, Detail, Record, Status, Trust
from passdown.project import Project, user_home
from passdown.redaction.scan import redact
from passdown.store.boundary import nameless
from passdown.store.journal import Operation
from passdown.store.reading import Stored
from passdown.store.records import Receipt, RecordStore
from passdown.store.sessions import traces
from passdown.store.state import State
from passdown.store.transcript_archive import Archive


def stored(project: Project, prefix: str) -> Stored:
    """The record whose id begins so; one that was only derived gets a file of its own first. Raises `NoSuchRecord`, `AmbiguousRecord`."""
    store = RecordStore(project.require().layout)
    with opened(project) as index:
        record = index.get(prefix)
    try:
        return store.get(record.id)
    except NoSuchRecord:
        store.add(replace(record, updated=project.clock.iso()), verb="promote")
        return store.get(record.id)


class Edit(msgspec.Struct, frozen=True):
    """What is to change; None or empty: nothing. `details` with an empty value removes the detail."""

    text: str | None = None
    kind: str | None = None
    details: Mapping[str, Detail] | None = None
    places: Sequence[str] = ()


def edit(project: Project, prefix: str, change: Edit) -> Receipt:
    """Change a record. Raises `UsageError` when nothing is to change."""
    old = stored(project, prefix)
    record = edited(project, old.record, change)
    if record == old.record:
        raise UsageError("nothing to change", f"passdown edit {prefix} --text \"…\" --set why=\"…\"")
    trust: Trust = "noted" if record.trust == "extracted" else record.trust  # it is no quote any more
    return RecordStore(project.layout).put(replace(record, trust=trust, updated=project.clock.iso()), old.hash, verb="edit", at=project.clock.iso())


def edited(project: Project, record: Record, change: Edit) -> Record:
    kind = change.kind or record.kind
    details = {k: v for k, v in {**record.details, **(change.details or {})}.items() if v}
    if kind not in KINDS:
        raise UsageError(f"there is no record kind `{kind}`", "Kinds: " + ", ".join(KINDS))
    own = {f.name for f in KINDS[kind].fields}
    foreign = {k: v for k, v in details.items() if k not in own and k in record.details}  # of another kind or tool: kept
    anchors = tuple(anchor(project, p) for p in change.places) or record.anchors
    return replace(record, kind=kind, text=worded(kind, change.text) if change.text else record.text.strip(), anchors=anchors,
                   details={**checked(kind, {k: v for k, v in details.items() if k not in foreign}), **foreign})


def supersede(project: Project, prefix: str, text: str, details: Mapping[str, Detail], places: Sequence[str] = ()) -> Receipt:
    """A new record in place of an old one, of the same kind; details that are not given are taken over. Raises `UsageError`."""
    old = stored(project, prefix)
    new = new_record(project, old.record.kind, text, {**old.record.details, **details}, places)
    return RecordStore(project.layout).supersede(replace(new, thread=old.record.thread), old, at=project.clock.iso())


def set_status(project: Project, prefix: str, status: Status, words: str = "") -> Receipt:
    """Mark a record as resolved or archived, or active again. `words` say how, where the kind has a place for it."""
    old = stored(project, prefix)
    details = dict(old.record.details)
    place = next((f.name for f in KINDS[old.record.kind].fields if f.name in ("answer", "outcome", "next", "mitigation") and not f.choices), "")
    text = old.record.text
    if words and place:
        details[place] = words
    elif words:
        text = f"{text}\n\n{status.capitalize()}: {words}"
    if old.record.kind == "task" and status == "resolved":
        details["state"] = "done"
    record = replace(old.record, status=status, text=text, details=details, updated=project.clock.iso())
    return RecordStore(project.layout).put(record, old.hash, verb={"resolved": "resolve", "archived": "archive"}.get(status, "reopen"),
                                           at=project.clock.iso())


def share(project: Project, prefixes: Sequence[str]) -> list[Receipt]:
    """Publish records into the work tree. Raises `UsageError` when the store is private."""
    if project.require().layout.shared is None:
        raise UsageError("this store is private: nothing is put in the work tree", "Remove the file PRIVATE from the store to change that.")
    store = RecordStore(project.layout)
    return [publish(project, store, stored(project, p)) for p in prefixes]


def publish(project: Project, store: RecordStore, found: Stored) -> Receipt:
    """One record, in words that name nobody by a home directory."""
    shown = nameless(found.record)
    if shown != found.record:
        store.put(shown, found.hash, verb="share", at=project.clock.iso())
    return store.publish(found.record.id, at=project.clock.iso())


class Forgotten(msgspec.Struct, frozen=True):
    """What was removed. derived: it stood among the extracted records of a session, whose events held it too."""

    id: str
    removed: tuple[Path, ...]


def share_session(project: Project, prefix: str) -> Path:
    """Publish a session's facts without what is private: tokens, cost, times of day. Raises `NoSuchRecord`, `UsageError`."""
    with opened(project) as index:
        facts = index.session(prefix)
    if facts is None:
        raise NoSuchRecord(id=prefix)
    path = project.layout.shared_session(facts.started, facts.title or facts.goal, facts.id)
    if path is None:
        raise UsageError("this store is private: nothing is put in the work tree", "Remove the file PRIVATE from the store to change that.")
    files.write(project.layout.writable(path), redact(without_home(session_file.render(facts, shared=True))), mode=files.PUBLIC)
    return path


def forget_record(project: Project, prefix: str) -> Forgotten:
    """Remove a record for good: its files, its copies, what the journal holds of it, its row in the index, and the events that said it."""
    record = stored(project, prefix).record
    removed = [*cut_documents(project, record), *RecordStore(project.layout).delete(record.id, at=project.clock.iso())]
    sessions = {e.session for e in record.evidence} | ({record.session} if record.extractor else set())
    for session in filter(None, sessions):
        from passdown.actions.forget import cut_events

        removed += cut_events(project, session, record)
        Archive(user_home() / "archive").forget(session)  # a transcript cannot be cut and come back byte for byte
    purge(project)
    return Forgotten(record.id, tuple(removed))


def forget_session(project: Project, prefix: str) -> Forgotten:
    """Remove all that was captured of a session, its shared facts too; it is never captured again. Raises `NoSuchRecord`."""
    with opened(project) as index:
        facts = index.session(prefix)
    if facts is None:
        raise NoSuchRecord(id=prefix)
    layout = project.layout
    with files.lock(layout.capture_lock), State(layout.state) as state:
        files.write(layout.forgotten(facts.id), redact(""))
        state.forget(facts.id)
        removed = [p for p in traces(layout, facts.id) if files.remove(p)]
    Archive(user_home() / "archive").forget(facts.id)
    purge(project)
    return Forgotten(facts.id, tuple(removed))


def purge(project: Project) -> None:
    """Index and rendered briefing may hold what was forgotten."""
    from passdown.actions.cache import drop_cache

    drop_cache(project)
    with opened(project) as index:
        index.purge()


def undo(project: Project) -> Operation:
    """Take back the last operation. Raises `NothingToUndo`, `Conflict`."""
    return RecordStore(project.require().layout).undo(at=project.clock.iso())


__all__ = ["Edit", "Forgotten", "edit", "forget_record", "forget_session", "set_status", "share", "share_session", "stored", "supersede", "undo"]
