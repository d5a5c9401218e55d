"""`stats continuity`: each pair of sessions, its figures from the kept events of the later one."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from passdown import files
from passdown.actions.capture import roots_of
from passdown.actions.refresh import opened
from passdown.briefing.heat.recency import SESSIONS, Bearing
from passdown.briefing.render import brief
from passdown.briefing.situation import Situation
from passdown.continuity.course import Course
from passdown.continuity.pair import Pair, active_then, known_then, pairs
from passdown.continuity.picture.page import page
from passdown.continuity.picture.svg import picture
from passdown.continuity.report import Report, of_pair, report
from passdown.errors import UsageError
from passdown.extract.paths import Roots
from passdown.model.briefing import Request
from passdown.model.record import Record
from passdown.model.session import Session
from passdown.project import Project
from passdown.redaction.scan import redact
from passdown.store import events as kept

RECORDS = 200  # newest ones that a replayed briefing looks at, as `resume` does


def continuity(project: Project, *, since: str = "", replayed: int = 0) -> Report:
    """since: UTC ISO; only pairs whose later session began then or after. replayed: tokens of the briefing of
    today's passdown that each is measured as if it had been given; 0 for what was delivered.

    Raises `NotInitialised`.
    """
    found = [of_pair(pair) for pair in all_pairs(project, since=since, replayed=replayed)]
    return report(project.name, project.clock.iso(), found, as_if=bool(replayed))


def all_pairs(project: Project, *, since: str = "", replayed: int = 0) -> Iterator[Pair]:
    """Every pair of the project, by start of the later session; its events are read when it is asked for."""
    with opened(project) as index:
        sessions, records = index.sessions(), index.records(None, None)
    roots = roots_of(project, ())
    for before, after in pairs(sessions):
        if after.started >= since:
            yield one(project, before, after, sessions, records, roots, replayed=replayed)


def one(project: Project, before: Session, after: Session, sessions: Sequence[Session], records: Sequence[Record], roots: Roots, *, replayed: int) -> Pair:
    """sessions: newest first."""
    earlier = [s for s in sessions if s.ended <= after.started and s.id != after.id]
    events = tuple(kept.read(project.layout.events(after.id)))
    as_if = briefing_of_then(project.name, after, earlier, records, replayed) if replayed else None
    return Pair(before, after, earlier, records, Course(events, roots.relative), as_if)


def briefing_of_then(name: str, after: Session, earlier: Sequence[Session], records: Sequence[Record], budget: int) -> str:
    """What a briefing would have said when a session began: of what is known today about the sessions before it, without a look into the repository."""
    held = [r for r in records if known_then(r, after) and active_then(r, after)]
    situation = Situation(after.started, name, after.branch, sessions=tuple(earlier[:SESSIONS]), records=tuple(held[:RECORDS]), bearing=Bearing(after.branch))
    return brief(situation, Request(budget, now=after.started))[0]


def picture_file(project: Project, path: Path) -> Path:
    """Where a picture is to be written, below the current directory or anywhere else; absolute. Raises `UsageError` where no file can be."""
    target = (project.start / path).absolute()
    if target.is_dir():
        raise UsageError(f"{target} is a folder", "Give the name of a file in it.")
    if not target.parent.is_dir():
        raise UsageError(f"there is no folder {target.parent}", "Make it first, or give a file in one that is there.")
    return target


def write_picture(found: Report, target: Path, *, svg: bool) -> None:
    """The report as a picture. Raises `WriteFailed`."""
    files.write(target, redact(picture(found) if svg else page(found)), durable=False)


__all__ = ["all_pairs", "continuity", "picture_file", "write_picture"]
