"""What is derived from kept events: the session's file and the records extracted from it. Written whole, made again at will."""

import json
from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from passdown import files, githistory, gitrepo
from passdown.actions.facts import seen_at, seen_in
from passdown.actions.repository import Repository
from passdown.briefing.times import moment
from passdown.errors import PassdownError
from passdown.extract.anchors import symbols
from passdown.formats import session_file
from passdown.model.anchor import Anchor
from passdown.model.json_values import BROKEN_JSON
from passdown.model.record import Record
from passdown.model.session import Session
from passdown.model.text import printable
from passdown.project import Project
from passdown.redaction.scan import redact
from passdown.store.boundary import printed
from passdown.store.sessions import facts_files

TRUNKS = ("", "main", "master", "trunk", "develop", "dev")
AT_THE_END_S = 3_600
UNCOMMITTED = 50
FORMAT = "passdown-derived/1"


def write_derived(project: Project, facts: Session, records: Sequence[Record]) -> None:
    """Both files of one session. Not fsynced: a function of the kept events is not worth a wait."""
    facts = replace(facts, title=printable(facts.title), goal=printable(facts.goal))
    facts = with_git(project, with_history(project, replace(facts, thread=facts.thread or thread_of(facts))))
    before = {r.id: r for r in kept(project, facts.id)}
    look = Look(project, facts)
    try:
        anchored = [with_anchors_seen(look, replace(printed(r), agent=facts.agent, thread=facts.thread), before.get(r.id)) for r in records]
        write_session(project, replace(facts, files=tuple(replace(f, seen=look.at(Anchor(f.path)).seen) for f in facts.files)))
    finally:
        look.close()
    files.write(project.layout.derived(facts.id), redact(lines(anchored)), durable=False)


class Look:
    """What was at a place when the session ended: of one that is captured late, as the last commit of then has it, else as the work tree is now.

    What the session changed itself was committed after it, if at all: of that only the work tree tells.
    """

    def __init__(self, project: Project, facts: Session) -> None:
        self._root, self._own = project.root, frozenset(f.path for f in facts.files if f.edits or f.created or f.deleted)
        self._repository = Repository(project)
        self._then = "" if at_its_end(project, facts) else self._repository.at(facts.ended)

    def at(self, anchor: Anchor, symbols: Sequence[str] = ()) -> Anchor:
        data = self._repository.blob(f"{self._then}:{anchor.path}") if self._then and anchor.path not in self._own else None
        if data is not None:
            return seen_in(data, anchor, symbols=symbols, commit=self._then)
        return seen_at(self._root, anchor, symbols=symbols, commit=self._repository.head)

    def close(self) -> None:
        self._repository.close()


def write_session(project: Project, facts: Session) -> None:
    """One file a session: an older one of another name (the title became known later) goes."""
    path = project.layout.session(facts.started, facts.title or facts.goal, facts.id)
    for older in facts_files(path.parent, facts.id):
        if older != path:
            files.remove(older, durable=False)
    files.write(path, redact(session_file.render(facts)), durable=False)


def lines(records: Iterable[Record]) -> str:
    """A header line, then one JSON object a record, with the names of its fields."""
    rows = [json.dumps({"format": FORMAT})]
    rows += [json.dumps(msgspec.to_builtins(r), ensure_ascii=False, separators=(",", ":")) for r in records]
    return "\n".join(rows) + "\n"


def thread_of(facts: Session) -> str:
    """The piece of work that a session belongs to: its branch, where that is one of a piece of work."""
    return "" if facts.branch in TRUNKS else facts.branch


def at_its_end(project: Project, facts: Session) -> bool:
    """Whether the session ended just now, so that what is there now is what it left."""
    ended, now = moment(facts.ended), project.clock.time()
    return ended is not None and 0 <= (now - ended).total_seconds() < AT_THE_END_S


def with_git(project: Project, facts: Session) -> Session:
    """The session with the state of the repository at its end, if that is the state of now."""
    if not project.place or not project.place.root or not at_its_end(project, facts):
        return facts
    try:
        dirty = tuple(c.path for c in gitrepo.changes(project.place))[:UNCOMMITTED]
    except PassdownError:
        return facts  # git refuses or is not there: the rest of the facts is worth keeping
    return replace(facts, end_head=project.head().commit, uncommitted=dirty)


def with_history(project: Project, facts: Session) -> Session:
    """The session with which of its commits and branches the repository has, or had at an earlier capture."""
    branches = dict.fromkeys(filter(None, (facts.branch, *facts.branches)))
    if not project.place or not (branches or facts.commits):
        return facts
    try:
        shas = set(githistory.known(project.place, [c.sha for c in facts.commits if c.sha]))
        tips = {name.split("/", 2 if name.startswith("refs/heads/") else 3)[-1] for name in githistory.branches(project.place)} if branches else set()
    except PassdownError:
        shas, tips = set(), set()
    before = earlier(project, facts)
    shas, tips = shas | {c.sha for c in before.commits if c.known}, tips | set(before.refs)
    return replace(facts, commits=tuple(replace(c, known=c.sha in shas) for c in facts.commits), refs=tuple(name for name in branches if name in tips))


def earlier(project: Project, facts: Session) -> Session:
    """The session as an earlier capture wrote it; an empty one where there was none, or its file does not read."""
    try:
        for path in facts_files(project.layout.session(facts.started, "", facts.id).parent, facts.id):
            return session_file.parse((files.read(path) or b"").decode("utf-8", "surrogateescape"))
    except PassdownError:
        pass
    return Session(facts.id, facts.agent)


def with_anchors_seen(look: Look, record: Record, before: Record | None) -> Record:
    """The record with what is at the places that it names: as an earlier capture saw them, else as they are found now."""
    seen = {(a.path, a.first, a.last): a for a in (before.anchors if before else ()) if a.seen or a.commit}
    named = symbols(record.text)
    return replace(record, anchors=tuple(seen.get((a.path, a.first, a.last)) or look.at(a, named) for a in record.anchors))


def kept(project: Project, session: str) -> Iterable[Record]:
    """Records of a session as they were derived before; none where that cannot be read: it is made again."""
    try:
        rows = (files.read(project.layout.derived(session)) or b"").splitlines()[1:]
        return [msgspec.convert(json.loads(row), Record) for row in rows if row.strip()]
    except (ValueError, *BROKEN_JSON, PassdownError):
        return []


__all__ = ["FORMAT", "write_derived"]
