"""OpenCode: `opencode.db`, all sessions of all projects in one SQLite database.

Source: the vendor's schema (`session.sql.ts`) of 2026-05, OpenCode 1.2 to 1.18, seen 2026-11. Of a session are told: its row, each message with
its parts, both by time of creation, then its to-do list, and last where the user went back to. The shape is that of `opencode export`, a row a part.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from passdown.agentstores.base import Listed, directory, encoded, nanoseconds, parsed
from passdown.agentstores.sqlite import Schema, columns, has_tables, reading
from passdown.errors import NoSuchSession

AGENT = "OpenCode"
SCHEMA: Schema = {
    "session": ("id", "directory", "time_created", "time_updated"), "message": ("id", "session_id", "time_created", "time_updated", "data"),
    "part": ("id", "message_id", "session_id", "time_updated", "data")}
SESSION = ("id", "parent_id", "project_id", "directory", "title", "version", "agent", "time_created", "time_updated", "revert")
MESSAGES = "SELECT id, time_created, data FROM message WHERE session_id = ? ORDER BY time_created, id"
PARTS = "SELECT id, message_id, data FROM part WHERE session_id = ? ORDER BY message_id, id"
ORPHANS = "SELECT id, message_id, data FROM part p WHERE session_id = ? AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = p.message_id) ORDER BY id"
TODOS = "SELECT content, status FROM todo WHERE session_id = ? ORDER BY position"
STAMP = """SELECT s.id, s.directory, s.time_updated,
  (SELECT count(*) FROM message m WHERE m.session_id = s.id) + (SELECT count(*) FROM part p WHERE p.session_id = s.id),
  max(s.time_updated, coalesce((SELECT max(m.time_updated) FROM message m WHERE m.session_id = s.id), 0),
      coalesce((SELECT max(p.time_updated) FROM part p WHERE p.session_id = s.id), 0))
  FROM session s"""


def holds(path: Path) -> bool:
    return has_tables(path, "session", "message", "part")


def sessions(path: Path, only: str = "") -> list[Listed]:
    with reading(path, AGENT, SCHEMA) as db:
        rows = db.execute(f"{STAMP} WHERE s.id = ?", (only,)) if only else db.execute(f"{STAMP} ORDER BY s.time_created, s.id")
        return [Listed(id_, directory(cwd), count, nanoseconds(newest)) for id_, cwd, _, count, newest in rows]


def tell(path: Path, session: str) -> Iterator[bytes]:
    with reading(path, AGENT, SCHEMA) as db:
        names = columns(db, "session", SESSION)
        row = db.execute(f"SELECT {', '.join(names)} FROM session WHERE id = ?", (session,)).fetchone()  # noqa: S608  the names are our own
        if row is None:
            raise NoSuchSession(path=path, session=session)
        info = dict(zip(names, row, strict=True))
        revert = parsed(info.pop("revert", None))
        yield encoded("session", info | {"directory": directory(info["directory"])})
        yield from _messages(db, session)
        yield from (encoded("part", _row(*part)) for part in db.execute(ORPHANS, (session,)))
        if columns(db, "todo", ("content", "status", "position")):
            yield from (encoded("todo", {"content": content, "status": status}) for content, status in db.execute(TODOS, (session,)))
        if revert:
            yield encoded("revert", revert if isinstance(revert, dict) else {"revert": revert})


def _messages(db: sqlite3.Connection, session: str) -> Iterator[bytes]:
    """Each message and behind it its parts; the parts are read along in their own order, as both sort alike within a session."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for part in db.execute(PARTS, (session,)):
        parts.setdefault(part[1], []).append(_row(*part))
    rows = db.execute(MESSAGES, (session,)).fetchall()
    for n, (id_, created, data) in enumerate(rows, 1):
        message = parsed(data)
        said = {"id": id_, "time_created": created, **message} if isinstance(message, dict) else {"id": id_, "data": message}
        yield encoded("message", said | ({"last": True} if n == len(rows) else {}))
        yield from (encoded("part", part) for part in parts.get(id_, ()))


def _row(id_: str, message: str, data: Any) -> dict[str, Any]:
    part = parsed(data)
    return {"id": id_, "messageID": message, **part} if isinstance(part, dict) else {"id": id_, "messageID": message, "data": part}


__all__ = ["AGENT", "holds", "sessions", "tell"]
