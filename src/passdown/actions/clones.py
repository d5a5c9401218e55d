"""Where the project lies and where it lay: its work trees here, and the clones in which other people's sessions ran."""

from collections.abc import Iterable

from passdown import gitrepo
from passdown.model.session import Session
from passdown.project import Project


def clones(project: Project, sessions: Iterable[Session]) -> tuple[str, ...]:
    """Absolute directories, in no order; some may lie within others."""
    others = map(str, gitrepo.work_trees(project.place)) if project.place else ()
    return tuple(dict.fromkeys((str(project.root), str(project.root.resolve()), *others, *(s.cwd for s in sessions if s.cwd))))


__all__ = ["clones"]
