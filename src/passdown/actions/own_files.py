"""Which files are passdown's own: its folder, and the documents that it wrote. They change with every hand-off and are no work of the session's."""

from collections.abc import Callable
from itertools import islice

from msgspec.structs import replace

from passdown.hooks.place import work_tree
from passdown.model.session import Session
from passdown.project import Project
from passdown.store.rendered import name_of

FOLDER = ".passdown/"
LOOKED_AT = 200  # files and folders of a new folder; a larger one holds more than documents


def own_files(project: Project) -> Callable[[str], bool]:
    """A test of paths below the project's root. A document is known by what the store keeps of it: one that a person wrote alone is theirs.

    A folder (with `/` behind it) is own when all in it is.
    """
    tree = work_tree(str(project.place.git_dir), str(project.place.common_dir)) if project.place else "main"
    branches, rendered = frozenset(("", project.head().branch)), project.layout.rendered
    folder = rendered("", "").parent
    written = frozenset(p.name for p in folder.iterdir()) if folder.is_dir() else frozenset[str]()

    def own(path: str) -> bool:
        if not written or path.startswith((FOLDER, "/", "~")):
            return path.startswith(FOLDER)
        if path.endswith("/"):  # a folder that git does not know yet
            inside = [p.relative_to(project.root).as_posix() for p in islice((project.root / path).rglob("*"), LOOKED_AT) if p.is_file()]
            return 0 < len(inside) < LOOKED_AT and all(map(own, inside))
        name = name_of(project.root / path, project.root, tree)
        return any(rendered(name, branch).name in written for branch in branches)

    return own


def without(session: Session, own: Callable[[str], bool]) -> Session:
    """The session without the own files that it touched."""
    return replace(session, files=tuple(f for f in session.files if not own(f.path)))


__all__ = ["own_files", "without"]
