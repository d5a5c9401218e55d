"""Session facts and derived records that are not there, made again from what is kept: a kill or a power loss may have taken them, or a hand."""

import os
from pathlib import Path

from msgspec.structs import replace

from passdown import files
from passdown.actions.capture import roots_of
from passdown.actions.derive import write_derived
from passdown.actions.transcript import taken_up
from passdown.model.session import Reading
from passdown.project import Project
from passdown.store.layout import SUFFIX, file_stem
from passdown.store.state import Cursor, State


def rebuild(project: Project) -> int:
    """Write the files that are missing or empty; returns of how many sessions."""
    with State(project.layout.state) as state:
        if not lacking(project, state):
            return 0
        with files.lock(project.layout.capture_lock):
            missing = lacking(project, state)  # a capture may have been about to write them
            cursors = {c.session: c for c in state.cursors()}
            for session in missing:
                fold, extraction = taken_up(project, state.kept(session), roots_of(project, ()))
                cursor = cursors.get(session, Cursor("", session, ""))
                write_derived(project, replace(fold.facts(), id=session, agent=cursor.agent, reading=counts(cursor)), extraction.records())
        return len(missing)


def lacking(project: Project, state: State) -> list[str]:
    """Sessions of which a file is missing or empty."""
    layout = project.layout
    derived, facts = filled(layout.private / "derived"), filled(layout.private / "sessions")
    ends = {name[at + 1:] for name in facts for at, c in enumerate(name) if c == "-"}  # a name ends in the session's, whatever its title
    return [s for s in state.sessions() if layout.derived(s).name not in derived or file_stem(s) + SUFFIX not in ends]


def filled(folder: Path) -> set[str]:
    """Names of the files that are not empty."""
    try:
        with os.scandir(folder) as entries:
            return {e.name for e in entries if e.stat().st_size}
    except FileNotFoundError:
        return set()


def counts(cursor: Cursor) -> Reading:
    """The account of the rows of a transcript, as its last capture left it."""
    rows = cursor.stream
    return Reading(rows.get("rows", 0), rows.get("evented", 0), dict(rows.get("skipped", {})), rows.get("unreadable", 0))


__all__ = ["rebuild"]
