"""The book of a project's productions, and how a run is named in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from passdown import gitrepo
from passdown.errors import NoSuchRun
from passdown.production import database
from passdown.production.book import Book
from passdown.project import Project, productions_url
from passdown.workflows.run import Run


def address(project: Project) -> database.Address:
    return database.address(project.layout.private, productions_url())


def name_of(project: Project) -> str:
    """The project in a database that others use too: its first commit, by which every clone knows it, else its folder's name. "" in its own file."""
    if not productions_url():
        return ""
    return (gitrepo.first_commit(project.place) if project.place else "") or project.name


def is_there(project: Project) -> bool:
    """Whether there may be any production; asking needs none of the libraries that a book needs."""
    return database.exists(address(project))


@contextmanager
def opened(project: Project) -> Iterator[Book]:
    """The book of the project's productions. Raises `NotInitialised`, `MissingExtra`, `DatabaseFailed`."""
    project.require()
    base = database.Database(address(project))
    try:
        yield Book(base, name_of(project))
    finally:
        base.close()


def find(book: Book, name: str) -> Run:
    """The run of this id, or whose id begins so, or the latest of this item. Raises `NoSuchRun`."""
    runs = book.runs()
    exact = [r for r in runs if r.id == name] or [r for r in runs if r.item == name]
    begun = [r for r in runs if r.id.startswith(name)] if len(name) > 2 else []
    if not exact and len(begun) != 1:
        raise NoSuchRun(name=name)
    return (exact or begun)[0]


__all__ = ["find", "is_there", "opened"]
