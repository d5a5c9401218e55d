"""The index brought up to date with the files of the store."""

from passdown.formats import record_file, session_file
from passdown.index import Index
from passdown.index.sources import Changes, Sources
from passdown.project import Project


def sources(project: Project, *, thorough: bool = False) -> Sources:
    """The store's folders, the most trusted first. thorough: look at every private file too, in case somebody edited one by hand."""
    layout = project.layout
    shared = [layout.shared / "records"] if layout.shared else []
    inbox = [layout.inbox] if layout.inbox else []
    sessions = [layout.shared / "sessions"] if layout.shared else []
    return Sources(
        sealed=() if thorough else tuple(layout.private / name for name in ("records", "derived", "sessions")),
        parse_record=record_file.parse, parse_session=session_file.parse, records=(layout.private / "records", *inbox, *shared),
        derived=layout.private / "derived", sessions=(layout.private / "sessions", *sessions), events=layout.private / "events")


def opened(project: Project, *, thorough: bool = False) -> Index:
    """The index of the project, refreshed. Also works on a store that cannot be written."""
    index = Index.open(project.require().layout.index)
    index.refresh(sources(project, thorough=thorough))
    return index


def refresh(project: Project) -> Changes:
    """Bring the index up to date after a capture, and settle what the new records change in those of earlier sessions."""
    from passdown.actions.settle import settle

    with Index.open(project.layout.index) as index:
        changes = index.refresh(sources(project))
        if changes.records and settle(project, index):
            index.refresh(sources(project))
        return changes


__all__ = ["opened", "refresh", "sources"]
