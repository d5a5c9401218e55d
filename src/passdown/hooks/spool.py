"""Pointers to transcripts that have something new: a file each, written by hooks, read and removed by `passdown capture --spooled`.

A pointer never holds what was said, only where it stands. Names begin with the time, so that they sort by age and two writers never meet.
"""

import os
import time

from passdown.hooks import disk
from passdown.hooks.place import line

FOLDER = "inbox-hooks"
MOST = 500  # when no capture takes them away, more pointers would say nothing new: there are only so many transcripts


class Pointer:
    """transcript, cwd: absolute paths. host, event, session: as the hook was told. name: of its file. time: seconds since 1970 at which it was made."""

    def __init__(self, transcript: str, cwd: str, host: str, event: str, session: str, name: str = "") -> None:
        self.transcript, self.cwd, self.host, self.event, self.session, self.name = transcript, cwd, host, event, session, name

    @property
    def time(self) -> float:
        stamp = self.name.partition("-")[0]
        return int(stamp) / 1e9 if stamp.isdecimal() else 0.0


def put(private: str, pointer: Pointer) -> bool:
    """False where it cannot be written, or where there are more than enough."""
    fields = (pointer.transcript, pointer.cwd, pointer.host, pointer.event, pointer.session)
    folder = os.path.join(private, FOLDER)
    if not pointer.transcript or any(c in field for field in fields for c in "\t\n\r") or len(disk.listed(folder)) > MOST:
        return False
    return disk.replace(os.path.join(folder, f"{time.time_ns()}-{os.getpid()}"), "\t".join(fields) + "\n")


def waiting(private: str) -> list[Pointer]:
    """All pointers, the oldest first; one that does not read has no transcript."""
    folder = os.path.join(private, FOLDER)
    found = []
    for name in disk.listed(folder):
        fields = line(os.path.join(folder, name)).split("\t")
        transcript, cwd, host, event, session = (*fields, "", "", "", "")[:5]
        found.append(Pointer(transcript, cwd, host, event, session, name))
    return found


def drop(private: str, pointer: Pointer) -> None:
    disk.remove(os.path.join(private, FOLDER, pointer.name))


__all__ = ["FOLDER", "Pointer", "drop", "put", "waiting"]
