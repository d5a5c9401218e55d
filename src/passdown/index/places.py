"""What is known about a place in the code, and which copies of a record differ."""

import json
import sqlite3

from passdown.index.words import clean
from passdown.model.record import Status

Row = tuple[str, Status, str]  # payload, status, superseded by

_ANCHORED = """
    SELECT r.payload, r.status, r.by FROM anchors a JOIN records r ON r.doc = a.doc WHERE a.path = ? OR a.path LIKE ? ESCAPE '\\'
    GROUP BY r.doc ORDER BY r.status <> 'active', min(CASE WHEN ? < a.first THEN a.first - ? WHEN a.last > 0 AND ? > a.last THEN ? - a.last ELSE 0 END),
    r.updated DESC, r.id DESC"""
_NAMED = """
    SELECT r.payload, r.status, r.by FROM record_words w JOIN records r ON r.doc = w.rowid WHERE record_words MATCH ? AND instr(r.payload, ?)
    AND r.doc NOT IN (SELECT doc FROM anchors WHERE path = ? OR path LIKE ? ESCAPE '\\')
    ORDER BY r.status <> 'active', r.updated DESC, r.id DESC LIMIT 50"""
_TOUCHED = """
    SELECT s.payload FROM touched t JOIN sessions s ON s.doc = t.doc WHERE t.path = ? OR t.path LIKE ? ESCAPE '\\'
    GROUP BY s.doc ORDER BY s.ended DESC, s.id DESC LIMIT ?"""
_DIFFERING = """
    SELECT c.id, f.path || '/' || c.name FROM records c JOIN records s ON s.id = c.id AND s.shown JOIN folders f ON f.folder = c.folder
    WHERE NOT c.shown AND c.hash <> '' AND c.hash <> s.hash ORDER BY 1, 2"""


def records(db: sqlite3.Connection, path: str, line: int) -> list[Row]:
    """Active ones first; anchored ones by their distance from the line (0: all alike), the latest first, then those that name the path."""
    path = clean(path).removeprefix("./")
    below = _ends_with(path)
    rows: list[Row] = db.execute(_ANCHORED, (path, below, *[line] * 4) if line else (path, below, 0, 0, 0, 0)).fetchall()
    words = "".join(c if c.isalnum() else " " for c in path).split()
    return rows + (db.execute(_NAMED, (f'"{" ".join(words)}"', json.dumps(path)[1:-1], path, below)).fetchall() if words else [])


def sessions(db: sqlite3.Connection, path: str, limit: int) -> list[str]:
    """Payloads, the last ended first."""
    path = clean(path).removeprefix("./")
    return [payload for (payload,) in db.execute(_TOUCHED, (path, _ends_with(path), limit))]


def differing(db: sqlite3.Connection) -> list[tuple[str, str]]:
    return db.execute(_DIFFERING).fetchall()


def _ends_with(path: str) -> str:
    """A LIKE pattern for paths that end in this one, from a folder boundary on."""
    for mark in "\\%_":
        path = path.replace(mark, "\\" + mark)
    return f"%/{path}"


__all__ = ["differing", "records", "sessions"]
