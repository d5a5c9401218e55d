"""Sessions that were compacted by a host which then fires nothing: their next prompt brings the briefing again. An empty file a session."""

import os

from passdown.hooks import disk

FOLDER = os.path.join("hooks", "compacted")


def note(private: str, session: str) -> None:
    if session:
        disk.make(_path(private, session), "")


def pay(private: str, session: str) -> bool:
    """Whether it is for this process to say it: of two hooks at once, one."""
    return bool(session) and disk.remove(_path(private, session))


def _path(private: str, session: str) -> str:
    return os.path.join(private, FOLDER, disk.safe(session))


__all__ = ["FOLDER", "note", "pay"]
