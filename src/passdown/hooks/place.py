"""The private store of a directory, found as `gitrepo.locate` and `project.layout_of` find it, without what they import (a test holds them together)."""

import os

MAX_LINE_BYTES = 64 * 1024
REFS_LISTED = ("packed-refs", os.path.join("reftable", "tables.list"))  # refs without a file of their own: these change when one of them does


class Store:
    """root: of the work tree. git_dir, common: "" outside git. private: the private store, in which `init` was run."""

    def __init__(self, root: str, git_dir: str, common: str) -> None:
        self.root, self.git_dir, self.common = root, git_dir, common
        self.private = os.path.join(common, "passdown") if common else os.path.join(root, ".passdown", "local")

    @property
    def key(self) -> str:
        """The work tree's name in the store: `main`, or that of a linked one."""
        return work_tree(self.git_dir, self.common)

    def head(self) -> str:
        return head(self.git_dir, self.common)


def user_home() -> str:
    """As `project.user_home`: configuration, launcher, and what has no store to go to."""
    return os.environ.get("PASSDOWN_HOME") or os.path.join(os.path.expanduser("~"), ".passdown")


def variable(name: str) -> str:
    """A variable of the environment; "" when it is not set."""
    return os.environ.get(name, "")


def work_tree(git_dir: str, common: str) -> str:
    return "main" if git_dir == common else "tree-" + os.path.basename(git_dir)


def find(start: str) -> Store | None:
    """The store that `start` belongs to; None where `init` was never run, whatever `.passdown/` a clone has brought."""
    at = os.path.abspath(start)
    store = in_git(at) or _outside_git(at)
    return store if store and os.path.isfile(os.path.join(store.private, "VERSION")) else None


def in_git(at: str) -> Store | None:
    for folder in _upwards(at):
        dot = os.path.join(folder, ".git")
        if os.path.isfile(os.path.join(dot, "HEAD")):
            return Store(folder, dot, dot)
        if os.path.isfile(dot):
            git_dir = _linked(folder, line(dot))
            return Store(folder, git_dir, _common(git_dir)) if git_dir else None
        if os.path.isfile(os.path.join(folder, "HEAD")) and all(os.path.isdir(os.path.join(folder, part)) for part in ("objects", "refs")):
            return Store(folder, folder, _common(folder))
    return None


def _outside_git(at: str) -> Store | None:
    return next((Store(folder, "", "") for folder in _upwards(at) if os.path.isfile(os.path.join(folder, ".passdown", "VERSION"))), None)


def _upwards(at: str) -> list[str]:
    found = [at]
    while os.path.dirname(at) != at:
        at = os.path.dirname(at)
        found.append(at)
    return found


def _linked(folder: str, words: str) -> str:
    target = os.path.normpath(os.path.join(folder, words[7:].strip())) if words.startswith("gitdir:") else ""
    return target if target and os.path.isdir(target) else ""


def _common(git_dir: str) -> str:
    words = line(os.path.join(git_dir, "commondir"))
    return os.path.normpath(os.path.join(git_dir, words)) if words else git_dir


def line(path: str) -> str:
    """A small file's text without white space at its ends; "" when it cannot be read."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return file.read(MAX_LINE_BYTES).strip()
    except OSError:
        return ""


def head(git_dir: str, common: str) -> str:
    """Words that change when the checked out branch or its commit does; "" outside git."""
    if not git_dir:
        return ""
    words = line(os.path.join(git_dir, "HEAD"))
    if not words.startswith("ref:"):
        return words
    commit = line(os.path.join(common, words[4:].strip()))
    return f"{words} {commit or ' '.join(_stamp(os.path.join(common, name)) for name in REFS_LISTED)}"


def _stamp(path: str) -> str:
    try:
        at = os.stat(path)
    except OSError:
        return "-"
    return f"{at.st_mtime_ns}.{at.st_ino}"


__all__ = ["Store", "find", "head", "in_git", "line", "user_home", "variable", "work_tree"]
