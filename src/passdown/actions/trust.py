"""What of a repository's own programs may run on this machine: plans whose very text the user accepted, or wrote with `workflow new`.

Kept in `PASSDOWN_HOME/trusted.json`, for its owner alone, by project and path: a plan that is changed, by a pull or by hand, is asked for again. Whoever can
write that file can run programs as the user anyway. What a plan's commands do in their turn is not looked at.
"""

import hashlib
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from passdown import files
from passdown.errors import UnreadableFile, UntrustedPlan
from passdown.model.json_values import BROKEN_JSON
from passdown.project import Project, user_home
from passdown.redaction.scan import redact

FORMAT = "passdown-trusted/1"
OTHERS_WRITE = 0o022


class Trusted(msgspec.Struct, frozen=True):
    """One text that may run. project: its private store, one for all work trees. path: as the layout names it. digest: SHA-256, all of it. when: UTC ISO."""

    project: str
    path: str
    digest: str
    when: str = ""


class Ledger(msgspec.Struct, frozen=True):
    plans: tuple[Trusted, ...] = ()
    format: str = FORMAT


def digest(data: bytes) -> str:
    """The whole SHA-256: here somebody may try for a second text of the same hash."""
    return hashlib.sha256(data).hexdigest()


def is_trusted(project: Project, path: Path, data: bytes) -> bool:
    """Whether this very text may run."""
    wanted = digest(data)
    return any(one.digest == wanted for one in of(project, path))


def require(project: Project, path: Path, data: bytes | None = None) -> None:
    """Raises `UntrustedPlan` unless the text may run. data: what was read of the file and is to run; without it, what lies there now."""
    if not is_trusted(project, path, data if data is not None else files.read(path) or b""):
        raise UntrustedPlan(where=path.relative_to(project.root).as_posix() if path.is_relative_to(project.root) else path, name=path.stem)


def of(project: Project, path: Path | None = None) -> list[Trusted]:
    """What was accepted of this project, or of one of its files."""
    name = project.layout.name_of(path) if path else ""
    return [one for one in listed() if one.project == str(project.layout.private) and name in ("", one.path)]


def listed() -> tuple[Trusted, ...]:
    """Everything that was accepted on this machine; nothing when the list cannot be read, or others can write it."""
    try:
        return _read()
    except UnreadableFile:
        return ()


def keep(project: Project, shown: Iterable[tuple[Path, bytes]]) -> None:
    """Accept exactly the texts that were shown. Raises `WriteFailed`, `UnreadableFile`."""
    new = [Trusted(str(project.layout.private), project.layout.name_of(path), digest(data), project.clock.iso()) for path, data in shown]
    with files.lock(_lock()):
        known = _read()
        there = {(one.project, one.path, one.digest) for one in known}
        _write([*known, *(one for one in new if (one.project, one.path, one.digest) not in there)])


def revoke(project: Project, paths: Sequence[Path]) -> list[Trusted]:
    """Take back what was accepted of these files, every text of theirs; what was taken back. No paths: all of the project."""
    names = {project.layout.name_of(path) for path in paths}
    with files.lock(_lock()):
        known = _read()
        gone = [one for one in known if one.project == str(project.layout.private) and (not names or one.path in names)]
        if gone:
            _write([one for one in known if one not in gone])
    return gone


def _place() -> Path:
    return user_home() / "trusted.json"


def _lock() -> Path:
    return user_home() / "trusted.lock"


def _read() -> tuple[Trusted, ...]:
    """Raises `UnreadableFile` when there is a list that cannot be relied on."""
    path = _place()
    try:
        data = files.read(path)
        if data is None:
            return ()
        _own(path)
        ledger = msgspec.json.decode(data, type=Ledger)
    except (OSError, *BROKEN_JSON) as error:
        raise UnreadableFile(path=path, reason=str(error)) from error
    if ledger.format != FORMAT:
        raise UnreadableFile(path=path, reason=f"its format is {ledger.format}, which this version does not know")
    return ledger.plans


def _own(path: Path) -> None:
    """Raises `PermissionError` when somebody else may have written the list."""
    if sys.platform == "win32":
        return
    found = path.stat()
    if found.st_uid not in (os.getuid(), 0) or found.st_mode & OTHERS_WRITE:
        raise PermissionError(f"others can write it: `chmod 600 {path}` after you looked at it")


def _write(plans: Sequence[Trusted]) -> None:
    files.write(_place(), redact(msgspec.json.format(msgspec.json.encode(Ledger(tuple(plans))), indent=1).decode() + "\n"))


__all__ = ["Trusted", "digest", "is_trusted", "keep", "listed", "of", "require", "revoke"]
