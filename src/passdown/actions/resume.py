"""`resume`: the briefing for the next session, from the index and the repository as they are now."""

from pathlib import PurePosixPath

from msgspec.structs import replace

from passdown import gitrepo
from passdown.actions.facts import standings
from passdown.actions.health import health
from passdown.actions.refresh import opened
from passdown.briefing import heat
from passdown.briefing.render import brief
from passdown.briefing.select import FILES_SAID
from passdown.briefing.situation import Situation
from passdown.briefing.tokens import estimate
from passdown.errors import GitFailed
from passdown.index import Index
from passdown.model.anchor import Anchor
from passdown.model.briefing import Briefing, Request
from passdown.model.record import Record
from passdown.model.session import Session
from passdown.project import Project
from passdown.redaction.scan import redact

SESSIONS = 30  # looked at; see `heat.FILE_DECAY`
RECORDS = 200  # newest active ones looked at beside those that answer the task
ANSWERS = 60


def resume(project: Project, request: Request) -> Briefing:
    """The briefing. Raises `NotInitialised`, `RepositoryRefused`."""
    request = replace(request, now=project.clock.iso())
    with opened(project) as index:
        situation = situation_of(project, index, request)
    text, included, dropped = brief(situation, request)
    safe = redact(text)
    return Briefing(safe, estimate(safe), included, dropped)


def situation_of(project: Project, index: Index, request: Request) -> Situation:
    """What is known and how it stands. Sessions that ended after now (a clock that was set back) still count."""
    sessions = tuple(index.sessions(SESSIONS))
    records = records_for(index, request)
    head = project.head()
    after = sessions[0].ended if sessions else ""
    commits, uncommitted = repository(project, after)
    return Situation(
        now=request.now, project=project.name, branch=head.branch, commit=head.commit, commits=len(commits),
        commit_subjects=tuple(c.subject for c in commits), uncommitted=uncommitted, sessions=sessions, records=records,
        standing=standings(project, places(sessions, records), request.now), health=health(project))


def records_for(index: Index, request: Request) -> tuple[Record, ...]:
    """Active records: what answers the task first, then the newest."""
    newest = index.records(limit=RECORDS)
    if not request.task:
        return tuple(newest)
    answers = [h.record for h in index.search(request.task, ANSWERS) if h.record and h.record.status == "active"]
    first = {r.id for r in answers}
    return (*answers, *(r for r in newest if r.id not in first))


def repository(project: Project, after: str) -> tuple[tuple[gitrepo.Commit, ...], tuple[tuple[str, str], ...]]:
    """Commits since the last session and uncommitted paths; nothing where there is no work tree."""
    if not project.place or not project.place.root:
        return (), ()
    try:
        changed = tuple((c.path, c.state) for c in gitrepo.changes(project.place))
        return (gitrepo.commits(project.place, after) if after else ()), changed
    except GitFailed:
        return (), ()  # git is not installed or is broken: the briefing is still worth having


def places(sessions: tuple[Session, ...], records: tuple[Record, ...]) -> list[Anchor]:
    """Every place that the briefing might name."""
    hot = [Anchor(f.path, seen=f.fact.seen) for f in heat.files(sessions)[:FILES_SAID]]
    return hot + [a for r in records[:RECORDS] for a in r.anchors if PurePosixPath(a.path).parts]


__all__ = ["resume"]
