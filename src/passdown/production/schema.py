"""The version of our tables, and the way from each version to the next one."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from passdown.errors import DatabaseFailed

if TYPE_CHECKING:
    import sqlalchemy as sa

    from passdown.production.database import Database

VERSION = 2
STEPS: Mapping[int, tuple[str, ...]] = MappingProxyType({  # version → what leads to it, the same on SQLite and PostgreSQL
    2: ("ALTER TABLE passdown_workers ADD COLUMN queues TEXT NOT NULL DEFAULT ''",),
})
ALONE = 7_223_001  # of PostgreSQL's locks, the one that is held while tables are made


def bring_up(database: "Database") -> None:
    """Make our tables, or bring them to this version: all in one transaction, by one process at a time.

    Raises `DatabaseFailed`, also for tables of a later version, which stay as they are.
    """
    with database.begin() as connection:
        found = version_of(connection, database)
    if found == VERSION:
        return
    with database.begin() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if database.is_sqlite else f"SELECT pg_advisory_xact_lock({ALONE})")
        _change(connection, database, version_of(connection, database))


def version_of(connection: "sa.Connection", database: "Database") -> int:
    """0 where there are no tables of ours; 1 for those from before their version was written down."""
    import sqlalchemy as sa

    tables, there = database.tables, sa.inspect(connection)
    if there.has_table(tables.SCHEMA.name):
        return int(connection.execute(sa.select(tables.SCHEMA.c.version)).scalar_one())
    return 1 if there.has_table(tables.RUNS.name) else 0


def _change(connection: "sa.Connection", database: "Database", found: int) -> None:
    table = database.tables.SCHEMA
    if found > VERSION:
        reason = f"its tables are of version {found}, and this passdown knows up to {VERSION}: `pip install -U 'passdown[workflows]'`"
        raise DatabaseFailed(place=database.address.place, reason=reason)
    for version in range(found + 1, VERSION + 1) if found else ():
        for statement in STEPS[version]:
            connection.exec_driver_sql(statement)
    database.tables.METADATA.create_all(connection)  # those that are not there yet
    connection.execute(table.delete())
    connection.execute(table.insert().values(version=VERSION))


__all__ = ["VERSION", "bring_up", "version_of"]
