"""Records, and which copy of each is shown: those said on purpose (one a file) and derived ones (a session's in one file).

What a refresh takes in is gathered and goes into the tables at its end, in a few large statements: a rebuild is mostly this.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import msgspec

from passdown.index.codec import dump, load_record, record_from
from passdown.index.shelf import content
from passdown.index.words import record_columns
from passdown.model.ids import content_hash
from passdown.model.record import Record

_ROW = "INSERT INTO records(doc, id, folder, name, rank, shown, hash, kind, status, by, updated, session, thread, payload) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
_WORDS_IN = "INSERT INTO record_words(rowid, title, details, body, idents, context) VALUES (?,?,?,?,?,?)"
_WORDS_OUT = "INSERT INTO record_words(record_words, rowid, title, details, body, idents, context) VALUES ('delete',?,?,?,?,?,?)"
_COPIES = "SELECT doc, shown, payload, rank, folder, name FROM records WHERE id=?"
_SUCCESSOR = "SELECT r.id FROM supersedes s JOIN records r ON r.doc=s.doc WHERE s.old=? AND r.id<>s.old ORDER BY r.updated DESC, r.id DESC LIMIT 1"


class _Copy(msgspec.Struct):
    """One text of a record. record: None for one that was in the table before."""

    doc: int
    place: tuple[int, int, str]  # rank, folder, name: the lowest is shown
    shown: bool
    record: Record | None
    payload: str
    hash: str = ""

    def loaded(self) -> Record:
        return self.record or load_record(self.payload)


class RecordShelf:
    """For two roles of folder: `*.md` holds one record, `*.jsonl` a header line and one derived record a line."""

    def __init__(self, db: sqlite3.Connection, parse: Callable[[str, str], Record], forgotten: Callable[[], frozenset[str]]) -> None:
        self._db = db
        self._forgotten = cache(forgotten)
        self._parse = parse
        self._next = db.execute("SELECT coalesce(max(doc), 0) + 1 FROM records").fetchone()[0]
        self._known_folders: dict[int, bool] = {}  # whether anything of it was in the table before
        self._read: dict[str, Record] = {}  # by content hash: a published copy is mostly the same text as the private one
        self._fresh: dict[str, list[_Copy]] = {}  # by id: what this refresh takes in
        self.changed: set[str] = set()  # ids with a copy that came or went
        self._named: set[str] = set()  # ids that a record which came or went supersedes

    def take(self, folder: int, rank: int, path: str, name: str) -> None:
        data = content(path)
        if name.endswith(".jsonl"):
            self._take_derived(folder, rank, name, [record_from(json.loads(line)) for line in data.split(b"\n")[1:] if line.strip()])
            return
        hash_ = content_hash(data)
        if self._holds(folder):
            known = self._db.execute("SELECT hash FROM records WHERE folder=? AND name=?", (folder, name)).fetchone()
            if known and known[0] == hash_:
                return  # touched, or checked out again: the same text
            self.drop(folder, name)
        record = self._read.get(hash_) or self._parse(data.decode(), path)
        self._read[hash_] = record
        self._add(record, (rank, folder, name), hash_)

    def _take_derived(self, folder: int, rank: int, name: str, records: list[Record]) -> None:
        """Nothing, when these are the records that the file had before: a session is derived anew with every capture, and mostly gives no new record."""
        if self._holds(folder):
            known = self._db.execute("SELECT payload FROM records WHERE folder=? AND name=? ORDER BY doc", (folder, name)).fetchall()
            if known == [(dump(record)[1],) for record in records]:
                return
            self.drop(folder, name)
        for record in records:
            self._add(record, (rank, folder, name), "")

    def drop(self, folder: int, name: str) -> None:
        if not self._holds(folder):
            return
        for doc, id_, shown, payload in self._db.execute("SELECT doc, id, shown, payload FROM records WHERE folder=? AND name=?", (folder, name)).fetchall():
            if shown:
                self._hide(doc, load_record(payload))
            self.changed.add(id_)
        self._db.execute("DELETE FROM records WHERE folder=? AND name=?", (folder, name))

    def settle(self) -> None:
        """Shows one copy of each id, then marks as superseded what a shown record says it supersedes."""
        before = bool(self._db.execute("SELECT 1 FROM records").fetchone())
        shown = [copy for id_ in self.changed if (copy := self._choose(id_, before))]
        self._db.executemany(_ROW, self._rows())
        self._show(sorted(shown, key=lambda c: c.doc))  # FTS5 gathers words in memory as long as row numbers grow
        olds = {old for (old,) in self._db.execute("SELECT old FROM supersedes")}
        for id_ in self._named | (self.changed & olds):
            self._mark(id_)

    def _holds(self, folder: int) -> bool:
        """Whether the table had anything of this folder before this refresh."""
        if folder not in self._known_folders:
            self._known_folders[folder] = bool(self._db.execute("SELECT 1 FROM records WHERE folder=?", (folder,)).fetchone())
        return self._known_folders[folder]

    def _add(self, record: Record, place: tuple[int, int, str], hash_: str) -> None:
        if record.id in self._forgotten():
            return
        record, payload = dump(record)
        self._fresh.setdefault(record.id, []).append(_Copy(self._next, place, False, record, payload, hash_))
        self.changed.add(record.id)
        self._next += 1

    def _choose(self, id_: str, before: bool) -> _Copy | None:
        """Of the copies of one record, only the first is shown; gives it when it was not."""
        copies = self._fresh.get(id_, [])
        if before:
            copies = [*copies, *(_Copy(doc, (rank, folder, name), bool(shown), None, payload)
                                 for doc, shown, payload, rank, folder, name in self._db.execute(_COPIES, (id_,)))]
        if not copies:
            return None
        first = min(copies, key=lambda c: c.place) if len(copies) > 1 else copies[0]
        for copy in copies:
            if copy.shown and copy is not first:
                self._hide(copy.doc, copy.loaded())
        if first.shown:
            return None
        first.shown = True
        return first

    def _rows(self) -> Iterator[tuple[object, ...]]:
        for id_, copies in self._fresh.items():
            for c in copies:
                r, (rank, folder, name) = c.loaded(), c.place
                yield (c.doc, id_, folder, name, rank, int(c.shown), c.hash, r.kind, r.status, r.superseded_by, r.updated or r.created,
                       r.session, r.thread, c.payload)

    def _show(self, copies: Iterable[_Copy]) -> None:
        words, evidence, anchors, olds = [], [], [], []
        for c in copies:
            r = c.loaded()
            words.append((c.doc, *record_columns(r)))
            evidence += [(e.session, e.event, c.doc) for e in r.evidence]
            anchors += [(a.path, c.doc, a.first, a.last) for a in r.anchors]
            olds += [(old, c.doc) for old in _replaced(r)]
            if c.record is None:  # it was in the table before, as a copy that was not shown
                self._db.execute("UPDATE records SET shown=1 WHERE doc=?", (c.doc,))
        self._db.executemany(_WORDS_IN, words)
        self._db.executemany("INSERT OR IGNORE INTO evidence VALUES (?,?,?)", evidence)
        self._db.executemany("INSERT OR IGNORE INTO anchors VALUES (?,?,?,?)", anchors)
        self._db.executemany("INSERT OR IGNORE INTO supersedes VALUES (?,?)", olds)
        self._named.update(old for old, _ in olds)

    def _hide(self, doc: int, record: Record) -> None:
        """Takes out what `_show` put in: the same words, computed again."""
        olds = _replaced(record)
        self._db.execute("UPDATE records SET shown=0 WHERE doc=?", (doc,))
        self._db.execute(_WORDS_OUT, (doc, *record_columns(record)))
        self._db.executemany("DELETE FROM evidence WHERE session=? AND event=? AND doc=?", [(e.session, e.event, doc) for e in record.evidence])
        self._db.executemany("DELETE FROM anchors WHERE path=? AND doc=?", [(a.path, doc) for a in record.anchors])
        self._db.executemany("DELETE FROM supersedes WHERE old=? AND doc=?", [(old, doc) for old in olds])
        self._named.update(olds)

    def _mark(self, id_: str) -> None:
        """Sets the status that counts: the record's own, or superseded where it is active and another shown record supersedes it."""
        row = self._db.execute("SELECT doc, payload FROM records WHERE id=? AND shown", (id_,)).fetchone()
        if not row:
            return
        own = load_record(row[1])
        successor = self._db.execute(_SUCCESSOR, (id_,)).fetchone()
        status, by = ("superseded", successor[0]) if successor and own.status == "active" else (own.status, own.superseded_by)
        self._db.execute("UPDATE records SET status=?, by=? WHERE doc=?", (status, by, row[0]))


def _replaced(record: Record) -> set[str]:
    """Ids of the records in whose place it stands: what it supersedes, and, as long as it holds itself, what the user set aside with it."""
    aside = record.detail("overrides") if record.status == "active" else ""
    return {*record.supersedes, *filter(None, (aside,))}


__all__ = ["RecordShelf"]
