"""Who works on productions, and who is gone."""

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy")

from passdown.errors import DatabaseFailed, NoSuchRun
from passdown.production.book import Book
from passdown.production.database import Database, address
from passdown.production.workers import LEASE_S, SURE_S, Worker, alive, attended, is_gone


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(address(tmp_path))


def test_a_worker_is_gone_as_soon_as_its_process_is(tmp_path: Path, database: Database) -> None:
    """Its lock goes with it, however it ended."""
    script = ("import os, sys; from pathlib import Path; from passdown.production.database import Database, address\n"
              "from passdown.production.workers import Worker\n"
              "print(Worker(Database(address(Path(sys.argv[1]))), Path(sys.argv[1]) / 'w').id, flush=True); sys.stdin.read(1); os.kill(os.getpid(), 9)")
    other = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    name = other.stdout.readline().strip() if other.stdout else ""
    own = Worker(database, tmp_path / "w")

    assert alive(database, name)
    assert own.gone() == []
    other.communicate("x")
    assert not alive(database, name)
    assert own.gone() == [name]
    own.forget(name)
    assert own.gone() == []


@pytest.mark.parametrize(("silent_s", "gone"), [(0, False), (LEASE_S, False), (LEASE_S + 1, True), (-3600, False)])
def test_of_another_machine_only_the_heartbeat_is_known(silent_s: float, gone: bool) -> None:
    """By the clock of the database; one that went back says nothing."""
    assert is_gone("elsewhere-" + socket.gethostname(), Path("/nowhere"), 1_000, lambda: 1_000 + int(silent_s)) is gone


def test_a_clock_that_was_set_makes_nobody_gone(tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker on another machine is silent by two clocks before it counts as gone: the database's may have been set an hour ahead."""
    own, table = Worker(database, tmp_path / "w"), database.tables.WORKERS
    with database.begin() as connection:
        connection.execute(table.insert().values(id="theirs", host="elsewhere.example", lock="/nowhere", seen=1_000, queues="B1"))
    began, ahead = time.monotonic(), 0.0
    monkeypatch.setattr("passdown.production.workers.time.monotonic", lambda: began + ahead)

    assert own.gone() == []
    ahead = SURE_S - 1
    assert own.gone() == []
    with database.begin() as connection:
        connection.execute(table.update().where(table.c.id == "theirs").values(seen=1_002))
    ahead = SURE_S + 1
    assert own.gone() == []
    ahead = 2 * SURE_S + 2
    assert own.gone() == ["theirs"]


def test_a_clock_that_was_set_back_keeps_nobody_there(tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its last beat lies in the future; it is gone all the same when it was not heard for its lease."""
    own, table = Worker(database, tmp_path / "w"), database.tables.WORKERS
    with database.begin() as connection:
        connection.execute(table.insert().values(id="theirs", host="elsewhere.example", lock="/nowhere", seen=2**40, queues="B1"))
    began, ahead = time.monotonic(), 0.0
    monkeypatch.setattr("passdown.production.workers.time.monotonic", lambda: began + ahead)

    assert own.gone() == []
    ahead = LEASE_S + 1
    assert own.gone() == ["theirs"]


def test_a_queue_is_attended_as_long_as_its_worker_is_there(tmp_path: Path, database: Database) -> None:
    """One that leaves takes its name with it."""
    own = Worker(database, tmp_path / "w", ["B1", "R2"])
    assert attended(database) == {"B1", "R2"}

    own.leave()
    assert attended(database) == frozenset()
    assert list((tmp_path / "w").iterdir()) == []


def test_the_database_is_for_its_owner_alone(tmp_path: Path, database: Database) -> None:
    """Also the files that SQLite puts beside it."""
    Book(database, "p").runs()

    assert {path.stat().st_mode & 0o077 for path in tmp_path.rglob("*") if path.is_file()} == {0}


def test_a_database_that_is_none_is_told(tmp_path: Path) -> None:
    """With its place, and without a trace of what was asked."""
    where = address(tmp_path)
    assert where.file
    where.file.parent.mkdir()
    where.file.write_text("no database, " * 100)

    with pytest.raises(DatabaseFailed, match="not a database"):
        Database(where)


def test_a_server_is_named_without_its_password() -> None:
    """Whatever stands in the URL."""
    assert address(Path(), "postgresql://me:hush@db.example:5432/work?sslmode=require").place == "postgresql://db.example:5432/work"


def test_a_run_that_is_not_there_is_told(database: Database) -> None:
    """By its name."""
    with pytest.raises(NoSuchRun, match="R0"):
        Book(database, "p").run("R0")
