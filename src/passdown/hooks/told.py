"""What a session was told already: ids of records, a file a session, so that nothing is said twice."""

import os

from passdown.hooks import disk
from passdown.hooks.place import line

FOLDER = os.path.join("hooks", "told")
MOST = 2_000  # ids that are remembered, the latest
AFRESH = ("startup", "clear", "compact")  # after these the session no longer has what it was told before


def so_far(private: str, session: str) -> list[str]:
    """Ids in the order in which they were said."""
    return line(_path(private, session)).split()


def remember(private: str, session: str, ids: list[str], *, afresh: bool = False) -> bool:
    """False where that cannot be kept: then nothing may be said that must not come again."""
    if not session:
        return False
    before = [] if afresh else so_far(private, session)
    return disk.replace(_path(private, session), " ".join([*before, *ids][-MOST:]) + "\n")


def _path(private: str, session: str) -> str:
    return os.path.join(private, FOLDER, disk.safe(session))


__all__ = ["AFRESH", "FOLDER", "remember", "so_far"]
