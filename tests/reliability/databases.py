"""Faults in the database layer: the n-th COMMIT of SQLite fails, or the process is killed before or after it.

The product knows nothing of it: `sqlite3.connect` gives connections that count.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Literal

from tests.reliability.faults import KILLED, fork_and_wait

from passdown.errors import PassdownError

When = Literal["fails", "killed before", "killed after"]
WHEN: tuple[When, ...] = ("fails", "killed before", "killed after")
MOST_COMMITS = 200


@dataclass(frozen=True)
class CommitFault:
    """at: number of the commit, from 1, over all connections of the process."""

    when: When
    at: int

    def __str__(self) -> str:
        return f"commit {self.at} {self.when}"


class Counter:
    """How many commits there were, and whether the fault came."""

    def __init__(self, fault: CommitFault) -> None:
        self.fault, self.count, self.fired = fault, 0, False

    def around(self, commit: Callable[[], Any]) -> Any:
        self.count += 1
        if self.count != self.fault.at:
            return commit()
        self.fired = True
        if self.fault.when == "killed before":
            os._exit(KILLED)
        if self.fault.when == "fails":
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        commit()
        os._exit(KILLED)


@contextmanager
def counted(counter: Counter) -> Iterator[None]:
    """Within it every connection that is made counts its commits."""

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            run = super().execute
            found: sqlite3.Cursor = counter.around(lambda: run(sql, *values)) if sql == "COMMIT" else run(sql, *values)
            return found

        def executescript(self, script: str) -> sqlite3.Cursor:
            run = super().executescript
            found: sqlite3.Cursor = counter.around(lambda: run(script)) if "COMMIT" in script else run(script)
            return found

    real = sqlite3.connect
    sqlite3.connect = lambda *words, **options: real(*words, **options, factory=Connection)  # type: ignore[assignment]
    try:
        yield
    finally:
        sqlite3.connect = real


def every_commit(prepare: Callable[[str], Path], act: Callable[[Path], object]) -> Iterator[tuple[Path, CommitFault, bool]]:
    """Run `act` in fresh folders with each commit failing or killed, until it passes untouched; folder, fault, whether `act` returned."""
    for when in WHEN:
        for at in count(1):
            assert at < MOST_COMMITS
            place = prepare(f"commit-{WHEN.index(when)}-{at}")
            counter = Counter(CommitFault(when, at))
            fired, acknowledged = _run(place, act, counter)
            yield place, counter.fault, acknowledged
            if not fired:
                break


def _run(place: Path, act: Callable[[Path], object], counter: Counter) -> tuple[bool, bool]:
    def inside() -> None:
        with counted(counter):
            act(place)

    if counter.fault.when != "fails":
        code = fork_and_wait(inside)
        assert code in {0, KILLED}, f"{counter.fault}: the child ended with {code}"
        return code == KILLED, code == 0
    try:
        inside()
    except PassdownError:
        return counter.fired, False
    return counter.fired, True
