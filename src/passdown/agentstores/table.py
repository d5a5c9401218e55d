"""The stores, and a source's name: a file, or `<store>#<session>`."""

import io
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import IO, cast

from passdown.agentstores.base import MARK, Listed, Store
from passdown.errors import NoSuchSession

MODULES = ("opencode", "cursor_ide", "cursor_cli", "cline", "entire")
TASK_FILES = ("ui_messages.json", "api_conversation_history.json")
CHECKPOINTS = ("entire", "checkpoints", "v1")
ENDINGS = (".db", ".vscdb", ".sqlite", ".sqlite3")


def stores() -> Iterator[Store]:
    for name in MODULES:
        yield cast(Store, import_module(f"passdown.agentstores.{name}"))


def store_of(path: Path) -> Store | None:
    """The store that `path` is, None when it is an ordinary file, or nothing."""
    if path.suffix not in ENDINGS and path.name not in TASK_FILES and path.parts[-3:] != CHECKPOINTS:
        return None
    return next((store for store in stores() if store.holds(path)), None)


def split(source: Path) -> tuple[Path, str]:
    """(the store, the session) of a source's name; ("" as session) for a path without one."""
    text = str(source)
    path, mark, session = text.rpartition(MARK)
    if not mark or not path or "/" in session or source.exists():
        return source, ""
    return Path(path), session


def named(path: Path, session: str) -> Path:
    return Path(f"{path}{MARK}{session}")


def listed(source: Path) -> Listed | None:
    """What its store says of a source's session; None when the source is an ordinary file. Raises as `Store.sessions` does, and `NoSuchSession`."""
    path, session = split(source)
    store = store_of(path) if session else None
    if store is None:
        return None
    found = store.sessions(path, session)
    if not found:
        raise NoSuchSession(path=path, session=session)
    return found[0]


def opened(source: Path) -> IO[bytes] | None:
    """One session's rows as a file of JSON lines, in memory; None when the source is an ordinary file. Raises as `Store.tell` does."""
    path, session = split(source)
    store = store_of(path) if session else None
    if store is None:
        return None
    told = io.BytesIO()
    for row in store.tell(path, session):
        told.write(row + b"\n")
    told.seek(0)
    return told


def inside(path: Path) -> list[tuple[Path, Listed]] | None:
    """All sessions of a store, with their names as sources; None when `path` is none. Raises as `Store.sessions` does."""
    store = store_of(path)
    return None if store is None else [(named(path, one.id), one) for one in store.sessions(path)]


__all__ = ["CHECKPOINTS", "inside", "listed", "named", "opened", "split", "store_of", "stores"]
