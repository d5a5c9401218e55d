"""One look at where productions stand, whatever lies in the file."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from passdown.production.glance import abandoned, damage, rows, snapshot


@pytest.mark.parametrize("data", [None, b"", b"not a database", b"SQLite format 3\0" + b"\0" * 200])
def test_no_database_of_ours_is_no_production(tmp_path: Path, data: bytes | None) -> None:
    """A briefing is never an error for it."""
    if data is not None:
        (tmp_path / "state.sqlite").write_bytes(data)

    file = tmp_path / "state.sqlite"

    assert (rows(file), abandoned(file)) == ((), ())
    assert bool(damage(file)) is bool(data)
    assert snapshot(file) == b""


def test_a_damaged_database_is_no_production(tmp_path: Path) -> None:
    """Wherever a piece of its schema is overwritten, with what is no text as well."""
    file = tmp_path / "state.sqlite"
    with closing(sqlite3.connect(file)) as made:
        made.executescript("PRAGMA page_size = 512; CREATE TABLE passdown_runs (id text PRIMARY KEY, plan text, item text, phase text, state text)")
    whole = file.read_bytes()
    for at in range(100, len(whole), 10):
        file.write_bytes(whole[:at] + b"\xff" * 100 + whole[at + 100:])

        assert (rows(file), abandoned(file)) == ((), ())
        damage(file)
        snapshot(file)


def test_a_look_makes_no_file(tmp_path: Path) -> None:
    """Reading leaves a private store as it is."""
    for look in (rows, abandoned, damage, snapshot):
        look(tmp_path / "state.sqlite")

    assert list(tmp_path.iterdir()) == []


def test_tables_of_another_version_are_no_production(tmp_path: Path) -> None:
    """A column that is not there is no reason to fail."""
    with sqlite3.connect(tmp_path / "state.sqlite") as connection:
        connection.execute("CREATE TABLE passdown_runs (id TEXT)")
    connection.close()

    assert rows(tmp_path / "state.sqlite") == ()


def test_the_look_sees_what_the_book_says(tmp_path: Path) -> None:
    """The same rows as the engine's own list, for a run with a score and costs."""
    pytest.importorskip("sqlalchemy")
    from passdown.production.book import Book
    from passdown.production.database import Database, address
    from passdown.workflows.ledger import Line
    from passdown.workflows.model import Phase, Plan
    from passdown.workflows.registry import Row
    from passdown.workflows.run import Attempt, Run

    where = address(tmp_path)
    base = Database(where)
    book = Book(base, "shop")
    plan = Plan("podcast", (Phase("research", run="x"), Phase("final", run="y")), text_hash="h")
    book.keep_plan(plan)
    book.add_runs([Run("R1", "shop", "podcast", "h", "ep-1", state="running", phase="final", score=8.5, updated="t2")])
    attempt = Attempt("R1", "research", "1.1", started="t1")
    reserved = Line("R1", "podcast", "ep-1", "", "research", "1.1", 0, money=9_000_000)
    book.begin_attempt(attempt, reserved, phase="final")
    book.end_attempt(Attempt("R1", "research", "1.1", "done"), [Line("R1", "podcast", "ep-1", "", "research", "1.1", 1, money=1_500_000)])
    base.close()

    assert where.file is not None
    assert rows(where.file) == (Row("podcast", "ep-1", "final", "running", 8.5, 1.5, "t2", 1, 2),)
