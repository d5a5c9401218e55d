"""Cursors of captures, in `state.db`: how far each transcript was read, and what reading on needs.

Everything in it can be made again by reading the transcripts from their start, against the kept events: it holds nothing
irreplaceable. One commit of a cursor is the commit point of a capture.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from passdown.errors import WriteFailed

SCHEMA_VERSION = 1
BUSY_TIMEOUT_S = 30.0
SCHEMA = """
CREATE TABLE IF NOT EXISTS cursor(path TEXT PRIMARY KEY, session TEXT NOT NULL, head TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS cursor_session ON cursor(session);
CREATE TABLE IF NOT EXISTS kept(session TEXT PRIMARY KEY, length INTEGER NOT NULL, count INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Cursor:
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
    reader: dict[str, Any] = field(default_factory=dict)
    stream: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one session: bytes and number of events, the folded facts, and the extraction's state."""

    session: str
    length: int = 0
    count: int = 0
    fold: dict[str, Any] | None = None
    extraction: dict[str, Any] | None = None


class State:
    """The database. A file that is none, or is damaged, is put aside and begun anew: nothing in it is irreplaceable."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def cursor(self, path: str, head: str = "") -> Cursor | None:
        """The cursor of a transcript, by its path, else of one that was at another path and begins with the same bytes."""
        with self._reading() as db:
            row = db.execute("SELECT body FROM cursor WHERE path = ?", (path,)).fetchone() if db else None
            if db and row is None and head:
                row = db.execute("SELECT body FROM cursor WHERE head = ?", (head,)).fetchone()
        return Cursor(**json.loads(row[0])) if row else None

    def cursors(self) -> list[Cursor]:
        with self._reading() as db:
            rows = db.execute("SELECT body FROM cursor ORDER BY path").fetchall() if db else []
        return [Cursor(**json.loads(body)) for (body,) in rows]

    def kept(self, session: str) -> Kept:
        """What is kept of a session; lengths of 0 when nothing is known of it."""
        with self._reading() as db:
            row = db.execute("SELECT length, count, body FROM kept WHERE session = ?", (session,)).fetchone() if db else None
        return Kept(session, row[0], row[1], **json.loads(row[2])) if row else Kept(session)

    def commit(self, cursor: Cursor, kept: Kept) -> None:
        """Make both durable together. Raises `WriteFailed`."""
        bodies = json.dumps(asdict(cursor)), json.dumps({"fold": kept.fold, "extraction": kept.extraction})
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO cursor VALUES (?, ?, ?, ?)", (cursor.path, cursor.session, cursor.head, bodies[0]))
            db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", (kept.session, kept.length, kept.count, bodies[1]))

    def rewrite(self, session: str, length: int, fold: dict[str, Any], extraction: dict[str, Any]) -> None:
        """The kept events of a session were written anew: their length and what is folded from them. Their number stays."""
        with self._writing() as db:
            db.execute("UPDATE kept SET length = ?, body = ? WHERE session = ?", (length, json.dumps({"fold": fold, "extraction": extraction}), session))

    def forget(self, session: str) -> None:
        """Drop the facts of a session, but keep its cursors, so that the next capture does not bring it back."""
        with self._writing() as db:
            db.execute("DELETE FROM kept WHERE session = ?", (session,))

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """None when there is no readable database."""
        if not self.path.exists():
            yield None
            return
        db = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_TIMEOUT_S)
        try:
            try:
                usable = db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
            except sqlite3.DatabaseError:
                usable = False
            yield db if usable else None
        finally:
            db.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            db = self._open()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise WriteFailed(path=self.path, reason=str(error)) from error
            self.path.replace(self.path.with_suffix(".damaged"))
            db = self._open()
        try:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise WriteFailed(path=self.path, reason=str(error)) from error
        finally:
            db.close()

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = not self.path.exists()
        db = sqlite3.connect(self.path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
        if fresh:
            self.path.chmod(0o600)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")  # the commit of a cursor is what a capture acknowledges
        if db.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
            db.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
        return db


__all__ = ["Cursor", "Kept", "State"]
