"""The files of a phase: what it reads, what it must leave behind, and whether it wrote where it may not."""

import hashlib
import os
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

from passdown import gitrepo
from passdown.errors import GitFailed
from passdown.model.ids import HASH_PREFIX
from passdown.workflows.model import Phase

CHUNK = 1 << 20
NOT_OURS = ("__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache")  # what programs leave beside themselves when they run
MOST_FILES = 10_000  # of one pattern, and of what is looked at outside git
NAMED = 5

Stamp = tuple[int, int]  # time of change in ns, size; (-1, -1) for what is not there


class Missing(Exception):
    """What a phase needs, or should have made, is not there."""


def folder_of(pattern: str, item: str) -> str:
    """An item's folder, relative to the root, with forward slashes."""
    return pattern.replace("{item}", item).strip("/")


def inputs(root: Path, folder: str, phase: Phase) -> dict[str, str]:
    """Path below the root → content hash, of every file that its patterns name. Raises `Missing`."""
    found: dict[str, str] = {}
    for pattern in phase.inputs:
        matches = _matching(root / folder, pattern) or _matching(root, pattern)
        if not matches:
            raise Missing(f"there is no input `{pattern}`, neither in {folder}/ nor in the repository")
        found |= {_relative(path, root): hash_of(path) for path in matches}
    return found


def outputs(root: Path, folder: str, phase: Phase) -> dict[str, str]:
    """The same of what it must have made. Raises `Missing` for a pattern without a file, or a file that is not in the item's folder."""
    home, found = (root / folder).resolve(), {}
    for pattern in phase.outputs:
        matches = _matching(root / folder, pattern)
        if not matches:
            raise Missing(f"it left no `{pattern}` in {folder}/")
        for path in matches:
            if not path.resolve().is_relative_to(home):
                raise Missing(f"its output `{pattern}` is a link that leads out of {folder}/")
            found[_relative(path, root)] = hash_of(path)
    return found


def unchanged(root: Path, files: Mapping[str, str]) -> bool:
    """Whether every file is there as it was."""
    try:
        return all(hash_of(root / path) == was for path, was in files.items())
    except OSError:
        return False


def hash_of(path: Path) -> str:
    """`model.ids.content_hash` of a file, which may be large."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while part := stream.read(CHUNK):
            digest.update(part)
    return HASH_PREFIX + digest.hexdigest()[:32]


def _matching(base: Path, pattern: str) -> list[Path]:
    return sorted(path for path in islice(base.glob(pattern), MOST_FILES) if path.is_file())


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def seen(root: Path, place: gitrepo.Place | None, allowed: str) -> dict[str, Stamp]:
    """What could be changed outside the folders of items: uncommitted files of the work tree, or outside git the files that lie there, with their stamps."""
    ignored = allowed.rstrip("/") + "/"
    paths = _uncommitted(place) if place and place.root else _files(root)
    return {path: _stamp(root / path) for path in paths if not (path + "/").startswith(ignored) and not _is_ours(path) and not _holds(path, ignored)}


def changed(before: Mapping[str, Stamp], after: Mapping[str, Stamp]) -> tuple[str, ...]:
    """What is not as it was: made, written or removed in between."""
    return tuple(sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path)))


def told(paths: tuple[str, ...]) -> str:
    return ", ".join(paths[:NAMED]) + (f" and {len(paths) - NAMED} more" if len(paths) > NAMED else "")


def _uncommitted(place: gitrepo.Place) -> Iterable[str]:
    try:
        return [one.path for one in gitrepo.changes(place)]
    except GitFailed:
        return ()  # without git nothing can be said


def _files(root: Path) -> Iterable[str]:
    """Bounded: a folder outside git may be anything."""
    out: list[str] = []
    for folder, below, names in os.walk(root):
        below[:] = [name for name in below if not name.startswith(".")]
        out += [_relative(Path(folder) / name, root) for name in names]
        if len(out) > MOST_FILES:
            break
    return out


def _is_ours(path: str) -> bool:
    return path.startswith(".passdown/") or any(part in NOT_OURS for part in path.rstrip("/").split("/"))


def _holds(path: str, ignored: str) -> bool:
    """Whether git names a whole untracked folder in which the items' folders lie."""
    return path.endswith("/") and ignored.startswith(path)


def _stamp(path: Path) -> Stamp:
    """Of a folder, which git names where nothing in it is tracked, the latest of what lies in it."""
    try:
        if path.is_dir():
            inner = [_stamp(path / name) for name in sorted(os.listdir(path))[:MOST_FILES]]  # noqa: PTH208
            return max((stamp[0] for stamp in inner), default=0), len(inner) + sum(stamp[1] for stamp in inner)
        status = path.stat()
    except OSError:
        return -1, -1
    return status.st_mtime_ns, status.st_size


__all__ = ["Missing", "Stamp", "changed", "folder_of", "hash_of", "inputs", "outputs", "seen", "told", "unchanged"]
