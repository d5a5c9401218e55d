"""Records, and which copy of each is shown: those said on purpose (one a file) and derived ones (a session's in one file)."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

from passdown.index.codec import dump_record, load_record, record_from
from passdown.index.words import Columns, clean, record_columns
from passdown.model.ids import content_hash
from passdown.model.record import Record

_ROW = "INSERT INTO records(id, folder, name, rank, shown, hash, kind, status, by, updated, session, thread, payload) VALUES (?,?,?,?,0,?,?,?,?,?,?,?,?)"
_WORDS_IN = "INSERT INTO record_words(rowid, title, details, body, idents, context) VALUES (?,?,?,?,?,?)"
_WORDS_OUT = "INSERT INTO record_words(record_words, rowid, title, details, body, idents, context) VALUES ('delete',?,?,?,?,?,?)"
_COPIES = "SELECT doc, shown, payload FROM records WHERE id=? ORDER BY rank, folder, name"
_SUCCESSOR = "SELECT r.id FROM supersedes s JOIN records r ON r.doc=s.doc WHERE s.old=? AND r.id<>s.old ORDER BY r.updated DESC, r.id DESC LIMIT 1"


class RecordShelf:
    """A shelf of record files; `DerivedShelf` differs in how a file is read."""

    def __init__(self, db: sqlite3.Connection, parse: Callable[[str, str], Record]) -> None:
        self._db = db
        self._parse = parse
        self._read: dict[str, Record] = {}  # by content hash: a published copy is mostly the same text as the private one
        self._fresh: dict[int, Record] = {}  # by doc: inserted by this refresh
        self._changed: set[str] = set()  # ids with a copy that came or went
        self._named: set[str] = set()  # ids that a record which came or went supersedes

    def take(self, folder: int, rank: int, path: Path) -> None:
        with open(path, "rb") as file:  # noqa: PTH123 - a third faster than Path.read_bytes, and there may be 10,000
            data = file.read()
        hash_ = content_hash(data)
        known = self._db.execute("SELECT hash FROM records WHERE folder=? AND name=?", (folder, path.name)).fetchone()
        if known and known[0] == hash_:
            return  # touched, or checked out again: the same text
        if known:
            self.drop(folder, path.name)
        record = self._read.get(hash_)
        if record is None:
            record = self._read[hash_] = self._parse(data.decode(), str(path))
        self._insert(record, folder, path.name, rank, hash_)

    def drop(self, folder: int, name: str) -> None:
        for doc, id_, shown, payload in self._db.execute("SELECT doc, id, shown, payload FROM records WHERE folder=? AND name=?", (folder, name)).fetchall():
            if shown:
                self._hide(doc, payload)
            self._changed.add(id_)
        self._db.execute("DELETE FROM records WHERE folder=? AND name=?", (folder, name))

    def settle(self) -> None:
        """Shows one copy of each id, then marks as superseded what a shown record says it supersedes."""
        for id_ in self._changed:
            self._choose(id_)
        olds = {old for (old,) in self._db.execute("SELECT old FROM supersedes")}
        for id_ in self._named | (self._changed & olds):
            self._mark(id_)

    def _insert(self, record: Record, folder: int, name: str, rank: int, hash_: str) -> None:
        texts = (record.kind, record.status, record.superseded_by, record.updated or record.created, record.session, record.thread)
        id_ = clean(record.id)
        doc = self._db.execute(_ROW, (id_, folder, name, rank, hash_, *map(clean, texts), dump_record(record))).lastrowid
        self._changed.add(id_)
        self._fresh[doc or 0] = record

    def _choose(self, id_: str) -> None:
        """Of the copies of one record, only the one of the lowest rank is shown."""
        copies = self._db.execute(_COPIES, (id_,)).fetchall()
        for doc, shown, payload in copies[1:]:
            if shown:
                self._hide(doc, payload)
        if copies and not copies[0][1]:
            self._show(copies[0][0], copies[0][2])

    def _show(self, doc: int, payload: str) -> None:
        record = self._fresh.get(doc) or load_record(payload)
        self._db.execute("UPDATE records SET shown=1 WHERE doc=?", (doc,))
        self._db.execute(_WORDS_IN, (doc, *record_columns(record)))
        evidence, olds = _links(record)
        self._db.executemany("INSERT OR IGNORE INTO evidence VALUES (?,?,?)", [(session, event, doc) for session, event in evidence])
        self._db.executemany("INSERT INTO anchors VALUES (?,?,?,?)", [(clean(a.path), doc, a.first, a.last) for a in record.anchors])
        self._db.executemany("INSERT OR IGNORE INTO supersedes VALUES (?,?)", [(old, doc) for old in olds])
        self._named.update(olds)

    def _hide(self, doc: int, payload: str) -> None:
        record = load_record(payload)
        columns: Columns = record_columns(record)
        self._db.execute("UPDATE records SET shown=0 WHERE doc=?", (doc,))
        self._db.execute(_WORDS_OUT, (doc, *columns))
        evidence, olds = _links(record)
        self._db.executemany("DELETE FROM evidence WHERE session=? AND event=? AND doc=?", [(session, event, doc) for session, event in evidence])
        self._db.execute("DELETE FROM anchors WHERE doc=?", (doc,))
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


class DerivedShelf(RecordShelf):
    """The extracted records of one session a file: a header line, then one record a line."""

    def __init__(self, db: sqlite3.Connection) -> None:
        super().__init__(db, lambda _text, where: record_from({"id": where}))

    def take(self, folder: int, rank: int, path: Path) -> None:
        self.drop(folder, path.name)
        with path.open(encoding="utf-8") as lines:
            next(lines, None)
            records = [record_from(json.loads(line)) for line in lines if line.strip()]
        for record in records:
            self._insert(record, folder, path.name, rank, "")


def _links(record: Record) -> tuple[list[tuple[str, int]], set[str]]:
    """((session, event) of its evidence, the ids that it supersedes)."""
    return [(clean(e.session), e.event) for e in record.evidence], {clean(old) for old in record.supersedes}


__all__ = ["DerivedShelf", "RecordShelf"]
