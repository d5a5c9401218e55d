"""Where the productions of a private store stand, without what else works on them: a look into SQLite, so that a briefing can afford it.

Reads the tables of `production.tables` by their names, and makes no file; on PostgreSQL, ask the book.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from passdown.hooks.detached import held
from passdown.workflows.ledger import MICRO
from passdown.workflows.model import Plan
from passdown.workflows.registry import Row

MOST = 200  # runs, the last that changed
QUERY = """
SELECT r.plan, r.item, r.phase, r.state, r.score, r.updated, r.note, r.batch, p.plan,
       (SELECT count(DISTINCT a.phase) FROM passdown_attempts a WHERE a.run = r.id AND a.state IN ('done', 'kept')),
       (SELECT coalesce(sum(l.money), 0) FROM passdown_ledger l WHERE l.run = r.id AND l.number > 0)
FROM passdown_runs r LEFT JOIN passdown_plans p ON p.hash = r.plan_hash ORDER BY r.updated DESC LIMIT ?
"""
BUSY_S = 0.2  # a briefing does not wait for those who write


def rows(file: Path) -> tuple[Row, ...]:
    """One a run, the last that changed first; nothing where there is no such database, or it cannot be read just now."""
    try:
        with _looking(file) as connection:
            return tuple(_row(*found) for found in connection.execute(QUERY, (MOST,)))
    except (sqlite3.Error, msgspec.MsgspecError):
        return ()


def abandoned(file: Path) -> tuple[str, ...]:
    """Items of runs that go on, as far as they know, and that nobody works on."""
    try:
        with _looking(file) as connection:
            workers = connection.execute("SELECT lock, queues FROM passdown_workers").fetchall()
            attended = {queue for lock, queues in workers if held(lock) for queue in queues.split()}
            going = connection.execute("SELECT item, id, batch FROM passdown_runs WHERE state IN ('waiting', 'running') ORDER BY updated DESC").fetchall()
    except sqlite3.Error:
        return ()
    return tuple(item for item, run, batch in going if not {run, batch} & attended)


def damage(file: Path) -> str:
    """What is wrong with the database; "" when it reads, is locked just now, or is not there."""
    try:
        with _looking(file) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return "" if isinstance(error, sqlite3.OperationalError) else str(error)
    return "" if found == "ok" else str(found).splitlines()[0]


def snapshot(file: Path) -> bytes:
    """The whole database as the bytes of a file, as of one moment; none where there is no readable one."""
    try:
        with _looking(file) as connection:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
            return connection.serialize()
    except sqlite3.Error:
        return b""


@contextmanager
def _looking(file: Path) -> Iterator[sqlite3.Connection]:
    """Raises `sqlite3.OperationalError` where there is no file, `sqlite3.DatabaseError` for a damaged one, also from the block."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_S)) as connection:
            yield connection
    except (MemoryError, UnicodeDecodeError) as error:  # raised for some damaged schemas, with memory to spare
        raise sqlite3.DatabaseError("its schema is damaged") from error


def _row(name: str, item: str, phase: str, state: str, score: float | None, updated: str, note: str, batch: str, plan: str | None, done: int,
         money: int) -> Row:
    phases = len(msgspec.json.decode(plan, type=Plan).phases) if plan else 0
    values = {"name": name, "item": item, "phase": phase, "state": state, "score": score, "cost": money / MICRO, "updated": updated, "done": done,
              "phases": phases, "note": note, "batch": batch}
    return msgspec.convert(values, Row)


__all__ = ["abandoned", "damage", "rows", "snapshot"]
