"""`export --atif`: one captured session as a trajectory, for tools that read sessions of any agent."""

import os
from pathlib import Path

import msgspec

from passdown import files
from passdown.actions.look import show_session
from passdown.errors import UsageError
from passdown.formats.trajectory import trajectory
from passdown.model.text import RedactedText
from passdown.project import Project
from passdown.redaction.scan import redact
from passdown.store import events as event_log
from passdown.store.state import State


def export_session(project: Project, prefix: str, out: Path | None = None) -> RedactedText:
    """The trajectory as JSON text, written to `out` where that is given. prefix: the beginning of the session's id.

    Raises `NotInitialised`, `NoSuchRecord`, `UsageError` when a file is there already, `WriteFailed`.
    """
    session, _ = show_session(project.require(), prefix)
    with State(project.layout.state) as state:
        length = state.kept(session.id).length
    document = trajectory(session, event_log.read(project.layout.events(session.id), length))
    text = redact(msgspec.json.format(msgspec.json.encode(document), indent=1).decode() + "\n")
    if out is not None:
        path = Path(os.path.normpath(project.start / out))
        if path.exists():
            raise UsageError(f"{path} is there already", "Name another place.")
        files.write(path, text, expected=None, mode=files.PRIVATE)
    return text


__all__ = ["export_session"]
