"""Cursor CLI: `~/.cursor/chats/<md5 of the directory>/<session>/store.db`, a SQLite database a session.

Source: descriptions of stores of 2026-01 to 2026-09 in public readers, seen 2026-11. `meta` holds one hexadecimal JSON value; `blobs` is addressed by
content: messages are JSON, and a state of the conversation is a protocol buffer whose field 1 names the messages in order. Messages of an earlier state
(before a summary, or taken back) are told at their place, where they were written.
"""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from passdown.agentstores.base import Listed, directory, encoded, parsed
from passdown.agentstores.sqlite import Schema, has_tables, reading
from passdown.errors import NoSuchSession

AGENT = "Cursor CLI"
SCHEMA: Schema = {"blobs": ("id", "data"), "meta": ("key", "value")}
WORKSPACE = re.compile(rb"Workspace Path: ((?:[^\\\n\"]|\\\\)+)")
ADDRESS = re.compile(rb"file://[\x21-\x7e\x80-\xff]+")
ID_BYTES = 32


def holds(path: Path) -> bool:
    return has_tables(path, "blobs", "meta")


def sessions(path: Path, only: str = "") -> list[Listed]:
    with reading(path, AGENT, SCHEMA) as db:
        facts = _facts(db, path)
        if only and only != facts["id"]:
            return []
        count = db.execute("SELECT count(*) FROM blobs").fetchone()[0]
        return [Listed(facts["id"], _cwd(db, facts), count, _written(path))]


def tell(path: Path, session: str) -> Iterator[bytes]:
    with reading(path, AGENT, SCHEMA) as db:
        facts = _facts(db, path)
        if facts["id"] != session:
            raise NoSuchSession(path=path, session=session)
        yield encoded("session", facts | {"cwd": _cwd(db, facts)})
        places = {id_: n for n, id_ in enumerate(_named(_blob(db, facts["root"])))}
        rows = db.execute("SELECT rowid, id, substr(data, 1, 1) = X'7B' FROM blobs ORDER BY rowid").fetchall()
        messages = [(row, id_) for row, id_, is_json in rows if is_json]
        for id_ in _in_order(messages, places):
            message = parsed(_blob(db, id_))
            yield encoded("message", message if isinstance(message, dict) else {"data": str(message)})
        for _, id_, is_json in rows:
            if not is_json:
                yield encoded("state", {"id": id_})
        yield encoded("written", {"at": _written(path) // 10**6})


def _written(path: Path) -> int:
    """When the database was last written, in nanoseconds: messages have no time of their own."""
    return max(p.stat().st_mtime_ns for p in (path, path.with_name(path.name + "-wal")) if p.exists())


def _facts(db: sqlite3.Connection, path: Path) -> dict[str, Any]:
    """What `meta` says, under names of our own; where it cannot be read, the folder names the session."""
    row = db.execute("SELECT value FROM meta WHERE key = '0'").fetchone()
    text = str(row[0]) if row else ""
    meta = parsed(bytes.fromhex(text)) if re.fullmatch(r"(?:[0-9a-fA-F]{2})+", text) else parsed(text)
    meta = meta if isinstance(meta, dict) else {}
    words = {name: str(meta.get(key) or "") for name, key in (("id", "agentId"), ("title", "name"), ("model", "lastUsedModel"), ("root", "latestRootBlobId"))}
    return words | {"id": words["id"] or path.parent.name, "created": meta.get("createdAt")}


def _blob(db: sqlite3.Connection, id_: str) -> bytes:
    row = db.execute("SELECT data FROM blobs WHERE id = ?", (id_,)).fetchone()
    return row[0].encode() if row and isinstance(row[0], str) else bytes(row[0] or b"") if row else b""


def _cwd(db: sqlite3.Connection, facts: dict[str, Any]) -> str:
    """The workspace that the state names, else the one that the first messages tell the model."""
    address = ADDRESS.search(_blob(db, facts["root"]))
    if address:
        return directory(address[0].decode("utf-8", "replace"))
    for (data,) in db.execute("SELECT data FROM blobs WHERE substr(data, 1, 1) = X'7B' ORDER BY rowid LIMIT 20"):
        told = WORKSPACE.search(data.encode() if isinstance(data, str) else bytes(data))
        if told:
            return told[1].replace(b"\\\\", b"\\").decode("utf-8", "replace").strip()
    return ""


def _named(state: bytes) -> Iterator[str]:
    """Ids that field 1 of a protocol buffer names, up to where it cannot be read any more."""
    at = 0
    while at < len(state):
        tag, at = _varint(state, at)
        if tag & 7 != 2:
            if tag & 7 or not tag:
                return
            _, at = _varint(state, at)
            continue
        size, at = _varint(state, at)
        if tag >> 3 == 1 and size == ID_BYTES:
            yield state[at:at + size].hex()
        at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 64:
        byte = data[at]
        value, at, shift = value | (byte & 0x7F) << shift, at + 1, shift + 7
        if byte < 0x80:
            break
    return value, at


def _in_order(messages: list[tuple[int, str]], places: dict[str, int]) -> Iterator[str]:
    """Messages of the newest state in its order; the others before the first of these that was written after them."""
    live = sorted((m for m in messages if m[1] in places), key=lambda m: places[m[1]])
    others = [m for m in messages if m[1] not in places]
    told = 0
    for row, id_ in live:
        while told < len(others) and others[told][0] < row:
            yield others[told][1]
            told += 1
        yield id_
    yield from (id_ for _, id_ in others[told:])


__all__ = ["AGENT", "holds", "sessions", "tell"]
