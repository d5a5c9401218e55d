"""Faults in the database layer: the n-th COMMIT of SQLite, or the n-th statement that writes, fails, or the process is killed before or after it.

The product knows nothing of it: `sqlite3.connect` gives connections that count. Databases in memory are left alone.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any, Literal

from tests.reliability.faults import KILLED, fork_and_wait

from passdown.errors import PassdownError

When = Literal["fails", "fails from then on", "killed before", "killed after"]
MOST = 5_000
WRITES = ("BEGIN", "COMMIT", "INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "PRAGMA journal_mode")
MALFORMED = "database disk image is malformed"
REASONS = {sqlite3.SQLITE_FULL: "database or disk is full", sqlite3.SQLITE_IOERR: "disk I/O error", sqlite3.SQLITE_BUSY: "database is locked",
           sqlite3.SQLITE_READONLY: "attempt to write a readonly database", sqlite3.SQLITE_CORRUPT: MALFORMED}


@dataclass(frozen=True)
class DatabaseFault:
    """at: number of the commit, or of the writing statement, from 1, over all connections of the process. code: SQLite's, where it fails."""

    when: When
    code: int = sqlite3.SQLITE_FULL
    every_statement: bool = False
    at: int = 0

    def __str__(self) -> str:
        return f"{'statement' if self.every_statement else 'commit'} {self.at} {self.when}: {REASONS[self.code] if 'fails' in self.when else ''}"

    def counts(self, sql: str) -> bool:
        return sql.lstrip().startswith(WRITES) if self.every_statement else "COMMIT" in sql


COMMITS = (DatabaseFault("fails"), DatabaseFault("killed before"), DatabaseFault("killed after"))
STATEMENTS = (DatabaseFault("fails from then on", sqlite3.SQLITE_FULL, True), DatabaseFault("fails", sqlite3.SQLITE_IOERR, True),
              DatabaseFault("fails", sqlite3.SQLITE_BUSY, True), DatabaseFault("fails from then on", sqlite3.SQLITE_READONLY, True),
              DatabaseFault("fails", sqlite3.SQLITE_CORRUPT, True), DatabaseFault("killed before", every_statement=True))


class Counter:
    """How many there were, and whether the fault came."""

    def __init__(self, fault: DatabaseFault) -> None:
        self.fault, self.count, self.fired = fault, 0, False

    def around(self, sql: str, act: Callable[[], Any]) -> Any:
        if not self.fault.counts(sql):
            return act()
        self.count += 1
        due = self.count == self.fault.at
        self.fired |= due
        if due and self.fault.when == "killed before":
            os._exit(KILLED)
        if (due and self.fault.when == "fails") or (self.fired and self.fault.when == "fails from then on"):
            raise _error(self.fault.code)
        found = act()
        if due and self.fault.when == "killed after":
            os._exit(KILLED)
        return found


def _error(code: int) -> sqlite3.Error:
    error = (sqlite3.DatabaseError if code == sqlite3.SQLITE_CORRUPT else sqlite3.OperationalError)(REASONS[code])
    error.sqlite_errorcode = code
    return error


@contextmanager
def counted(counter: Counter) -> Iterator[None]:
    """Within it every connection to a file that is made counts."""

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            run = super().execute
            found: sqlite3.Cursor = counter.around(sql, lambda: run(sql, *values))
            return found

        def executemany(self, sql: str, values: Any) -> sqlite3.Cursor:
            run = super().executemany
            found: sqlite3.Cursor = counter.around(sql, lambda: run(sql, values))
            return found

        def executescript(self, script: str) -> sqlite3.Cursor:
            run = super().executescript
            found: sqlite3.Cursor = counter.around(script, lambda: run(script))
            return found

    real = sqlite3.connect

    def connect(name: Any, *words: Any, **options: Any) -> sqlite3.Connection:
        return real(name, *words, **options) if name == ":memory:" else real(name, *words, **options, factory=Connection)

    sqlite3.connect = connect  # type: ignore[assignment]
    try:
        yield
    finally:
        sqlite3.connect = real


def every_fault(prepare: Callable[[str], Path], act: Callable[[Path], object], faults: Sequence[DatabaseFault] = COMMITS,
                stride: int = 1) -> Iterator[tuple[Path, DatabaseFault, bool]]:
    """Run `act` in fresh folders with every `stride`-th going wrong in each way, until it passes untouched; folder, fault, whether `act` returned."""
    for kind, model in enumerate(faults):
        for at in count(1, stride):
            assert at < MOST
            place = prepare(f"database-{kind}-{at}")
            fault = replace(model, at=at)
            fired, acknowledged = _run(place, act, Counter(fault))
            yield place, fault, acknowledged
            if not fired:
                break


def _run(place: Path, act: Callable[[Path], object], counter: Counter) -> tuple[bool, bool]:
    def inside() -> None:
        with counted(counter):
            act(place)

    if "killed" in counter.fault.when:
        code = fork_and_wait(inside)
        assert code in {0, KILLED}, f"{counter.fault}: the child ended with {code}"
        return code == KILLED, code == 0
    try:
        inside()
    except PassdownError:
        return counter.fired, False
    return counter.fired, True
