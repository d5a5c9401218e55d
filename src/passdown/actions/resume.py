"""`resume`: the briefing for the next session, from the index and the repository as they are now."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from msgspec.structs import replace

from passdown import gitrepo
from passdown.actions.clones import clones
from passdown.actions.facts import content, is_there
from passdown.actions.health import health
from passdown.actions.held import held
from passdown.actions.load import reading
from passdown.actions.own_files import own_files
from passdown.actions.refresh import opened
from passdown.briefing.away import Away, short
from passdown.briefing.heat.files import GIVEN, HotFile, files
from passdown.briefing.heat.recency import SESSIONS, Bearing
from passdown.briefing.lines.files import MOST as FILES
from passdown.briefing.render import brief
from passdown.briefing.situation import Situation
from passdown.briefing.tokens import estimate
from passdown.briefing.topics import content as content_of
from passdown.errors import GitFailed
from passdown.index import Index
from passdown.model.anchor import Anchor
from passdown.model.briefing import Briefing, Request
from passdown.model.record import Record
from passdown.model.session import Session, last_work
from passdown.project import Project
from passdown.redaction.scan import redact
from passdown.workflows.registry import Row

RECORDS = 200  # newest active ones looked at beside those that answer the task
JUDGED = 80  # of those whose words are held against the repository, beside the places of all
ANSWERS = 60
NAMED = 4  # paths that a task names
PATH = re.compile(r"(?<![\w@.+-])[\w@.+-]*+(?:[/\\][\w@.+-]++)+|(?<![\w@+-])[\w@+-]++\.[A-Za-z]\w{0,5}\b")
TASK_CHARS = 8_000  # of a task that are looked at
INSTRUCTION_BYTES = 64 * 1024  # of a file


def resume(project: Project, request: Request) -> Briefing:
    """The briefing. Raises `NotInitialised`, `RepositoryRefused`."""
    request = replace(request, now=project.clock.iso())
    with opened(project) as index:
        situation = situation_of(project, index, request)
    text, said, dropped = brief(situation, request)
    safe = redact(text)
    return Briefing(safe, estimate(safe), tuple(s.key for s in said), dropped, said)


def situation_of(project: Project, index: Index, request: Request) -> Situation:
    """What is known and how it stands. Sessions that ended after now (a clock that was set back) still count."""
    sessions = tuple(index.sessions(SESSIONS))
    answers, relevance = answering(index, request.task)
    found = {r.id for r in answers}
    records = (*answers, *(r for r in index.records(limit=RECORDS) if r.id not in found))
    head = project.head()
    bearing = Bearing(head.branch, relevance, content_of(request.task[:TASK_CHARS]))
    own_file = own_files(project)
    hot, named = tuple(f for f in files(sessions, bearing) if not own_file(f.path)), named_by(project, request.task)
    commits, uncommitted = repository(project, sessions[0].ended if sessions else "")
    stands = held(project, [*map(Anchor, named), *places(hot, records)], records[:JUDGED], request.now, sessions=sessions)
    return Situation(
        now=request.now, project=project.name, branch=head.branch, commit=head.commit, commits=len(commits),
        commit_subjects=tuple(c.subject for c in commits), uncommitted=uncommitted, sessions=sessions, records=records,
        standing=stands.places, judged=stands.records, health=health(project), bearing=bearing,
        answers=frozenset(found), given=(*instructions(project), *([request.task] if request.task else [])), hot=hot, named=named,
        roots=clones(project, sessions), away=break_of(project, sessions, records, request.now), reading=reading(project, request.task),
        productions=productions_of(project, request.task))


def answering(index: Index, task: str) -> tuple[list[Record], dict[str, float]]:
    """Active records that answer the task, best first, and how relevant sessions are to it (0 to 1, by id): by rank among the answers."""
    if not task:
        return [], {}
    hits = index.search(task, ANSWERS)
    relevance: dict[str, float] = {}
    for rank, hit in enumerate(hits):
        session = hit.record.session if hit.record else hit.id
        relevance[session] = min(1.0, relevance.get(session, 0.0) + 1 / (2 + rank))
    return [h.record for h in hits if h.record and h.record.status == "active"], relevance


def break_of(project: Project, sessions: Sequence[Session], records: Sequence[Record], now: str) -> Away:
    """What moved since the last session. After a short break nothing is looked at, nor is what looks loaded: that would cost a tenth of the time."""
    last = last_work(sessions)
    if last is None or short(last.ended, project.clock.time()):
        return Away()
    from passdown.actions.away import away

    return away(project, last, sessions, records, now)


def productions_of(project: Project, task: str) -> tuple[Row, ...]:
    """The productions that the task is about. Without a task nothing is looked at, nor loaded."""
    if not task:
        return ()
    from passdown.actions.standing import asked_about

    return asked_about(project, task[:TASK_CHARS])


def instructions(project: Project) -> list[str]:
    """Standing instructions that agents read by themselves."""
    texts = (content(project.root, name) for name in sorted(GIVEN))
    return [data[:INSTRUCTION_BYTES].decode("utf-8", "replace") for data in texts if data]


def repository(project: Project, after: str) -> tuple[tuple[gitrepo.Commit, ...], tuple[tuple[str, str], ...]]:
    """Commits since the last session and uncommitted paths; nothing where there is no work tree."""
    if not project.place or not project.place.root:
        return (), ()
    try:
        changed = tuple((c.path, c.state) for c in gitrepo.changes(project.place))
        return (gitrepo.commits(project.place, after) if after else ()), changed
    except GitFailed:
        return (), ()  # git is not installed or is broken: the briefing is still worth having


def named_by(project: Project, task: str) -> tuple[str, ...]:
    """Paths of the project that a task names and that are there, in its order."""
    found = dict.fromkeys(word.replace("\\", "/").removeprefix("./").rstrip("/.") for word in PATH.findall(task[:TASK_CHARS]))
    return tuple(path for path in found if path and not path.startswith("/") and ".." not in path and is_there(project.root, path))[:NAMED]


def places(hot: Sequence[HotFile], records: Sequence[Record]) -> list[Anchor]:
    """Every place that the briefing might name."""
    return [Anchor(f.path, seen=f.fact.seen) for f in hot[:FILES]] + [a for r in records[:RECORDS] for a in r.anchors if PurePosixPath(a.path).parts]


__all__ = ["resume"]
