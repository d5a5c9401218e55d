"""The project's own documents: which there are, and their texts. Nothing outside of the project is read, whatever leads there."""

import os
import stat
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from passdown import gitrepo
from passdown.errors import GitFailed
from passdown.loading.places import PASSED_OVER
from passdown.loading.sources import UnreadableError
from passdown.project import Project

MAX_BYTES = 1_000_000  # of a document: a larger one is no text that a session could read
MAX_TOTAL = 50_000_000  # of all documents that are read
MAX_DEPTH, MAX_ENTRIES = 6, 20_000  # of a walk through the work tree
ENDINGS = (".md", ".mdc", ".markdown")
# Also where git does not look: these folders are often ignored.
NEAR = ("", "docs", "docs/phases", "doc", "phases", ".claude", ".claude/context", ".claude/memory", ".claude/agents", ".claude/commands", ".github",
        ".passdown/memory")


def known(project: Project, tracked: Iterable[str] | None = None, *, folders: Iterable[str] = ()) -> list[str]:
    """Documents of the project, by path. tracked: what git has, when the caller knows it already; else git is asked for Markdown alone.

    Folders that git may be told to ignore are listed as well; outside git the work tree is walked, within bounds.
    """
    found = set(tracked) if tracked is not None else _tracked(project)
    paths = {p for p in found if p.lower().endswith(ENDINGS)} if found is not None else set(_walked(project.root))
    for folder in (*NEAR, *folders):
        paths.update(_listed(project.root, folder.strip("/")))
    return sorted(paths)


def _tracked(project: Project) -> set[str] | None:
    if not project.place or not project.place.root:
        return None
    try:
        return set(gitrepo.tracked(project.place, *(f"*{ending}" for ending in ENDINGS)))
    except GitFailed:
        return None


def _listed(root: Path, folder: str) -> Iterator[str]:
    """Documents right in a folder."""
    if ".." in folder.split("/"):
        return
    try:
        with os.scandir(root / folder) as entries:
            for n, entry in enumerate(entries):
                if n >= MAX_ENTRIES:
                    return
                if entry.name.lower().endswith(ENDINGS):
                    yield f"{folder}/{entry.name}" if folder else entry.name
    except OSError:
        return


def _walked(root: Path) -> Iterator[str]:
    """Documents below the root; links to folders are not followed."""
    left = MAX_ENTRIES
    waiting = [("", 0)]
    for folder, depth in waiting:  # grows while it is walked: nearer folders first
        try:
            with os.scandir(root / folder) as entries:
                names = sorted((e.name, e.is_dir(follow_symlinks=False)) for e in entries)
        except OSError:
            continue
        left -= len(names)
        if left < 0:
            return
        for name, is_folder in names:
            path = f"{folder}/{name}" if folder else name
            if is_folder and name not in PASSED_OVER and depth < MAX_DEPTH:
                waiting.append((path, depth + 1))
            elif name.lower().endswith(ENDINGS):
                yield path


class ProjectFiles:
    """`loading.sources.Sources` of a work tree."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._texts: dict[str, str] = {}
        self._room = MAX_TOTAL
        self._real = os.path.join(os.path.realpath(root), "")  # noqa: PTH118  compared as text

    def text(self, path: str) -> str:
        """A file's text without our marks, what is not UTF-8 in it replaced; read once. Raises `UnreadableError`."""
        if path not in self._texts:
            self._texts[path] = self._read(path)
            self._room -= len(self._texts[path])
        return self._texts[path]

    def _read(self, path: str) -> str:
        if self._room < 0:
            raise UnreadableError(f"over {MAX_TOTAL // 1_000_000} MB of documents were read before it")
        if not self._inside(path):
            raise UnreadableError("it leads out of the project")
        try:
            status = os.stat(self._root / path)  # noqa: PTH116  one call
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError("it is not a file")
            if status.st_size > MAX_BYTES:
                raise UnreadableError(f"it is too large ({status.st_size / 1_000_000:.1f} MB)")
            data = (self._root / path).read_bytes()
        except (OSError, ValueError) as error:
            raise UnreadableError(getattr(error, "strerror", None) or "it cannot be read") from None
        if b"\0" in data:
            raise UnreadableError("it is not text")
        text = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
        return without_marks(text) if "<!-- pd:" in text else text

    def holds(self, path: str) -> bool:
        try:
            return self._inside(path) and (self._root / path).is_file()
        except (OSError, ValueError):
            return False

    def matching(self, pattern: str) -> tuple[str, ...]:
        """Files of the project that `docs/*.md` or `batch_*/` names, in order; folders are matched one by one, at most a bounded number of names looked at."""
        parts = (pattern + "*" if pattern.endswith("/") else pattern).split("/")
        found = [""]
        for number, part in enumerate(parts):
            found = [path for folder in found for path in self._children(folder, part, files=number == len(parts) - 1)][:MAX_ENTRIES]
        return tuple(sorted(found))

    def _children(self, folder: str, pattern: str, *, files: bool) -> list[str]:
        """Files, or folders, of a folder whose names fit; hidden ones only where the pattern says so."""
        try:
            with os.scandir(self._root / folder) as entries:
                names = [e.name for _, e in zip(range(MAX_ENTRIES), entries, strict=False) if (e.is_file() if files else e.is_dir())]
        except (OSError, ValueError):
            return []
        fits = [n for n in names if fnmatchcase(n, pattern) and (pattern.startswith(".") or not n.startswith("."))]
        return [path for name in sorted(fits) if self._inside(path := f"{folder}/{name}" if folder else name)]

    def _inside(self, path: str) -> bool:
        """Whether a path stays in the project when links are followed."""
        if not path or path.startswith(("/", "~")) or ".." in path.split("/") or "\0" in path:
            return False
        return os.path.realpath(self._root / path).startswith(self._real)


def without_marks(text: str) -> str:
    from passdown.formats.marked import MARK  # a briefing starts faster without it, and few documents are ours

    return MARK.sub("", text)


__all__ = ["ProjectFiles", "known"]
