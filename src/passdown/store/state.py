"""Cursors of captures, in `state.db`: how far each transcript was read, and what reading on needs.

Everything in it can be made again by reading the transcripts from their start, against the kept events: it holds nothing
irreplaceable. One commit of a cursor is the commit point of a capture.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec

from passdown import files
from passdown.errors import WriteFailed

SCHEMA_VERSION = 1
BUSY_TIMEOUT_S = 30.0
DAMAGE = (sqlite3.DatabaseError, MemoryError, UnicodeDecodeError)  # the latter two are raised for some damaged schemas, with memory to spare
UNREAD = (ValueError, TypeError, RecursionError)  # what a damaged row may raise
SCHEMA = """
CREATE TABLE IF NOT EXISTS cursor(path TEXT PRIMARY KEY, session TEXT NOT NULL, head TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS cursor_head ON cursor(head);
CREATE TABLE IF NOT EXISTS kept(session TEXT PRIMARY KEY, length INTEGER NOT NULL, count INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
"""


class Cursor(msgspec.Struct, frozen=True):
    """How far one transcript was read.

    size, mtime_ns: of the file when it was read. offset: bytes consumed. head, tail: content hashes of the first and of the last bytes before
    the offset, `head_bytes` and `tail_bytes` of them: when they differ the transcript was rewritten. reader, stream: saved states.
    """

    path: str
    session: str
    agent: str
    size: int = 0
    mtime_ns: int = 0
    offset: int = 0
    rows: int = 0
    head: str = ""
    head_bytes: int = 0
    tail: str = ""
    tail_bytes: int = 0
    reader: dict[str, Any] = msgspec.field(default_factory=dict)
    stream: dict[str, Any] = msgspec.field(default_factory=dict)


class Kept(msgspec.Struct, frozen=True):
    """What is kept of one session: bytes and number of events, the folded facts, and the extraction's state."""

    session: str
    length: int = 0
    count: int = 0
    fold: dict[str, Any] | None = None
    extraction: dict[str, Any] | None = None


class State:
    """The database, open as long as this object. A file that is none, or is damaged, is put aside and begun anew: nothing in it is irreplaceable.

    Reading opens it read-only and finds nothing where there is no readable database; the first commit opens it for writing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db: sqlite3.Connection | None = None
        self._writable = False

    def close(self) -> None:
        if self._db:
            self._db.close()
        self._db, self._writable = None, False

    def __enter__(self) -> "State":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def cursor(self, path: str, head: str = "") -> Cursor | None:
        """The cursor of a transcript, by its path, else of one that was at another path and begins with the same bytes."""
        rows = self._ask("SELECT body FROM cursor WHERE path = ?", path) or (self._ask("SELECT body FROM cursor WHERE head = ?", head) if head else [])
        return next(_cursors(rows), None)

    def cursors(self) -> list[Cursor]:
        """All of them, by path."""
        return list(_cursors(self._ask("SELECT body FROM cursor ORDER BY path")))

    def sessions(self) -> list[str]:
        """Ids of the sessions of which something is kept."""
        return [session for (session,) in self._ask("SELECT session FROM kept ORDER BY session")]

    def kept(self, session: str) -> Kept:
        """What is kept of a session; lengths of 0 when nothing is known of it."""
        rows = self._ask("SELECT length, count, body FROM kept WHERE session = ?", session)
        try:
            return msgspec.convert({"session": session, "length": rows[0][0], "count": rows[0][1], **json.loads(rows[0][2])}, Kept) if rows else Kept(session)
        except UNREAD:
            return Kept(session)

    def commit(self, cursor: Cursor, kept: Kept) -> None:
        """Make both durable together. Raises `WriteFailed`."""
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO cursor VALUES (?, ?, ?, ?)", (cursor.path, cursor.session, cursor.head, json.dumps(msgspec.to_builtins(cursor))))
            db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", (kept.session, kept.length, kept.count, _body(kept.fold, kept.extraction)))

    def rewrite(self, session: str, length: int, fold: dict[str, Any], extraction: dict[str, Any]) -> None:
        """The kept events of a session were written anew: their length and what is folded from them. Their number stays."""
        with self._writing() as db:
            db.execute("UPDATE kept SET length = ?, body = ? WHERE session = ?", (length, _body(fold, extraction), session))

    def start_over(self, session: str, length: int, count: int, fold: dict[str, Any], extraction: dict[str, Any]) -> None:
        """What is kept of a session is this now; its transcripts are read again from their start, and what is missing is added."""
        with self._writing() as db:
            db.execute("DELETE FROM cursor WHERE session = ?", (session,))
            db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", (session, length, count, _body(fold, extraction)))

    def clean(self, safe: Callable[[Any], Any]) -> None:
        """Every saved state as `safe` gives it, and nothing of how it was left in the file. Raises `WriteFailed`."""
        with self._writing() as db:
            for table, key in (("cursor", "path"), ("kept", "session")):
                for name, body in db.execute(f"SELECT {key}, body FROM {table}").fetchall():  # noqa: S608  names of ours
                    saved = json.loads(body)
                    cleaned = {part: safe(value) if isinstance(value, dict) else value for part, value in saved.items()}
                    if cleaned != saved:
                        db.execute(f"UPDATE {table} SET body = ? WHERE {key} = ?", (json.dumps(cleaned), name))  # noqa: S608  the same
        if self._db:
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def forget(self, session: str) -> None:
        """Drop the facts of a session, but keep its cursors, so that the next capture does not bring it back."""
        with self._writing() as db:
            db.execute("DELETE FROM kept WHERE session = ?", (session,))

    def damage(self) -> str:
        """What is wrong with the file; "" when it is whole, not there, or may not be read."""
        self._ask("SELECT 1")
        try:
            found = self._db.execute("PRAGMA quick_check(1)").fetchone()[0] if self._db else "ok"
        except sqlite3.OperationalError:
            return ""
        except DAMAGE as error:
            return str(error) or "it does not read"
        return "" if found == "ok" else str(found)

    def snapshot(self) -> bytes:
        """The whole database as the bytes of a file; none where there is no readable one."""
        self._ask("SELECT 1")
        try:
            return self._db.serialize() if self._db else b""
        except DAMAGE:
            return b""

    def _ask(self, statement: str, *values: str) -> list[tuple[Any, ...]]:
        try:
            if self._db is None and self.path.exists():
                self._db = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None)
            if self._db is None or self._version(self._db) != SCHEMA_VERSION:
                return []
            return self._db.execute(statement, values).fetchall()
        except DAMAGE:
            return []

    def _version(self, db: sqlite3.Connection) -> int:
        return int(db.execute("PRAGMA user_version").fetchone()[0])

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            db = self._db if self._writable and self._db else self._open()
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")
        except sqlite3.Error as error:
            self.close()
            raise WriteFailed(path=self.path, reason=str(error)) from error
        except BaseException:
            self.close()
            raise

    def _open(self) -> sqlite3.Connection:
        """Open for writing; what is damaged is put aside first."""
        self.close()
        try:
            self._db = self._connect()
        except DAMAGE as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            files.move(self.path, self.path.with_suffix(".damaged"))
            self._db = self._connect()
        self._writable = True
        return self._db

    def _connect(self) -> sqlite3.Connection:
        if not self.path.exists():
            files.write_bytes(self.path, b"", durable=False)  # for its mode: it holds what the transcripts hold
        db = sqlite3.connect(self.path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")  # the commit of a cursor is what a capture acknowledges
        if self._version(db) != SCHEMA_VERSION:
            db.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
        return db


def _cursors(rows: list[tuple[Any, ...]]) -> Iterator[Cursor]:
    """Of rows that do not read nothing is known: their transcripts are read from the start."""
    for row in rows:
        with suppress(*UNREAD):
            yield msgspec.convert(json.loads(row[0]), Cursor)


def _body(fold: dict[str, Any] | None, extraction: dict[str, Any] | None) -> str:
    return json.dumps({"fold": fold, "extraction": extraction})


__all__ = ["Cursor", "Kept", "State"]
