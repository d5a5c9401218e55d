"""Cursor IDE: `<User>/globalStorage/state.vscdb`, all conversations of all projects in the key-value table of one SQLite database.

Source: descriptions of Cursor 0.50 to 3.20 (2025-06 to 2026-09) in public readers, seen 2026-11. `composerData:<session>` is the conversation, with the
order of its messages; `bubbleId:<session>:<message>` is one message; the oldest form holds the messages itself. Which project it belongs to stands in the
conversation (3.12 and later), or in the database of the workspace, `<User>/workspaceStorage/<id>/state.vscdb`, whose `workspace.json` names the folder.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from passdown.agentstores.base import Listed, directory, encoded, nanoseconds, parsed
from passdown.agentstores.sqlite import Schema, has_tables, reading
from passdown.errors import DatabaseBusy, NoSuchSession, UnknownSchema, UnreadableFile

AGENT = "Cursor"
SCHEMA: Schema = {"cursorDiskKV": ("key", "value")}
WORKSPACE_SCHEMA: Schema = {"ItemTable": ("key", "value")}
CONVERSATION, MESSAGE = "composerData:", "bubbleId:"
LISTED = """SELECT substr(key, 14), length(value),
  CASE WHEN json_valid(value) THEN coalesce(json_extract(value, '$.lastUpdatedAt'), json_extract(value, '$.createdAt')) END,
  CASE WHEN json_valid(value)
    THEN coalesce(json_extract(value, '$.workspaceIdentifier.uri.fsPath'), json_extract(value, '$.workspaceIdentifier.uri.path')) END
  FROM cursorDiskKV WHERE key >= 'composerData:' AND key < 'composerData;' AND value IS NOT NULL"""
COUNT = "SELECT count(*), 0 FROM cursorDiskKV WHERE key >= ? AND key < ?"  # answered by the index of keys alone
SIZES = "SELECT count(*), coalesce(sum(length(value)), 0) FROM cursorDiskKV WHERE key >= ? AND key < ?"
VALUES = "SELECT key, value FROM cursorDiskKV WHERE key >= ? AND key < ? ORDER BY key"
FACTS = ("name", "createdAt", "lastUpdatedAt", "createdOnBranch", "status", "isAgentic")
TOLD = ("bubbleId", "type", "text", "thinking", "toolFormerData", "createdAt", "timingInfo", "modelInfo", "tokenCount", "images", "errorDetails",
        "capabilityType", "isSummary", "summary")


def holds(path: Path) -> bool:
    return path.name == "state.vscdb" and has_tables(path, "cursorDiskKV")


def sessions(path: Path, only: str = "") -> list[Listed]:
    with reading(path, AGENT, SCHEMA) as db:
        rows = db.execute(f"{LISTED} AND key = ?", (CONVERSATION + only,)).fetchall() if only else db.execute(LISTED).fetchall()
        found = [(id_, size, newest, directory(folder), *db.execute(SIZES if only else COUNT, _messages(id_)).fetchone()) for id_, size, newest, folder in rows]
    homes = _homes(path) if any(not folder for _, _, _, folder, *_ in found) else {}
    return [Listed(id_, folder or homes.get(id_, ""), size + said, nanoseconds(newest) + count)
            for id_, size, newest, folder, count, said in found if count or size > 1_000 or only]


def _messages(session: str) -> tuple[str, str]:
    return f"{MESSAGE}{session}:", f"{MESSAGE}{session};"


def tell(path: Path, session: str) -> Iterator[bytes]:
    cwd = next((one.cwd for one in sessions(path, session)), "")
    with reading(path, AGENT, SCHEMA) as db:
        row = db.execute("SELECT value FROM cursorDiskKV WHERE key = ?", (CONVERSATION + session,)).fetchone()
        if row is None or row[0] is None:
            raise NoSuchSession(path=path, session=session)
        composer = parsed(row[0])
        if not isinstance(composer, dict):
            yield encoded("session", {"id": session, "cwd": cwd})
            yield encoded("bubble", {"data": str(composer)})
            composer = {}
        else:
            yield encoded("session", {"id": session, "cwd": cwd, "model": _model(composer)} | {k: composer[k] for k in FACTS if k in composer})
        yield from _bubbles(db, session, composer)


def _model(composer: Mapping[str, Any]) -> str:
    config = composer.get("modelConfig")
    return str(config.get("modelName") or "") if isinstance(config, dict) else ""


def _bubbles(db: sqlite3.Connection, session: str, composer: Mapping[str, Any]) -> Iterator[bytes]:
    """Messages in the conversation's order; behind them those that it does not name any more."""
    order = [str(h["bubbleId"]) for h in _objects(composer.get("fullConversationHeadersOnly")) if "bubbleId" in h]
    stored = {key.rsplit(":", 1)[-1]: value for key, value in db.execute(VALUES, _messages(session)).fetchall()}
    writing = composer.get("generatingBubbleIds") if isinstance(composer.get("generatingBubbleIds"), list) else []
    tools = _early_tools(composer)
    for bubble in _objects(composer.get("conversation")):
        if bubble.get("bubbleId") not in stored:
            yield _told(bubble, tools)
    for id_ in order:
        if id_ in stored:
            bubble = parsed(stored.pop(id_))
            yield _told(bubble, tools, **({"open": True} if writing and id_ in writing else {}))
    for id_ in stored:
        yield encoded("taken-back", {"bubbleId": id_})


def _told(bubble: Any, tools: Mapping[str, Any], **more: bool) -> bytes:
    if not isinstance(bubble, dict):
        return encoded("bubble", {"data": str(bubble)})
    said = {k: bubble[k] for k in TOLD if k in bubble}
    if "toolFormerData" not in said and (tool := tools.get(str(bubble.get("bubbleId")))):
        said["toolFormerData"] = tool
    if isinstance(said.get("images"), list):
        said["images"] = len(said["images"])
    return encoded("bubble", said | more)


def _early_tools(composer: Mapping[str, Any]) -> dict[str, Any]:
    """What tools did, by message, where the form before version 3 keeps it."""
    found: dict[str, Any] = {}
    for capability in _objects(composer.get("capabilities")):
        data = capability.get("data")
        by_bubble = data.get("bubbleDataMap") if isinstance(data, dict) else None
        by_bubble = parsed(by_bubble)
        found |= by_bubble if isinstance(by_bubble, dict) else {}
    return found


def _homes(path: Path) -> dict[str, str]:
    """Folder by conversation, as the databases of the workspaces beside this one tell it; those that cannot be read just now tell nothing."""
    found: dict[str, str] = {}
    for note in sorted(path.parent.parent.glob("workspaceStorage/*/workspace.json")):
        try:
            named = parsed(note.read_bytes())
            folder = directory(named.get("folder")) if isinstance(named, dict) else ""
            if folder:
                found |= dict.fromkeys(_listed_in(note.with_name("state.vscdb")), folder)
        except (OSError, DatabaseBusy, UnknownSchema, UnreadableFile):
            continue
    return found


def _listed_in(path: Path) -> list[str]:
    with reading(path, AGENT, WORKSPACE_SCHEMA) as db:
        row = db.execute("SELECT value FROM ItemTable WHERE key = 'composer.composerData'").fetchone()
    said = parsed(row[0]) if row else None
    if not isinstance(said, dict):
        return []
    selected = said.get("selectedComposerIds")
    return [str(c["composerId"]) for c in _objects(said.get("allComposers")) if "composerId" in c] + [
        s for s in (selected if isinstance(selected, list) else []) if isinstance(s, str)]


def _objects(value: Any) -> list[dict[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


__all__ = ["AGENT", "holds", "sessions", "tell"]
