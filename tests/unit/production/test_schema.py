"""Tables of earlier and later versions."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy")

from passdown.errors import DatabaseFailed
from passdown.production.book import Book
from passdown.production.database import Database, address
from passdown.production.schema import STEPS, VERSION
from passdown.workflows.run import Run

FIRST = ("DROP TABLE passdown_schema", "ALTER TABLE passdown_workers DROP COLUMN queues")  # as version 1 was, which did not say so


def change(file: Path | None, *statements: str) -> None:
    with closing(sqlite3.connect(str(file))) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def shape(file: Path | None) -> dict[str, list[str]]:
    """Table → its columns, in any order."""
    with closing(sqlite3.connect(str(file))) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'passdown_%'")]
        return {name: sorted(row[1] for row in connection.execute(f"PRAGMA table_info({name})")) for name in tables}


def test_every_version_has_a_way_to_the_next() -> None:
    """From the first one to this one."""
    assert list(STEPS) == list(range(2, VERSION + 1))


def test_tables_of_the_first_version_are_brought_up_and_keep_their_rows(tmp_path: Path) -> None:
    """The same tables as new ones, with what was in them."""
    where = address(tmp_path)
    base = Database(where)
    Book(base, "shop").add_runs([Run("R1", "shop", "podcast", "h", "ep-1")])
    base.close()
    new = shape(where.file)
    change(where.file, *FIRST)
    assert shape(where.file) != new

    base = Database(where)
    assert Book(base, "shop").run("R1").item == "ep-1"
    base.close()
    assert shape(where.file) == new


def test_tables_of_a_later_version_are_left_as_they_are(tmp_path: Path) -> None:
    """It is said what to do, and nothing is written."""
    where = address(tmp_path)
    Database(where).close()
    change(where.file, "UPDATE passdown_schema SET version = 99", "ALTER TABLE passdown_runs ADD COLUMN mood TEXT")
    before = shape(where.file)

    with pytest.raises(DatabaseFailed, match="version 99, and this passdown knows up to"):
        Database(where)
    assert shape(where.file) == before


def test_two_that_begin_at_once_make_the_tables_once(tmp_path: Path) -> None:
    """The second waits, and finds them."""
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(Database, [address(tmp_path)] * 6))
    for base in made:
        base.close()

    assert len({str(shape(base.address.file)) for base in made}) == 1
