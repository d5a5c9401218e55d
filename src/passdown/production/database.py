"""The database of productions: SQLite in the private store, or PostgreSQL. DBOS keeps its own tables in it beside ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from passdown import files
from passdown.errors import DatabaseFailed, MissingExtra

if TYPE_CHECKING:
    import sqlalchemy as sa
    from sqlalchemy.engine.interfaces import DBAPIConnection

FOLDER = "workflows"
FILE = "state.sqlite"
BUSY_MS = 30_000


class Address(msgspec.Struct, frozen=True):
    """url: as SQLAlchemy takes it; it may hold a password. place: what may be shown of it. file: None on PostgreSQL."""

    url: str
    place: str
    file: Path | None = None


def address(private: Path, url: str = "") -> Address:
    """Of PostgreSQL when a URL is given, else of the file in the private store."""
    if url:
        rest = url.partition("://")[2]
        return Address("postgresql+psycopg://" + rest, "postgresql://" + rest.rpartition("@")[2].partition("?")[0])
    file = private / FOLDER / FILE
    return Address(f"sqlite:///{file}", str(file), file)


def exists(where: Address) -> bool:
    """Whether there can be anything in it; on PostgreSQL only the server knows."""
    return where.file is None or where.file.is_file()


class Database:
    """Connections to one database, with our tables as this version has them."""

    def __init__(self, where: Address) -> None:
        """Raises `MissingExtra`, `DatabaseFailed`."""
        try:
            from passdown.production import schema, tables
        except ImportError as error:
            raise MissingExtra(what="`passdown workflow`", missing=error.name or "sqlalchemy", extra="workflows") from error
        self.address, self.tables = where, tables
        self._engine = _engine(where)
        try:
            schema.bring_up(self)
        except DatabaseFailed:
            self.close()
            raise

    @property
    def engine(self) -> "sa.Engine":
        return self._engine

    @property
    def is_sqlite(self) -> bool:
        return self.address.file is not None

    @contextmanager
    def begin(self) -> Iterator["sa.Connection"]:
        """One transaction. Raises `DatabaseFailed`."""
        from sqlalchemy.exc import SQLAlchemyError

        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise DatabaseFailed(place=self.address.place, reason=reason_of(error)) from error

    def close(self) -> None:
        self._engine.dispose()


def reason_of(error: Exception) -> str:
    """What the driver says, without the statement and its values."""
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]


def _engine(where: Address) -> "sa.Engine":
    import sqlalchemy as sa

    if where.file is None:
        return sa.create_engine(where.url, pool_size=5, max_overflow=15, pool_pre_ping=True)
    with files.lock(where.file.with_suffix(".lock")):  # another one that is as fast may write to it already
        if not where.file.is_file():
            files.append(where.file, b"", 0)  # with a private mode, which SQLite gives to its own files beside it
    engine = sa.create_engine(where.url, pool_size=5, max_overflow=45)
    sa.event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: "DBAPIConnection", _record: object) -> None:
    """A write-ahead log: one fsync a commit, and readers that nobody waits for. A transaction that writes takes its lock when it begins."""
    setattr(connection, "isolation_level", "IMMEDIATE")  # noqa: B010  sqlite3's own, which the interface does not name
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_MS}", "journal_mode=WAL", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


__all__ = ["Address", "Database", "address", "exists", "reason_of"]
