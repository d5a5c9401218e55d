"""What the summary of a compaction does not mention, as the capture of that compaction left it: a file a session in the private store's cache.

A line of JSON (`format`, and `of`, hash of the summary), then the lines as they are said.
"""

import os

from passdown.hooks import briefing, disk, payload

FORMAT = "passdown-lost/1"
MAX_CHARS = 4_000


def path(private: str, session: str) -> str:
    return os.path.join(private, briefing.FOLDER, f"lost-{disk.safe(session)}.txt")


def load(private: str, session: str, since: float = 0.0) -> str:
    """The lines; "" when nothing was lost, or the session was not compacted. since: ones from before this time, in seconds since 1970, do not count."""
    if not session:
        return ""
    try:
        with open(path(private, session), encoding="utf-8", errors="replace") as file:
            if os.fstat(file.fileno()).st_mtime < since:
                return ""
            head, _, text = file.read(MAX_CHARS).partition("\n")
    except OSError:
        return ""
    return text.rstrip("\n") if payload.parse(head).get("format") == FORMAT else ""


__all__ = ["FORMAT", "load", "path"]
