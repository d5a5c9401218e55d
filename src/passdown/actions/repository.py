"""What git is asked by everything that holds claims: one process a question, each asked once, and nothing known where git is not there."""

import functools
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from passdown import githistory, gitrepo
from passdown.actions.facts import COMMIT_DIGITS
from passdown.errors import PassdownError
from passdown.project import Project
from passdown.verification.anchors import normal

T = TypeVar("T")


@functools.lru_cache(maxsize=2)  # a capture of many sessions asks for each
def history(place: gitrepo.Place, _head: str) -> list[tuple[str, str]]:
    return githistory.times(place)


class Repository:
    """The project's repository, or what can be said without one. To be closed: a process of git may be waiting for questions."""

    def __init__(self, project: Project) -> None:
        self._place = project.place if project.place and project.place.root else None
        self.root = project.root
        self.head = project.head().commit if self._place else ""
        self._objects: gitrepo.Objects | None = None
        self._blobs: dict[str, bytes | None] = {}

    def close(self) -> None:
        if self._objects:
            self._objects.close()

    def ask(self, question: Callable[[gitrepo.Place], T], otherwise: T) -> T:
        """What git answers; where git is not there, refuses or is broken, nothing is known."""
        if self._place is None:
            return otherwise
        try:
            return question(self._place)
        except PassdownError:
            return otherwise

    def blob(self, name: str) -> bytes | None:
        """A file by the name that git has for it (`HEAD:a.py`, an object's own), with LF line ends."""
        if not name.strip("0") or self._place is None:
            return None
        if name not in self._blobs:
            self._objects = self._objects or gitrepo.Objects(self._place)
            data = self._objects.read(name)
            self._blobs[name] = normal(data) if data is not None else None
        return self._blobs[name]

    @cached_property
    def dirty(self) -> dict[str, str]:
        """Uncommitted paths with git's two letters; a folder of which git has nothing ends with `/`."""
        changed: tuple[gitrepo.Changed, ...] = self.ask(gitrepo.changes, ())
        return {c.path: c.state for c in changed}

    @cached_property
    def fresh(self) -> list[str]:
        """Files that are changed or new and not committed."""
        new: tuple[str, ...] = self.ask(gitrepo.untracked, ()) if any(path.endswith("/") for path in self.dirty) else ()
        return [*(path for path, state in self.dirty.items() if not path.endswith("/") and "D" not in state), *new]

    def is_dirty(self, path: str) -> bool:
        """Whether the file is changed, new or deleted, and that not committed."""
        return path in self.dirty or any(folder.endswith("/") and path.startswith(folder) for folder in self.dirty)

    @cached_property
    def other_trees(self) -> list[Path]:
        """Roots of the repository's other work trees."""
        roots: list[Path] = self.ask(gitrepo.work_trees, [])
        return [root for root in roots if root.is_dir()]

    @cached_property
    def submodules(self) -> tuple[str, ...]:
        """Folders of the work tree that are repositories of their own, each with `/` at its end."""
        return self.ask(gitrepo.submodules, ())

    def order(self, commits: Sequence[str]) -> dict[str, tuple[int, int]]:
        """`githistory.order` after what all of these have in common, by the first digits that an anchor has of a commit."""
        base = self.ask(lambda place: githistory.common(place, commits), "")
        found: dict[str, tuple[int, int]] = self.ask(lambda place: githistory.order(place, base), {})
        return {sha[:COMMIT_DIGITS]: number for sha, number in found.items()}

    @cached_property
    def times(self) -> list[tuple[str, str]]:
        """(time in UTC ISO, commit) of the history, the newest first."""
        return self.ask(lambda place: history(place, self.head), [])

    def at(self, time: str) -> str:
        """The last commit before a time (UTC ISO); "" when there is none."""
        return next((sha for made, sha in self.times if made <= time), "") if time else ""


__all__ = ["Repository"]
