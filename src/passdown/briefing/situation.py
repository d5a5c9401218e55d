"""All that a briefing is made from: gathered by the action, measured or kept, never guessed."""

from collections.abc import Mapping

import msgspec

from passdown.model.record import Record
from passdown.model.session import Session

Mark = str  # "✔" holds, "~" changed since, "✗" gone, "" not known


class Standing(msgspec.Struct, frozen=True):
    """How an anchored path stands against the repository. `note` says by what it changed, "" when that is not known."""

    mark: Mark = ""
    note: str = ""


class Situation(msgspec.Struct, frozen=True):
    """now: UTC ISO. sessions: newest first. records: active ones, best first. commits: since the last session ended.

    uncommitted: paths with git's two letters. standing: by path. health: what is wrong with capture, a line each.
    """

    now: str
    project: str
    branch: str = ""
    commit: str = ""
    commits: int = 0
    commit_subjects: tuple[str, ...] = ()
    uncommitted: tuple[tuple[str, str], ...] = ()
    sessions: tuple[Session, ...] = ()
    records: tuple[Record, ...] = ()
    standing: Mapping[str, Standing] = msgspec.field(default_factory=dict)
    health: tuple[str, ...] = ()


__all__ = ["Mark", "Situation", "Standing"]
