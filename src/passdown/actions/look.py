"""Verbs that only look: list, show, why, search, sessions."""

from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec

from passdown import files
from passdown.actions.note import PLACE, inside
from passdown.actions.refresh import opened
from passdown.errors import NoSuchRecord, UsageError
from passdown.index import Hit, Index
from passdown.model.event import Event
from passdown.model.record import Record
from passdown.model.session import Session
from passdown.project import Project

QUOTE_CHARS = 1_200
AROUND = 2  # events on each side


def records(project: Project, *, kind: str = "", every: bool = False, session: str = "") -> list[Record]:
    """Active records, or all of them; the last updated first. session: the beginning of its id is enough."""
    with opened(project) as index:
        return index.records(kind or None, None if every else "active", session=whole_id(index, session))


def whole_id(index: Index, session: str) -> str | None:
    """The id of the session whose id begins so, None for ""."""
    facts = index.session(session) if session else None
    return facts.id if facts else session or None


def search(project: Project, query: str, limit: int, *, every: bool = False, kind: str = "") -> list[Hit]:
    with opened(project) as index:
        return index.search(query, limit, inactive=every, kind=kind or None)


def show(project: Project, prefix: str) -> tuple[Record, list[tuple[str, str]]]:
    """A record, and its evidence: (where, what was said there)."""
    with opened(project) as index:
        record = index.get(prefix)
    return record, list(evidence(project, record))


def evidence(project: Project, record: Record) -> Iterator[tuple[str, str]]:
    """The kept events that a record quotes; none where they are not kept any more."""
    if not record.evidence:
        return
    from passdown.store import events  # msgspec: only where there is evidence to show

    for one in record.evidence:
        for event in events.read(project.layout.events(one.session)):
            if event.n == one.event:
                yield told(event, one.session)
                break


def show_session(project: Project, prefix: str) -> tuple[Session, str]:
    """A session, and its file as it is kept. Raises `NoSuchRecord`."""
    with opened(project) as index:
        facts = index.session(prefix)
    if facts is None:
        raise NoSuchRecord(id=prefix)
    path = project.layout.session(facts.started, facts.title or facts.goal, facts.id)
    return facts, (files.read(path) or b"").decode("utf-8", "replace")


def around(project: Project, session: str, number: int) -> list[tuple[str, str]]:
    """(where, what was said) of an event and of those beside it that hold words. Raises `UsageError` for a number behind the last event."""
    from passdown.store import events

    said = [(e.n, *told(e, session)) for e in events.read(project.layout.events(session))]
    if said and number > (last := max(n for n, *_ in said)):
        raise UsageError(f"session {session} has no event {number}", f"Its last one is {last}.")
    said = [one for one in said if one[2].strip()]  # not what was only counted
    at = next((i for i, one in enumerate(said) if one[0] >= number), len(said))
    return [(where, words) for _, where, words in said[max(0, at - AROUND):at + AROUND + 1]]


def told(event: Event, session: str) -> tuple[str, str]:
    """Where an event stands and its words: prose, command or output."""
    return f"{type(event).__name__.lower()} {event.n} of session {session}, {event.at}", words_of(event)[:QUOTE_CHARS]


def words_of(event: Event) -> str:
    return next((w for name in ("text", "about", "command", "output") if (w := getattr(event, name, "")) and isinstance(w, str)), "")


class Known(msgspec.Struct, frozen=True):
    """What is known about a place: the records that rest on it or name it, and the sessions that changed it, newest first."""

    path: str
    line: int
    records: list[Record]
    sessions: list[Session]


def why(project: Project, place: str) -> Known:
    """What is known about `path` or `path:12`."""
    match = PLACE.fullmatch(place.strip())
    path = inside(project, match["path"] if match else place)
    line = int(match["first"] or 0) if match else 0
    with opened(project) as index:
        return Known(PurePosixPath(path).as_posix(), line, index.by_path(path, line), index.sessions_on(path))


def sessions(project: Project, limit: int = -1) -> list[Session]:
    """Captured sessions, the last ended first."""
    with opened(project) as index:
        return index.sessions(limit)


__all__ = ["Known", "around", "evidence", "records", "search", "sessions", "show", "show_session", "whole_id", "why", "words_of"]
