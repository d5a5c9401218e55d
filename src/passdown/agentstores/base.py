"""The contract of a store."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

import msgspec

from passdown.model.json_values import BROKEN_JSON
from passdown.transcripts.stream import HALF_A_PAIR

LATEST_MS = 9_000_000_000_000  # in the year 2255: as nanoseconds it still fits into 63 bits
MARK = "#"  # between a store's path and the session in it
WSL_MOUNT = re.compile(r"/mnt/([a-z])(/.*)?$")
REMOTE = re.compile(r"vscode-remote://[^/]+(/.*)$")


class Listed(msgspec.Struct, frozen=True):
    """One session of a store. id: the agent's own. cwd: where it ran, "" when the store does not say. size, mtime_ns: differ when it changed."""

    id: str
    cwd: str = ""
    size: int = 0
    mtime_ns: int = 0


class Store(Protocol):
    """What a module of this folder provides."""

    @property
    def AGENT(self) -> str:
        """The agent's name for people, in messages."""
        ...

    def holds(self, path: Path) -> bool:
        """Whether `path` is such a store, by its content; False when there is nothing there. Raises nothing."""
        ...

    def sessions(self, path: Path, only: str = "") -> list[Listed]:
        """The sessions in it, or just that one, in an order of the store's own. Raises `DatabaseBusy`, `UnknownSchema`, `UnreadableFile`."""
        ...

    def tell(self, path: Path, session: str) -> Iterable[bytes]:
        """One session as JSON values, one a line, without line ends, in order. Raises as `sessions` does, and `NoSuchSession`."""
        ...


def encoded(kind: str, row: Mapping[str, Any]) -> bytes:
    """One line: `{"<kind>": row}`."""
    return msgspec.json.encode({kind: row})


def nanoseconds(milliseconds: Any) -> int:
    """Of a time since 1970 out of a database, where any column may hold anything: 0 for what is no such time."""
    return int(milliseconds) * 1_000_000 if isinstance(milliseconds, int | float) and 0 <= milliseconds < LATEST_MS else 0


def parsed(text: Any) -> Any:
    """The value of JSON text; the text itself when it is none, so that the reader counts the row as unreadable.

    Agents cut texts in the middle of an emoji: half a surrogate pair becomes U+FFFD.
    """
    if not isinstance(text, str | bytes):
        return text
    raw = text.encode("utf-8", "replace") if isinstance(text, str) else text
    for attempt in (raw, HALF_A_PAIR.sub(rb"\\ufffd", raw)):
        try:
            return msgspec.json.decode(attempt)
        except BROKEN_JSON:
            continue
    return raw.decode("utf-8", "replace")


def directory(place: Any) -> str:
    """A working directory from a path, a `file:` address or a `vscode-remote:` address; "" for anything else.

    `file://wsl.localhost/<distribution>/home/me` is `/home/me`; `file:///c%3A/Users` is `c:/Users`.
    """
    from urllib.parse import unquote

    if not isinstance(place, str):
        return ""
    remote = REMOTE.match(place)
    if remote:
        return unquote(remote[1])
    if not place.startswith("file://"):
        return "" if "://" in place else place
    host, _, path = unquote(place.removeprefix("file://")).partition("/")
    if host in ("wsl.localhost", "wsl$"):
        path = path.partition("/")[2]
    return path if re.match(r"[A-Za-z]:", path) else f"/{path}"


def spellings(root: str) -> tuple[str, ...]:
    """How else a directory is named by an agent on the other side of WSL: `/mnt/c/x` is `C:/x` and the other way round."""
    mounted = WSL_MOUNT.match(root.replace("\\", "/"))
    if mounted:
        return (f"{mounted[1].upper()}:{mounted[2] or '/'}",)
    if re.match(r"[A-Za-z]:[\\/]", root):
        return (f"/mnt/{root[0].lower()}/{root[3:]}".replace("\\", "/").rstrip("/"),)
    return ()


__all__ = ["MARK", "Listed", "Store", "directory", "encoded", "nanoseconds", "parsed", "spellings"]
