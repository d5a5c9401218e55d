"""The store of records: private files first, published copies second, every change an operation that can be taken back.

Acknowledged means: synced and read back. A private store that may not be written (a sandbox) sends new records to the inbox; the receipt says so.
"""

import errno
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec.structs import replace

from passdown import files
from passdown.errors import Conflict, InvalidRecord, NoSuchRecord, PassdownError, WriteFailed
from passdown.model.finding import Finding
from passdown.model.ids import content_hash
from passdown.model.record import KINDS, Record
from passdown.model.text import RedactedText
from passdown.redaction.scan import redact
from passdown.store import copies
from passdown.store.boundary import nameless, safe
from passdown.store.journal import Change, Journal, Operation
from passdown.store.layout import Layout
from passdown.store.reading import FORGOTTEN, Place, RecordReader, Stored

_NOT_ALLOWED = {errno.EROFS, errno.EACCES, errno.EPERM}


class Receipt(msgspec.Struct, frozen=True):
    """What was acknowledged. record: as stored, without secrets. hash: of the file at `path`. copy: the published one, if it was written too.

    operation: its number in the journal; 0 when it cannot be undone (in the inbox).
    """

    record: Record
    path: Path
    hash: str
    place: Place = "private"
    copy: Path | None = None
    operation: int = 0


class RecordStore(RecordReader):
    """Reads and changes records. `at` is the time of the operation, UTC ISO; the store has no clock.

    Every change may raise `Locked`, `WriteFailed`, `NotVerified` and, for the record it is given, `InvalidRecord`.
    """

    def __init__(self, layout: Layout) -> None:
        super().__init__(layout)
        self.journal = Journal(layout)

    def add(self, record: Record, *, verb: str = "note", publish: bool = False) -> Receipt:
        """A new record. Raises `Conflict` when there is one of this id: make another id and try again."""
        record, text = safe(nameless(record) if publish else record)
        try:
            with self.journal.exclusive():
                return self._write(verb, record.created, [(None, record, text)], publish) if publish else self._note(verb, record, text)
        except WriteFailed as error:
            return self._set_aside(record, text, error)

    def put(self, record: Record, expected: str, *, verb: str = "edit", at: str = "") -> Receipt:
        """A record in a new version; `expected` is the hash with which it was read. A published copy in step follows. Raises `Conflict`, `NoSuchRecord`."""
        record, text = safe(self._worded(record))
        with self.journal.exclusive():
            present = self._expected(record.id, expected)
            if present.place == "inbox":
                return Receipt(record, present.path, files.write(present.path, text, expected=expected), "inbox")
            return self._write(verb, at or record.updated, [(present, record, text)])

    def supersede(self, new: Record, old: Stored, *, at: str = "", publish: bool = False) -> Receipt:
        """Add `new` in place of `old`: both, or neither. Raises `Conflict` when `old` changed since it was read."""
        new = new if old.record.id in new.supersedes else replace(new, supersedes=(*new.supersedes, old.record.id))
        at = at or new.created
        replaced = replace(old.record, status="superseded", superseded_by=new.id, updated=at)
        with self.journal.exclusive():
            present = self._expected(old.record.id, old.hash)
            return self._write("supersede", at, [(None, *safe(nameless(new) if publish else new)), (present, *safe(self._worded(replaced)))], publish)

    def apply(self, verb: str, versions: Iterable[tuple[Stored | None, Record]], *, at: str = "") -> int:
        """New records (None) and new versions of records as they were read, all in one operation or none; its number, 0 when there is nothing to do.

        Raises `Conflict` when one changed since it was read, or is there already.
        """
        written = [(old, *safe(self._worded(record))) for old, record in versions]
        with self.journal.exclusive():
            present = [(self._expected(old.record.id, old.hash) if old else None, record, text) for old, record, text in written]
            return self._write(verb, at, present).operation if present else 0

    def _worded(self, record: Record) -> Record:
        """A record that was ever published names nobody by a home directory."""
        return nameless(record) if self.layout.texts_published(record.id).exists() else record

    def publish(self, record_id: str, *, at: str = "") -> Receipt:
        """Write the copy in this work tree, or offer a lost one back. Raises `Conflict` when there is one that somebody edited, `NoSuchRecord`."""
        with self.journal.exclusive():
            stored = self.get(record_id)
            copy = self.layout.copy(stored.record.kind, record_id)
            if copy is None or stored.place == "inbox":
                raise WriteFailed(path=str(copy or "the work tree"), reason="nothing is shared from here")
            if stored.place == "shared" or copies.remember_and_compare(self.layout, record_id, stored.hash, files.hash_of(copy)):
                return Receipt(stored.record, stored.path, stored.hash, stored.place, copy)
            change = Change(self.layout.name_of(copy), _text(copy), redact(_text(stored.path) or ""), files.hash_of(copy))
            number = self.journal.carry_out("share", at, [change]).number
            return Receipt(stored.record, stored.path, stored.hash, "private", copy, number)

    def delete(self, record_id: str, *, at: str = "") -> list[Path]:
        """Forget a record for good: its files here and every operation that holds its text. Returns the files removed. Cannot be undone.

        Safe to repeat after a crash: the private file goes last, so that the id is known until all else is gone. Copies in other worktrees
        and in git's history are out of reach; they stay unread here. Raises `NoSuchRecord`; the record need not be valid any more.
        """
        with self.journal.exclusive():
            if not any(path.exists() for path in (*self._traces(record_id), *self._private_files(record_id))):
                raise NoSuchRecord(id=record_id)
            removed = [path for path in self._traces(record_id) if files.remove(path)]
            self.journal.forget(record_id, at)
            files.write_bytes(self.layout.texts_published(record_id), FORGOTTEN)
            removed += [path for path in self._put_aside(record_id) if files.remove(path)]
            removed += [path for path in self._private_files(record_id) if files.remove(path)]
            self._sweep()
            return removed

    def undo(self, number: int = 0, *, at: str = "") -> Operation:
        """Take back operation `number`, or the last one (`Journal.take_back`). Raises `NothingToUndo`, `Conflict`."""
        with self.journal.exclusive():
            return self.journal.take_back(number, at)

    def recover(self) -> None:
        """Take back what a killed process left half done. Costs one look at a file when there is nothing; silent where it may not write."""
        if not self.layout.pending.exists():
            return
        try:
            with self.journal.exclusive():
                pass
        except WriteFailed as error:
            if not _not_allowed(error):
                raise

    def adopt_inbox(self) -> Iterator[Receipt | Finding]:
        """Move the records that wait in the inbox into the private store; one that cannot be moved stays and gives a finding."""
        for path, place in list(self._waiting()):
            try:
                if stored := self.read(path, place):
                    yield self._adopt(stored)
            except InvalidRecord as error:
                yield Finding("invalid-record", "error", str(path), error.message, error.advice)
            except Conflict as error:
                yield Finding("inbox-conflict", "error", str(path), error.message, "Compare both files and delete the one in the inbox.")

    def reconcile(self, *, at: str = "") -> list[Finding]:
        """Hold every published copy against its private record; take in what was edited in one of them only, report the rest."""
        with self.journal.exclusive():
            return [finding for pair in copies.pairs(self.layout) if (finding := self._settle(pair, at))]

    def _note(self, verb: str, record: Record, text: RedactedText) -> Receipt:
        path = self.layout.record(record.kind, record.id)
        operation = self.journal.begin_note(verb, record.created, Change(self.layout.name_of(path), None, text))
        done = False
        try:
            written = files.write(path, text, expected=None)
            done = True
        finally:
            self.journal.end_note(operation, done=done)
        return Receipt(record, path, written, operation=operation.number)

    def _write(self, verb: str, at: str, versions: Iterable[tuple[Stored | None, Record, RedactedText]], publish: bool = False) -> Receipt:
        """All versions in one operation; the receipt is for the first, and only a first one is newly published."""
        versions = list(versions)
        changes = [change for present, record, text in versions for change in self._changes(present, record, text, publish and present is None)]
        number = self.journal.carry_out(verb, at, changes).number
        record, text = versions[0][1:]
        copy = self.layout.copy(record.kind, record.id)
        written = any(change.path == self.layout.name_of(copy) for change in changes) if copy else False
        return Receipt(record, self.layout.record(record.kind, record.id), content_hash(text), "private", copy if written else None, number)

    def _changes(self, present: Stored | None, record: Record, text: RedactedText, publish: bool) -> Iterator[Change]:
        old = present.path if present and present.place == "private" else None
        yield from self._moved(old, self.layout.record(record.kind, record.id), text)
        copy = self.layout.copy(record.kind, record.id)
        old_copy = self.layout.copy(present.record.kind, record.id) if present else None
        if present and (old_copy is None or files.hash_of(old_copy) != present.hash):
            return  # not published, not here, or edited: `reconcile` looks after that
        if copy and (publish or present):
            copies.remember(self.layout, record.id, *(stored.hash for stored in [present] if stored), content_hash(text))
            yield from self._moved(old_copy, copy, text)

    def _moved(self, old: Path | None, new: Path, text: RedactedText) -> Iterator[Change]:
        """A new text; also a new place when the kind changed, since the folder tells the kind."""
        if old == new:
            yield Change(self.layout.name_of(new), _text(new), text, files.hash_of(new))
            return
        yield Change(self.layout.name_of(new), None, text)
        if old:
            yield Change(self.layout.name_of(old), _text(old), None, files.hash_of(old))

    def _expected(self, record_id: str, expected: str) -> Stored:
        present = self.get(record_id)
        if present.hash != expected:
            raise Conflict(where=str(present.path))
        return present

    def _set_aside(self, record: Record, text: RedactedText, error: WriteFailed) -> Receipt:
        waiting = self.layout.waiting(record.id)
        if waiting is None or not _not_allowed(error):
            raise error
        return Receipt(record, waiting, files.write(waiting, text, expected=None), "inbox")

    def _adopt(self, stored: Stored) -> Receipt:
        record, text = safe(stored.record)
        path = self.layout.record(record.kind, record.id)
        with self.journal.exclusive():
            if files.hash_of(path) == content_hash(text):  # a crash came between moving it and removing it here
                receipt = Receipt(record, path, content_hash(text))
            else:
                receipt = self._note("note", record, text)
            files.remove(stored.path)
        return receipt

    def _settle(self, pair: copies.Pair, at: str) -> Finding | None:
        """What was edited is remembered as ours when both files have it, not before: else a crash in between would make it look settled."""
        match pair.state:
            case "edited":
                invalid = self._take_in(pair, at)
                if invalid:
                    return invalid
            case "behind":
                try:
                    self.read(pair.private)
                except InvalidRecord:  # which whoever reads it says; a good copy is not given up for it
                    return None
                changes = self._moved(pair.copy, pair.copy, redact(_text(pair.private) or ""))
                self.journal.carry_out("reconcile", at, list(changes))
            case "missing" | "stale" | "conflict":
                return copies.finding(pair)
        with suppress(PassdownError):  # the next one does it
            copies.remember(self.layout, pair.record_id, files.hash_of(pair.copy) or "")
        return copies.finding(pair)

    def _take_in(self, pair: copies.Pair, at: str) -> Finding | None:
        """The copy's very bytes, so that both are the same again; a secret that a hand put in goes from both."""
        try:
            stored = self.read(pair.copy, "shared")
        except InvalidRecord as error:
            return Finding("invalid-record", "error", str(pair.copy), error.message, error.advice)
        text = _text(pair.copy)
        if stored is None or text is None:
            return None
        changes = list(self._moved(pair.private, self.layout.record(stored.record.kind, pair.record_id), text))
        home = self.layout.copy(stored.record.kind, pair.record_id)
        if home and (home != pair.copy or content_hash(text) != stored.hash):
            changes += self._moved(pair.copy, home, text)
        self.journal.carry_out("reconcile", at, changes)
        return None

    def _private_files(self, record_id: str) -> list[Path]:
        return [self.layout.record(kind, record_id) for kind in KINDS]

    def _traces(self, record_id: str) -> list[Path]:
        """All files of a record but the private one."""
        found = [self.layout.waiting(record_id), *(self.layout.copy(kind, record_id) for kind in KINDS)]
        return [path for path in found if path]

    def _put_aside(self, record_id: str) -> list[Path]:
        """Files in the quarantine that are the record's, or name it."""
        aside = (path for path in self.layout.quarantine.rglob("*") if path.is_file())
        return [path for path in aside if path.stem == record_id or record_id.encode() in (files.read(path) or b"")]

    def _sweep(self) -> None:
        """Unfinished files of killed writers hold text too."""
        for folder in (*self.layout.record_folders(), *self.layout.copy_folders(), self.layout.journal):
            files.sweep(folder)


def _text(path: Path) -> RedactedText | None:
    data = files.read(path)
    return None if data is None else redact(data.decode("utf-8", "replace"))


def _not_allowed(error: WriteFailed) -> bool:
    return isinstance(error.__cause__, OSError) and error.__cause__.errno in _NOT_ALLOWED


__all__ = ["Receipt", "RecordStore"]
