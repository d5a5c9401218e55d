"""All that a briefing is made from: gathered by the action, measured or kept, never guessed."""

from collections.abc import Mapping

import msgspec

from passdown.briefing.away import Away
from passdown.briefing.heat.files import HotFile
from passdown.briefing.heat.recency import ANYWHERE, Bearing
from passdown.loading.reading import Reading
from passdown.model.anchor import Anchor
from passdown.model.record import Record
from passdown.model.session import Session
from passdown.workflows.registry import Row

Mark = str  # "✔" holds, "~" changed since, "✗" gone, "" not known


class Standing(msgspec.Struct, frozen=True):
    """How an anchored path stands against the repository. `note` says by what it changed, "" when that is not known."""

    mark: Mark = ""
    note: str = ""


class Situation(msgspec.Struct, frozen=True):
    """now: UTC ISO. sessions: newest first. records: active ones, best first. commits: since the last session ended.

    bearing: what the coming session is about. answers: ids of the records that answer the task. given: what the agent has read before.
    hot: files by heat, as `heat.files.files` gives them; None when they were not weighed yet. named: paths that the task names.
    roots: absolute directories in which the project lies, or lay when its sessions ran.
    away: what moved during a long break. reading: what the project's own documents have for the task.
    productions: those that the task is about, the open ones first.
    uncommitted: paths with git's two letters. standing: by path. judged: what does not hold of records, by id. health: what is wrong with capture, a line each.
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
    judged: Mapping[str, Standing] = msgspec.field(default_factory=dict)
    health: tuple[str, ...] = ()
    bearing: Bearing = ANYWHERE
    answers: frozenset[str] = frozenset()
    given: tuple[str, ...] = ()
    hot: tuple[HotFile, ...] | None = None
    named: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    away: Away = msgspec.field(default_factory=Away)
    reading: Reading = msgspec.field(default_factory=Reading)
    productions: tuple[Row, ...] = ()


def standing_of(standing: Mapping[str, Standing], anchor: Anchor) -> Standing:
    """How an anchored place stands: places of one name may have been seen at different times, so what was seen counts first."""
    return standing.get(f"{anchor.place} {anchor.seen}") or standing.get(anchor.place) or Standing()


__all__ = ["Mark", "Situation", "Standing", "standing_of"]
