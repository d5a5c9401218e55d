"""The index as its users see it: open, refresh, ask. It is disposable, and no damage to it may ever stop a command.

What is foreign, of another version or damaged is deleted and made again; where it cannot be written it is continued in memory.
What only some questions need is imported where they are asked: each verb is a process of its own and must start fast.
"""

import gc
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from passdown.errors import AmbiguousRecord, NoSuchRecord, PassdownError
from passdown.index.codec import load_record, load_session
from passdown.index.hit import Hit
from passdown.index.sources import Changes, Folder, Sources, differs, scan
from passdown.model.record import Record, Status

if TYPE_CHECKING:
    from passdown.model.session import Session

VERSION = 4
PAGE_BYTES = 8192  # holds a handful of records: a tenth faster to fill than with 4096
APPLICATION = 0x70646978  # "pdix": an SQLite file without it is not ours
BUSY_S = 5.0  # a writer waits this long for another one, and then leaves the index as it is
_DAMAGE = (sqlite3.Error, MemoryError, ValueError, TypeError, KeyError, AttributeError)  # what a damaged index may raise where it is read: SQLite
# answers "out of memory" to some damaged schemas
_SHOWN = "SELECT payload, status, by FROM records WHERE shown"

T = TypeVar("T")


class Index:
    """One open index. Not for use from several threads."""

    def __init__(self, path: Path, *, writable: bool) -> None:
        self._path = path
        self._writable = writable
        self._sources: Sources | None = None
        self._db = self._connect()

    @classmethod
    def open(cls, path: Path, *, writable: bool = True) -> "Index":
        """The index in this file, which is made when it is missing, foreign, of another version or damaged. Never raises.

        writable False: the file is only read; a refresh that finds changes goes on in memory.
        """
        return cls(path, writable=writable)

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> "Index":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- content

    def refresh(self, sources: Sources) -> Changes:
        """Takes in what changed in the files since the last time, and nothing else. Files are not written, and nothing is raised."""
        self._sources = sources
        return self._safely(lambda: self._refresh(sources))

    def problems(self) -> list[tuple[str, str]]:
        """(path, reason) of every file that did not read when it last changed, by path."""
        statement = "SELECT f.path || '/' || p.name, p.reason FROM problems p JOIN folders f USING (folder) ORDER BY 1"
        return self._safely(lambda: self._db.execute(statement).fetchall())

    def purge(self) -> None:
        """Makes sure that nothing which was taken out can still be found in the index's files (for `forget`)."""
        self._safely(self._purge)

    # -- questions

    def search(self, text: str, limit: int = 10, *, inactive: bool = False, kind: str | None = None) -> list[Hit]:
        """What answers `text`, best first: records before sessions and captured text of like relevance, what is superseded last.

        inactive: also records that are not active. kind: records of this kind alone. Any text may be asked.
        """
        from passdown.index import query, search

        question = query.ask(text)
        return self._safely(lambda: search.search(self._db, question, limit, inactive=inactive, kind=kind))

    def records(
        self, kind: str | Iterable[str] | None = None, status: Status | None = "active", *, session: str | None = None,
        thread: str | None = None, limit: int = -1,
    ) -> list[Record]:
        """Records, the last updated first; `status` None: of any status."""
        where, values = _SHOWN, []
        for column, wanted in (("kind", kind), ("status", status), ("session", session), ("thread", thread)):
            if wanted is not None:
                choices = [wanted] if isinstance(wanted, str) else list(wanted)
                where += f" AND {column} IN ({','.join('?' * len(choices))})"
                values += choices
        return self._records(f"{where} ORDER BY updated DESC, id DESC LIMIT ?", (*values, limit))

    def get(self, prefix: str) -> Record:
        """The record whose id begins so. Raises NoSuchRecord, AmbiguousRecord."""
        found = self._records(f"{_SHOWN} AND id >= ? AND id < ? ORDER BY id LIMIT 6", (prefix, prefix + "\U0010ffff"))
        if exact := [r for r in found if r.id == prefix]:
            return exact[0]
        if not found or not prefix:
            raise NoSuchRecord(id=prefix)
        if len(found) > 1:
            raise AmbiguousRecord(id=prefix, matches=", ".join(r.id for r in found[:5]) + (", …" if len(found) > 5 else ""))
        return found[0]

    def sessions(self, limit: int = -1, *, thread: str | None = None) -> "list[Session]":
        """Sessions, the last ended first."""
        statement = "SELECT payload FROM sessions WHERE shown AND (?1 IS NULL OR thread = ?1) ORDER BY ended DESC, id DESC LIMIT ?2"
        return self._safely(lambda: [load_session(p) for (p,) in self._db.execute(statement, (thread, limit))])

    def session(self, prefix: str) -> "Session | None":
        """The session whose id begins so; None when there is none or more than one."""
        statement = "SELECT id, payload FROM sessions WHERE shown AND id >= ? AND id < ? ORDER BY id LIMIT 2"
        found = self._safely(lambda: self._db.execute(statement, (prefix, prefix + "\U0010ffff")).fetchall())
        return load_session(found[0][1]) if found and (len(found) == 1 or found[0][0] == prefix) else None

    def by_path(self, path: str, line: int = 0) -> list[Record]:
        """What is known about a place, of any status: records anchored there, nearest to the line first, then those that name the path."""
        from passdown.index import places

        return self._safely(lambda: [_record(*row) for row in places.records(self._db, path, line)])

    def sessions_on(self, path: str, limit: int = 5) -> "list[Session]":
        """The last sessions that changed this file, the latest first. A bare file name means every file of that name."""
        from passdown.index import places
        return self._safely(lambda: [load_session(p) for p in places.sessions(self._db, path, limit)])

    def differing(self) -> list[tuple[str, str]]:
        """(record id, path) of each copy whose text differs from the shown one's, by id."""
        from passdown.index import places

        return self._safely(lambda: places.differing(self._db))

    # -- inside

    def _records(self, statement: str, values: tuple[Any, ...]) -> list[Record]:
        return self._safely(lambda: [_record(*row) for row in self._db.execute(statement, values)])

    def _refresh(self, sources: Sources) -> Changes:
        version = self._version()
        known = self._db.execute("SELECT path, role, rank, names, stamps, seal FROM folders").fetchall()
        found = scan(sources, {row[0]: Folder(*row) for row in known})
        if not differs(known, found):
            return Changes(problems=tuple(self.problems()))
        if not self._writable:
            self._continue_in_memory()
        return self._take_in(sources, found, version)

    def _take_in(self, sources: Sources, found: list[Folder], version: int) -> Changes:
        """A new index is filled without waiting for the disk: what a power loss leaves of it does not read, and is made again."""
        if self._db.execute("SELECT 1 FROM folders").fetchone():
            return self._changed(sources, found, version)
        self._db.execute("PRAGMA synchronous=OFF")
        try:
            return self._changed(sources, found, version)
        finally:
            self._db.execute("PRAGMA synchronous=NORMAL")

    def _changed(self, sources: Sources, found: list[Folder], version: int) -> Changes:
        from passdown.index.refresh import Refresh

        try:
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                return Changes(stale=True)
            self._continue_in_memory()  # a full disk, a file system that became read-only
            self._db.execute("BEGIN IMMEDIATE")
        try:
            if self._version() != version:
                found = scan(sources)  # another process was faster: what we saw may be older than what it took in
            with _without_collection():
                changes = Refresh(self._db, sources).run(found)
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        return changes

    def _version(self) -> int:
        """Changes when another connection commits."""
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def _purge(self) -> None:
        for table in ("record_words", "session_words", "text_words"):
            self._db.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608 - one of three names
        self._db.execute("VACUUM")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _safely(self, ask: Callable[[], T]) -> T:
        """`ask()`; on damage once more on a new index, and at last on one in memory."""
        try:
            return ask()
        except _DAMAGE as error:
            make = _in_memory if _is_surroundings(error) else self._renew
        try:
            self._replace(make)
            return ask()
        except _DAMAGE:
            self._replace(_in_memory)
        return ask()

    def _replace(self, make: Callable[[], sqlite3.Connection]) -> None:
        self._db.close()
        self._db = make()
        if self._sources:
            self._take_in(self._sources, scan(self._sources), self._version())

    def _connect(self) -> sqlite3.Connection:
        """What is there when it is ours and reads, else a new one."""
        self._inode = _inode(self._path)
        for mode in ("rw", "ro", "ro&immutable=1") if self._writable else ("ro", "ro&immutable=1"):
            try:
                db = _open(self._path, mode)
            except _Unusable:
                break
            except sqlite3.Error:
                continue
            self._writable = mode == "rw"
            return db
        return self._renew()

    def _renew(self) -> sqlite3.Connection:
        """A new index in place of the damaged one; in memory where that cannot be."""
        if self._writable:
            try:
                return _remake(self._path, self._inode)
            except (_Unusable, sqlite3.Error, PassdownError):
                pass
        self._writable = True
        return _in_memory()

    def _continue_in_memory(self) -> None:
        memory = sqlite3.connect(":memory:", isolation_level=None)
        self._db.backup(memory)
        self._db.close()
        self._db = memory
        self._writable = True


class _Unusable(Exception):
    """The file is no index of this version."""


@contextmanager
def _without_collection() -> Iterator[None]:
    """Nothing that a refresh makes is a cycle, and all of it lives to its end: looking for garbage would take a tenth of a rebuild."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _record(payload: str, status: Status, by: str) -> Record:
    record = load_record(payload)
    if record.status == status:
        return record
    return replace(record, status=status, superseded_by=by)


def _is_surroundings(error: Exception) -> bool:
    """Whether not the file is at fault but the disk: full, read-only, gone."""
    codes = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY)
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in codes


def _inode(path: Path) -> int:
    """0 when there is no file."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def _open(path: Path, mode: str) -> sqlite3.Connection:
    """An index that is there. Raises _Unusable when it is none of this version, sqlite3.OperationalError when it does not open."""
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_S, isolation_level=None)
    try:
        if not _is_ours(db):
            raise _Unusable
        if mode == "rw":
            db.execute("PRAGMA synchronous=NORMAL")
        db.execute("PRAGMA cache_size=-16000")
    except sqlite3.OperationalError:
        db.close()
        raise
    except (sqlite3.DatabaseError, MemoryError, UnicodeDecodeError, _Unusable) as error:
        db.close()
        raise _Unusable from error
    return db


def _remake(path: Path, bad: int) -> sqlite3.Connection:
    """Deletes the index with the inode `bad` and makes a new one, one process at a time: who comes second takes what the first one made."""
    from passdown import files

    with files.lock(path.with_name(path.name + ".lock"), BUSY_S):
        if _inode(path) not in (0, bad):
            try:
                return _open(path, "rw")
            except (_Unusable, sqlite3.Error):
                pass
        for suffix in ("", "-wal", "-shm"):
            files.remove(path.with_name(path.name + suffix), durable=False)
        files.write_bytes(path, b"", durable=False)  # private from its first moment on; SQLite gives its companions the same mode
        db = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
        db.execute(f"PRAGMA page_size={PAGE_BYTES}")
        db.execute("PRAGMA journal_mode=WAL")
        _create(db)
        db.close()
        return _open(path, "rw")


def _in_memory() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    _create(db)
    return db


def _is_ours(db: sqlite3.Connection) -> bool:
    (application,), (version,) = db.execute("PRAGMA application_id").fetchone(), db.execute("PRAGMA user_version").fetchone()
    return bool(application == APPLICATION and version == VERSION)


def _create(db: sqlite3.Connection) -> None:
    schema = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
    db.executescript(f"BEGIN;{schema}PRAGMA application_id={APPLICATION};PRAGMA user_version={VERSION};COMMIT")


__all__ = ["VERSION", "Index"]
