"""Facts about the work tree, gathered once: what anchored places held, and what they hold now."""

import os
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from passdown import gitrepo
from passdown.briefing.situation import Standing
from passdown.briefing.times import ago
from passdown.model.anchor import Anchor
from passdown.model.ids import content_hash
from passdown.project import Project
from passdown.verification.anchors import CHANGED, UNKNOWN, excerpt, stands

MAX_BYTES = 4 << 20  # a larger file is not source text: it is not hashed, and so never said to have changed


def content(root: Path, path: str) -> bytes | None:
    """A file of the project; None when it is not there, not a file, outside, or too large."""
    if not path or path.startswith(("/", "~")) or ".." in path.split("/"):
        return None
    try:
        at = root / path
        status = at.stat()
        if status.st_size > MAX_BYTES or not at.is_file() or not _below(at, root):
            return None
        return at.read_bytes()
    except (OSError, ValueError):
        return None


def _below(path: Path, root: Path) -> bool:
    """Whether the file lies in the project when links are followed."""
    return os.path.realpath(path).startswith(os.path.join(os.path.realpath(root), ""))  # noqa: PTH118  a path call in a hot loop


def is_there(root: Path, path: str) -> bool:
    """Whether something has this name, such as a file that is too large or may not be read: it is not gone then."""
    try:
        (root / path).lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        pass
    return True


def seen_at(root: Path, anchor: Anchor) -> Anchor:
    """The anchor with the content hash of what it names, unchanged when that is not there."""
    data = content(root, anchor.path)
    part = excerpt(data, anchor.first, anchor.last) if data is not None else None
    return anchor if part is None else replace(anchor, seen=content_hash(part))


def standings(project: Project, anchors: Iterable[Anchor], now: str) -> dict[str, Standing]:
    """How each place stands, by `Anchor.place`; of those that changed, by which commit or that it is uncommitted."""
    held: dict[str, bytes | None] = {}
    verdicts: dict[str, tuple[Anchor, str]] = {}
    for anchor in anchors:
        if anchor.path not in held:
            held[anchor.path] = content(project.root, anchor.path)
        data = held[anchor.path]
        verdicts[anchor.place] = anchor, UNKNOWN if data is None and is_there(project.root, anchor.path) else stands(anchor, data)
    changed = tuple(sorted({a.path for a, mark in verdicts.values() if mark == CHANGED}))
    by = changed_by(project, changed, now)
    return {place: Standing(mark, by.get(a.path, "") if mark == CHANGED else "") for place, (a, mark) in verdicts.items()}


def changed_by(project: Project, paths: tuple[str, ...], now: str) -> dict[str, str]:
    """For each path the newest commit that changed it, in words."""
    if not project.place or not project.place.root or not paths:
        return {}
    found = gitrepo.last_changes(project.place, paths)
    return {path: f'changed {ago(c.time, now)} by {c.sha[:7]} "{c.subject[:60]}"' for path, c in found.items()}


__all__ = ["content", "seen_at", "standings"]
