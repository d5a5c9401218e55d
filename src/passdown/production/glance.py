"""Where the productions of a private store stand, without what else works on them: one look into SQLite, so that a briefing can afford it.

Reads the tables of `production.tables` by their names; on PostgreSQL, ask the book.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from passdown.workflows.ledger import MICRO
from passdown.workflows.model import Plan
from passdown.workflows.registry import Row

MOST = 200  # runs, the last that changed
QUERY = """
SELECT r.plan, r.item, r.phase, r.state, r.score, r.updated, r.note, p.plan,
       (SELECT count(DISTINCT a.phase) FROM passdown_attempts a WHERE a.run = r.id AND a.state IN ('done', 'kept')),
       (SELECT coalesce(sum(l.money), 0) FROM passdown_ledger l WHERE l.run = r.id AND l.number > 0)
FROM passdown_runs r LEFT JOIN passdown_plans p ON p.hash = r.plan_hash ORDER BY r.updated DESC LIMIT ?
"""
BUSY_S = 0.2  # a briefing does not wait for those who write


def rows(file: Path) -> tuple[Row, ...]:
    """One a run, the last that changed first; nothing where there is no such database, or it cannot be read just now."""
    if not file.is_file():
        return ()
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_S)) as connection:
            return tuple(_row(*found) for found in connection.execute(QUERY, (MOST,)))
    except (sqlite3.Error, msgspec.MsgspecError):
        return ()


def _row(name: str, item: str, phase: str, state: str, score: float | None, updated: str, note: str, plan: str | None, done: int, money: int) -> Row:
    phases = len(msgspec.json.decode(plan, type=Plan).phases) if plan else 0
    values = {"name": name, "item": item, "phase": phase, "state": state, "score": score, "cost": money / MICRO, "updated": updated, "done": done,
              "phases": phases, "note": note}
    return msgspec.convert(values, Row)


__all__ = ["rows"]
