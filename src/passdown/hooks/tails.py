"""What of the known transcripts was not captured yet, and what was said to be missing when a session started."""

import os

from passdown.hooks import disk, spool
from passdown.hooks.place import line
from passdown.model.count import count

KNOWN = os.path.join("cache", "transcripts.tsv")  # size when captured, the error or "", path: one a line, the latest first; written by every capture
LATE = os.path.join("hooks", "late")
JUST_BEFORE_S = 2.0  # a capture may have ended between the last look and the note
MAX_WAIT_BYTES = 2 << 20  # of uncaptured text: a session's start waits for so much


def rows(private: str) -> dict[str, tuple[int, str]]:
    """Of each known transcript the size it had when it was captured, and the code of the error that kept it from being read, else ""."""
    parts = (row.split("\t", 2) for row in line(os.path.join(private, KNOWN)).split("\n"))
    return {part[2]: (size, part[1]) for part in parts if len(part) == 3 and (size := count(part[0])) is not None}


def missing(private: str, own: str = "") -> dict[str, int]:
    """Bytes not captured of each transcript that has some: known ones, those that a hook has pointed at, and `own`."""
    captured = {path: size for path, (size, _) in rows(private).items()}
    paths = dict.fromkeys((*captured, *(p.transcript for p in spool.waiting(private) if p.transcript), *([own] if own else ())))
    return {path: tail for path in paths if (tail := _tail(path, captured.get(path, 0)))}


def _tail(path: str, captured: int) -> int:
    """A transcript that became shorter was written anew, and is read as a whole."""
    try:
        size = os.stat(path).st_size
    except (OSError, ValueError):
        return 0
    return size - captured if size >= captured else size


def owe(private: str, session: str, paths: list[str]) -> bool:
    """Note that this session was told of something missing: its next prompt brings it."""
    return bool(session) and disk.replace(_owed(private, session), "\n".join(paths) + "\n")


class Owed:
    """paths: transcripts that were missing at the start of a session. since: when that was, in seconds since 1970, with a little before it."""

    def __init__(self, paths: list[str], since: float) -> None:
        self.paths, self.since = paths, since


def owed(private: str, session: str) -> Owed | None:
    """What was missing at the start of this session; None when it was told everything."""
    words = line(_owed(private, session)) if session else ""
    try:
        return Owed(words.split("\n"), os.stat(_owed(private, session)).st_mtime - JUST_BEFORE_S) if words else None
    except OSError:
        return None


def pay(private: str, session: str) -> bool:
    """Whether it is for this process to say it: of two hooks at once, one."""
    return disk.remove(_owed(private, session))


def _owed(private: str, session: str) -> str:
    return os.path.join(private, LATE, disk.safe(session))


__all__ = ["KNOWN", "LATE", "MAX_WAIT_BYTES", "Owed", "missing", "owe", "owed", "pay", "rows"]
