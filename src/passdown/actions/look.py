"""Verbs that only look: list, show, why, search, sessions."""

from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec

from passdown.actions.note import PLACE, inside
from passdown.actions.refresh import opened
from passdown.index import Hit
from passdown.model.record import Record
from passdown.model.session import Session
from passdown.project import Project

QUOTE_CHARS = 1_200


def records(project: Project, *, kind: str = "", every: bool = False, extracted: bool = False, session: str = "") -> list[Record]:
    """Active records, or all of them; the last updated first."""
    with opened(project) as index:
        found = index.records(kind or None, None if every else "active", session=session or None)
    return [r for r in found if r.trust == "extracted"] if extracted else found


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
                words = getattr(event, "text", "") or getattr(event, "about", "")
                yield f"{type(event).__name__.lower()} {event.n} of session {one.session}, {event.at}", str(words)[:QUOTE_CHARS]
                break


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


__all__ = ["Known", "evidence", "records", "search", "sessions", "show", "why"]
