"""One spelling of a path, whatever machine, working directory or worktree the transcript was written in."""

import posixpath
import re

import msgspec

DRIVE = re.compile(r"[A-Za-z]:/")
# Worktrees that agents make inside the project: what lies in one is named as in the project itself.
WORKTREE = re.compile(r"(?:\.claude|\.codex|\.cursor)/worktrees/[^/]+/(?=.)|\.worktrees/[^/]+/(?=.)")


def absolute(path: str) -> bool:
    return path.startswith(("/", "~")) or bool(DRIVE.match(path))


def normal(path: str, cwd: str = "") -> str:
    """`path` with forward slashes, joined to `cwd` when it is relative, without `.` and `..` where they can be resolved."""
    path = path.strip().replace("\\", "/")
    if cwd and not absolute(path):
        path = f"{cwd.replace(chr(92), '/')}/{path}"
    return posixpath.normpath(path) if path else ""


def inside(path: str, root: str) -> str | None:
    """`path` relative to `root` (both normal): "" for the root itself, None when it lies outside. Drives compare without case."""
    if DRIVE.match(path) and path[: len(root)].lower() == root.lower():
        root = path[: len(root)]
    if path == root:
        return ""
    return path[len(root.rstrip("/")) + 1:] if path.startswith(root.rstrip("/") + "/") else None


class Roots(msgspec.Struct, frozen=True):
    """Where the project lies, and where it lay.

    project: absolute directory, "" when it is not known. others: further directories that stand for it (worktrees).
    maps: (OLD, NEW) pairs of directories; a path below OLD is taken as the same path below NEW.
    """

    project: str = ""
    others: tuple[str, ...] = ()
    maps: tuple[tuple[str, str], ...] = ()

    def mapped(self, path: str) -> str:
        """`path` with the longest OLD that holds it replaced by its NEW."""
        for old, new in sorted(self.maps, key=lambda pair: -len(pair[0])):
            rest = inside(path, normal(old))
            if rest is not None:
                return posixpath.normpath(f"{normal(new)}/{rest}")
        return path

    def holds(self, directory: str) -> bool:
        """Whether an absolute directory lies in the project."""
        return self._within(self.mapped(normal(directory))) is not None

    def _within(self, path: str) -> str | None:
        roots = sorted((normal(r) for r in (self.project, *self.others) if r), key=len, reverse=True)
        return next((rest for root in roots if (rest := inside(path, root)) is not None), None)

    def relative(self, path: str, cwd: str = "", home: str = "") -> str:
        """The one spelling of `path`: relative to the project when it lies inside, else absolute; "" when it names no place.

        cwd: the directory that relative paths are meant from. home: the session's own directory, which stands for the
        project when neither the project nor a map holds it (a transcript from elsewhere). A relative result never begins with `..`.
        """
        full = self.mapped(normal(path, cwd))
        rest = self._within(full)
        if rest is None and home:
            rest = inside(full, self.mapped(normal(home)))
        if rest is None:
            rest = full
            if not absolute(full) and full.startswith(".."):
                return ""
        return "" if rest == "." else WORKTREE.sub("", rest, count=1) if WORKTREE.match(rest) else rest


__all__ = ["Roots", "absolute", "inside", "normal"]
