"""What is derived from kept events: the session's file and the records extracted from it. Written whole, made again at will."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from passdown import files, gitrepo
from passdown.actions.facts import seen_at
from passdown.briefing.times import moment
from passdown.errors import PassdownError
from passdown.formats import session_file
from passdown.model.anchor import Anchor
from passdown.model.record import Record
from passdown.model.session import FileFact, Session
from passdown.project import Project
from passdown.redaction.scan import redact
from passdown.store.sessions import facts_files

TRUNKS = ("", "main", "master", "trunk", "develop", "dev")
AT_THE_END_S = 3_600
UNCOMMITTED = 50
FORMAT = "passdown-derived/1"


def write_derived(project: Project, facts: Session, records: Sequence[Record]) -> None:
    """Both files of one session. Not fsynced: a function of the kept events is not worth a wait."""
    facts = replace(facts, thread=facts.thread or thread_of(facts))
    anchored = [with_anchors_seen(project.root, replace(r, agent=facts.agent, thread=facts.thread)) for r in records]
    write_session(project, replace(with_git(project, facts), files=tuple(with_seen(project.root, f) for f in facts.files)))
    files.write(project.layout.derived(facts.id), redact(lines(anchored)), durable=False)


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


def with_git(project: Project, facts: Session) -> Session:
    """The session with the state of the repository at its end, if that is the state of now."""
    ended, now = moment(facts.ended), project.clock.time()
    if not project.place or not project.place.root or ended is None or not 0 <= (now - ended).total_seconds() < AT_THE_END_S:
        return facts
    try:
        dirty = tuple(c.path for c in gitrepo.changes(project.place))[:UNCOMMITTED]
    except PassdownError:
        return facts  # git refuses or is not there: the rest of the facts is worth keeping
    return replace(facts, end_head=project.head().commit, uncommitted=dirty)


def with_seen(root: Path, fact: FileFact) -> FileFact:
    """The file with the content hash of what it holds now, so that the next session can be told whether it changed."""
    return replace(fact, seen=seen_at(root, Anchor(fact.path)).seen)


def with_anchors_seen(root: Path, record: Record) -> Record:
    """The record with content hashes of the places it names, as far as they are there now."""
    if all(a.seen for a in record.anchors):
        return record
    return replace(record, anchors=tuple(a if a.seen else seen_at(root, a) for a in record.anchors))


__all__ = ["FORMAT", "write_derived"]
