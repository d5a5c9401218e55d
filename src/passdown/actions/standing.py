"""Where the project's productions stand, for documents and briefings: never an error, and fast where they lie in the private store."""

from passdown.errors import PassdownError
from passdown.production import database, glance
from passdown.project import Project, productions_url
from passdown.workflows.registry import ABOUT, Row, about, latest, words


def standing(project: Project) -> tuple[Row, ...]:
    """One row an item, the open ones first; nothing where there are none, or nobody can tell."""
    where = database.address(project.layout.private, productions_url())
    return tuple(latest(glance.rows(where.file) if where.file else from_server(project)))


def asked_about(project: Project, task: str) -> tuple[Row, ...]:
    """The productions that a task is about. A server is asked only when the task speaks of productions as such."""
    where = database.address(project.layout.private, productions_url())
    if where.file is None and not words(task) & ABOUT:
        return ()
    return tuple(about(standing(project), task))


def from_server(project: Project) -> list[Row]:
    from passdown.actions.production_views import rows  # the database's driver takes longer to import than a briefing may take

    try:
        return rows(project)
    except PassdownError:
        return []


__all__ = ["asked_about", "standing"]
