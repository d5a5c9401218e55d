"""Secrets in what was kept before there was a rule for them, and in any file. `scan_fix` takes them out of our own store."""

import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from passdown import files
from passdown.errors import UsageError
from passdown.project import Project
from passdown.redaction.markers import marker
from passdown.redaction.scan import hits

SKIPPED = {".git", "node_modules", ".venv", "__pycache__", ".tox"}  # folders of others, when a folder is named
MAX_FILE_BYTES = 64 << 20
GZIP = b"\x1f\x8b"
DATABASE = b"SQLite format 3\0"


class Found(msgspec.Struct, frozen=True):
    """One secret. path: of the file. line: from 1; 0 in a database. masked: its kind, with the digits by which it is known again. length: in bytes."""

    path: Path
    line: int
    code: str
    masked: str
    length: int


class Scanned(msgspec.Struct, frozen=True):
    """files: how many were read. found: in the order of the files. unread: too large, or not readable. fixed: files that were written anew.

    left: files that still hold some, and what the user can do about each.
    """

    files: int
    found: tuple[Found, ...] = ()
    unread: tuple[Path, ...] = ()
    fixed: tuple[Path, ...] = ()
    left: tuple[tuple[Path, str], ...] = ()


def look(project: Project, paths: Sequence[str] = ()) -> Scanned:
    """What stands in the files and folders at `paths`, or in our own store when none is given. Raises `UsageError`."""
    found: list[Found] = []
    unread: list[Path] = []
    count = 0
    for path in files_of(project, paths):
        data = content(path)
        if data is None:
            unread.append(path)
            continue
        count += 1
        found += secrets_in(path, data)
    return Scanned(count, tuple(found), tuple(unread))


def files_of(project: Project, paths: Sequence[str]) -> Iterator[Path]:
    """Files named, those below folders named, or those of our store; in order."""
    if not paths:
        layout = project.require().layout
        yield from below([folder for folder in (layout.private, layout.shared) if folder])
        return
    for path in map(Path, paths):
        if not path.exists():
            raise UsageError(f"there is no {path}", "Name files or folders that exist.")
        yield from [path] if path.is_file() else below([path])


def below(folders: Sequence[Path]) -> Iterator[Path]:
    """Their files, folder by folder; what may not be read, or goes meanwhile, is passed over."""
    for folder in folders:
        for at, within, names in os.walk(folder):
            within[:] = sorted(name for name in within if name not in SKIPPED)
            yield from (path for path in (Path(at, name) for name in sorted(names) if name not in SKIPPED) if path.is_file() and not path.is_symlink())


def content(path: Path) -> bytes | None:
    """Of a file, unpacked; None where it cannot be read or is too large."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            return None
        data = files.read(path) or b""
        return unpacked(data) if data.startswith(GZIP) else data
    except OSError:
        return None


def unpacked(data: bytes) -> bytes | None:
    """All members of a gzip file as far as they are whole; None when they are too large."""
    out: list[bytes] = []
    left = MAX_FILE_BYTES
    with suppress(zlib.error):
        while data.startswith(GZIP):
            member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            out.append(member.decompress(data, left))
            left -= len(out[-1])
            if left <= 0:
                return None
            data = member.unused_data
    return b"".join(out)


def secrets_in(path: Path, data: bytes) -> Iterator[Found]:
    """Each with its line."""
    line, counted = 1, 0
    for hit in hits(data):
        line, counted = line + data.count(b"\n", counted, hit.start), hit.start
        yield Found(path, 0 if data.startswith(DATABASE) else line, hit.code, marker(hit.code, hit.secret).decode(), hit.end - hit.start)


__all__ = ["DATABASE", "GZIP", "Found", "Scanned", "content", "look"]
