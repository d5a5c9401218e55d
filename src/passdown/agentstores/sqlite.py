"""An agent's SQLite database, read while the agent may be writing: read-only, one consistent view, nothing left behind.

A database in WAL mode is opened `mode=ro` while it has a WAL: readers and writers then never wait for each other. Without one, `mode=ro`
would make the files of a WAL anew; such a database is at rest and opened as immutable, and looked at again afterwards.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from passdown.errors import DatabaseBusy, UnknownSchema, UnreadableFile

MAGIC = b"SQLite format 3\x00"
WAIT_S = 1.0  # for a writer's lock: longer than a commit takes, shorter than a user notices
VERSION_AT = 18  # the byte of the header that says 2 when the database is in WAL mode

Schema = Mapping[str, Sequence[str]]  # table -> columns that must be there


def is_database(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


@contextmanager
def reading(path: Path, agent: str, schema: Schema) -> Iterator[sqlite3.Connection]:
    """A connection in one read transaction, the schema checked. Raises `DatabaseBusy`, `UnknownSchema` or `UnreadableFile`, also from the block."""
    at_rest = _at_rest(path)
    before = _stamp(path)
    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if at_rest else ''}", uri=True, timeout=WAIT_S, isolation_level=None)
    except sqlite3.Error as error:
        raise _as_ours(path, error) from error
    try:
        db.text_factory = lambda raw: raw.decode("utf-8", "replace")
        db.execute("PRAGMA query_only=1")
        db.execute("BEGIN")
        _check(db, path, agent, schema)
        yield db
    except sqlite3.Error as error:
        raise _as_ours(path, error) from error
    except (UnicodeDecodeError, MemoryError) as error:  # both raised by a damaged schema: whatever the factory of texts, and with memory to spare
        raise UnreadableFile(path=path, reason="the database is damaged") from error
    finally:
        db.close()
    if at_rest and (_stamp(path) != before or not _at_rest(path)):
        raise DatabaseBusy(path=path, reason="it changed while it was read")


def has_tables(path: Path, *tables: str) -> bool:
    """Whether the database has these tables; also True when it cannot be asked just now but names them in its first pages."""
    try:
        with path.open("rb") as stream:
            head = stream.read(64 * 1024)
    except OSError:
        return False
    if not head.startswith(MAGIC):
        return False
    if all(_created(head, table) for table in tables):
        return True
    try:
        with reading(path, "", {}) as db:
            return all(_columns(db, table) for table in tables)
    except (DatabaseBusy, UnreadableFile):
        return False


def _created(head: bytes, table: str) -> bool:
    return any(f"CREATE TABLE {quote}{table}{quote}".encode() in head for quote in ("`", '"', ""))


def _at_rest(path: Path) -> bool:
    """Whether the database is in WAL mode and has no WAL now, so that no one is at it."""
    try:
        with path.open("rb") as stream:
            header = stream.read(VERSION_AT + 1)
        wal = path.with_name(path.name + "-wal")
        return header[VERSION_AT:] == b"\x02" and not (wal.exists() and wal.stat().st_size)
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or str(error)) from error


def _stamp(path: Path) -> tuple[int, int]:
    try:
        at = path.stat()
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or str(error)) from error
    return at.st_size, at.st_mtime_ns


def _check(db: sqlite3.Connection, path: Path, agent: str, schema: Schema) -> None:
    for table, columns in schema.items():
        there = _columns(db, table)
        if not there:
            raise UnknownSchema(path=path, agent=agent, missing=f"the table `{table}`")
        for column in columns:
            if column not in there:
                raise UnknownSchema(path=path, agent=agent, missing=f"the column `{column}` of the table `{table}`")


def _columns(db: sqlite3.Connection, table: str) -> frozenset[str]:
    return frozenset(name for (name,) in db.execute("SELECT name FROM pragma_table_info(?)", (table,)))


def columns(db: sqlite3.Connection, table: str, wanted: Sequence[str]) -> list[str]:
    """Those of the wanted columns that this version of the agent's schema has, in the order given."""
    there = _columns(db, table)
    return [name for name in wanted if name in there]


def _as_ours(path: Path, error: sqlite3.Error) -> DatabaseBusy | UnreadableFile:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return DatabaseBusy(path=path, reason="it is locked")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):  # a hot journal, or a WAL whose index is not there
        return DatabaseBusy(path=path, reason="its last transaction was not finished")
    return UnreadableFile(path=path, reason=f"the database is damaged or no database ({error})")


__all__ = ["Schema", "columns", "has_tables", "is_database", "reading"]
