"""Cline and Roo Code: one folder a task, `…/globalStorage/<extension>/tasks/<task>/`, whose JSON files are written anew at each change.

Source: the vendors' task storage (Cline `21cb8d2` of 2026-08, Roo Code `cb83656` of 2026), seen 2026-11. Told are the facts of the task, from its
`history_item.json` (Roo), the list of tasks beside it, or the first messages; then what was shown to the user (`ui_messages.json`), a row a message; and
the conversation as the model got it (`api_conversation_history.json`), which says the same again: as rows of their own where the other file is missing.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from passdown.agentstores.base import Listed, directory, encoded, parsed
from passdown.errors import NoSuchSession, UnreadableFile
from passdown.transcripts.base import MAX_DOCUMENT_BYTES

AGENT = "Cline"
SHOWN, SENT = "ui_messages.json", "api_conversation_history.json"
FILES = (SHOWN, SENT)
ROO = "roo"
CWD = re.compile(r"Current (?:Workspace|Working) Directory \(([^()\n]+)\)")


def holds(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return path.name in FILES and stream.read(64).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"[")
    except OSError:
        return False


def sessions(path: Path, only: str = "") -> list[Listed]:
    folder = path.parent
    if only and only != folder.name:
        return []
    known = [at for name in (*FILES, "history_item.json") if (at := _stat(folder / name))]
    return [Listed(folder.name, _facts(folder)["cwd"], sum(size for size, _ in known), max((time for _, time in known), default=0))]


def tell(path: Path, session: str) -> Iterator[bytes]:
    folder = path.parent
    if folder.name != session:
        raise NoSuchSession(path=path, session=session)
    yield encoded("task", _facts(folder))
    shown = _messages(folder / SHOWN)
    if shown is not None:
        yield from (_told("shown", message) for message in shown)
    for message in _messages(folder / SENT) or ():
        yield _told("sent", message) if shown is None else encoded("sent-again", {})


def _told(kind: str, message: Any) -> bytes:
    if not isinstance(message, dict):
        return encoded(kind, {"data": str(message)})
    if isinstance(message.get("images"), list):
        message["images"] = len(message["images"])
    return encoded(kind, message)


def _messages(path: Path) -> list[Any] | None:
    """The messages of one file, None when there is none; what is no list is one message that cannot be read. Raises `UnreadableFile`."""
    if not path.exists():
        return None
    try:
        if path.stat().st_size > MAX_DOCUMENT_BYTES:
            return [f"over {MAX_DOCUMENT_BYTES} bytes"]
        value = parsed(path.read_bytes().removeprefix(b"\xef\xbb\xbf").strip(b"\0"))
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or str(error)) from error
    return value if isinstance(value, list) else [value]


def _facts(folder: Path) -> dict[str, Any]:
    """The task's own note, else its entry in the list of tasks, else what its first messages tell the model."""
    item = _object(folder / "history_item.json") or _entry(folder)
    cwd = next((str(item[k]) for k in ("workspace", "cwdOnTaskInitialization", "shadowGitConfigWorkTree") if isinstance(item.get(k), str) and item[k]), "")
    return {"id": folder.name, "cwd": directory(cwd or _told_cwd(folder)), "title": item.get("task"), "ts": item.get("ts"), "model": item.get("modelId"),
            "parent": item.get("parentTaskId"), "mode": item.get("mode"), "agent": ROO if ROO in folder.parent.parent.name.lower() else "cline"}


def _entry(folder: Path) -> dict[str, Any]:
    """Cline keeps all tasks in one list."""
    path = folder.parent.parent / "state" / "taskHistory.json"
    return _entries(path, _stat(path)).get(folder.name, {})


@lru_cache(maxsize=2)
def _entries(path: Path, _as_of: tuple[int, int] | None) -> dict[str, dict[str, Any]]:
    listed = _read(path)
    return {str(e.get("id")): e for e in listed if isinstance(e, dict)} if isinstance(listed, list) else {}


def _told_cwd(folder: Path) -> str:
    """The directory that the environment's description names, within the first bytes of the conversation."""
    try:
        with (folder / SENT).open("rb") as stream:
            named = CWD.search(stream.read(1 << 20).decode("utf-8", "replace"))
    except OSError:
        return ""
    return named[1].replace("\\\\", "\\") if named else ""


def _object(path: Path) -> dict[str, Any]:
    value = _read(path)
    return value if isinstance(value, dict) else {}


def _read(path: Path) -> Any:
    try:
        return parsed(path.read_bytes()) if path.stat().st_size < MAX_DOCUMENT_BYTES else None
    except OSError:
        return None


def _stat(path: Path) -> tuple[int, int] | None:
    try:
        at = path.stat()
    except OSError:
        return None
    return at.st_size, at.st_mtime_ns


__all__ = ["AGENT", "holds", "sessions", "tell"]
