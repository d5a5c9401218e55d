"""The index brought up to date with the files of the store."""

from contextlib import suppress

from passdown.errors import Locked, WriteFailed
from passdown.index import Index
from passdown.index.sources import Changes, Sources
from passdown.model.record import Record
from passdown.model.session import Session
from passdown.project import Project
from passdown.store.reading import forgotten_ids


def _record(text: str, where: str) -> Record:
    from passdown.formats.record_file import parse  # 2 ms, which a verb need not pay where nothing has changed

    return parse(text, where)


def _session(text: str) -> Session:
    from passdown.formats.session_file import parse

    return parse(text)


def sources(project: Project, *, thorough: bool = False) -> Sources:
    """The store's folders, the most trusted first. thorough: look at every private file too, in case somebody edited one by hand."""
    layout = project.layout
    shared = [layout.shared / "records"] if layout.shared else []
    inbox = [layout.inbox] if layout.inbox else []
    sessions = [layout.shared / "sessions"] if layout.shared else []
    return Sources(
        sealed=() if thorough else tuple(layout.private / name for name in ("records", "derived", "sessions")),
        forgotten=lambda: forgotten_ids(layout), parse_record=_record, parse_session=_session,
        records=(layout.private / "records", *inbox, *shared),
        derived=layout.private / "derived", sessions=(layout.private / "sessions", *sessions), events=layout.private / "events")


def opened(project: Project, *, thorough: bool = False) -> Index:
    """The index of the project, refreshed. Also works on a store that cannot be written."""
    index = Index.open(project.require().layout.index)
    changes = index.refresh(sources(project, thorough=thorough))
    if changes.records and index.differing():
        take_in_copies(project)
        index.refresh(sources(project))
    return index


def take_in_copies(project: Project) -> None:
    """Published copies that somebody edited go into the private store; what needs a decision waits for `doctor`."""
    from passdown.store.records import RecordStore

    with suppress(WriteFailed, Locked):  # a store that is only read shows its own text
        RecordStore(project.layout).reconcile(at=project.clock.iso())


def refresh(project: Project, *, fresh: bool = False) -> Changes:
    """Bring the index up to date after a capture, and settle what the new records change in those of earlier sessions.

    fresh: events were captured; another verb may have taken the records in already, but it did not settle them.
    """
    from passdown.actions.settle import settle

    with Index.open(project.layout.index) as index:
        changes = index.refresh(sources(project))
        if (changes.records or fresh) and settle(project, index):
            index.refresh(sources(project))
        return changes


__all__ = ["opened", "refresh", "sources"]
