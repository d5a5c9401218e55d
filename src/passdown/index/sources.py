"""Where the index's content comes from, and which of its files changed since they were taken in."""

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from passdown.model.record import Record

if TYPE_CHECKING:
    from passdown.model.session import Session

_LARGEST = (1 << 63) - 1  # some systems number files beyond it

Stamp = tuple[int, int, int]  # size in bytes, mtime in ns, inode


class Sources(msgspec.Struct, frozen=True):
    """Folders, and how their files are read. A folder that does not exist is empty.

    records: folders with `<kind>/<id>.md` or `<id>.md`, the private one first: of two copies of one id, the earlier folder's is shown.
    derived: folder with `<session>.jsonl`: a header line, then a record a line with the names of its fields.
    sessions: folders with `*.md`, the private one first. events: folder with `<session>.jsonl.gz`.
    parse_record(text, where), parse_session(text): raise a `PassdownError` or ValueError when the text is none.
    """

    parse_record: Callable[[str, str], Record]
    parse_session: "Callable[[str], Session]"
    records: tuple[Path, ...] = ()
    derived: Path | None = None
    sessions: tuple[Path, ...] = ()
    events: Path | None = None


class Changes(msgspec.Struct, frozen=True):
    """What a refresh took in and dropped, in files. `problems`: (path, reason) of the files that did not read.

    stale: another process held the index for too long; questions are answered from what was there before.
    """

    read: int = 0
    removed: int = 0
    problems: tuple[tuple[str, str], ...] = msgspec.field(default_factory=tuple)
    stale: bool = False

    def __bool__(self) -> bool:
        return bool(self.read or self.removed)


class Folder(msgspec.Struct, frozen=True):
    """What a folder holds now, in the order in which the system lists it. `stamps`: three integers a name."""

    path: str
    role: str
    rank: int
    names: str
    stamps: bytes

    def files(self) -> dict[str, Stamp]:
        return listing(self.names, self.stamps)


def differs(known: Iterable[tuple[str, str, int, str, bytes]], found: list[Folder]) -> bool:
    """Whether any folder is not as it is known: path, role, rank, names and stamps of each."""
    return {row[0]: row for row in known} != {f.path: (f.path, f.role, f.rank, f.names, f.stamps) for f in found}


def listing(names: str, stamps: bytes) -> dict[str, Stamp]:
    """Stamp by name, of a folder's two columns."""
    numbers = array("q", stamps)
    return dict(zip(names.split("/"), zip(numbers[0::3], numbers[1::3], numbers[2::3], strict=True), strict=True)) if names else {}


def scan(sources: Sources) -> list[Folder]:
    """Every folder that there is, the most trusted first; no file is opened."""
    out: list[Folder] = []
    for rank, path in enumerate(sources.records):
        out += _tree(path, "record", rank, ".md")
    if sources.derived:
        out += _tree(sources.derived, "derived", len(sources.records), ".jsonl", depth=0)
    for rank, path in enumerate(sources.sessions):
        out += _tree(path, "session", rank, ".md", depth=0)
    if sources.events:
        out += _tree(sources.events, "events", 0, ".jsonl.gz", depth=0)
    return out


def _tree(path: Path, role: str, rank: int, suffix: str, depth: int = 1) -> Iterator[Folder]:
    """The folder and its subfolders, `depth` deep, without hidden ones and without following links."""
    names: list[str] = []
    stamps = array("q")
    below: list[Path] = []
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                name = entry.name
                if name.endswith(suffix) and name[0] != ".":
                    if (name.isascii() or _is_text(name)) and (stamp := _stamp(entry)):
                        names.append(name)
                        stamps.extend(stamp)
                elif depth and name[0] != "." and entry.is_dir(follow_symlinks=False):
                    below.append(Path(entry.path))
    except OSError:
        return  # not there, or not ours to read: as good as empty
    yield Folder(str(path), role, rank, "/".join(names), stamps.tobytes())
    for folder in sorted(below):
        yield from _tree(folder, role, rank, suffix, depth - 1)


def _is_text(name: str) -> bool:
    """Whether the name is UTF-8: passdown writes no other, and SQLite takes no other."""
    return not any("\udc80" <= c <= "\udcff" for c in name)


def _stamp(entry: "os.DirEntry[str]") -> Stamp | None:
    """None when it went between the listing and the look."""
    try:
        stat = entry.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns, stat.st_ino & _LARGEST


def to_read_again(folder: Folder, unread: set[str]) -> bytes:
    """The folder's stamps, with ones that never match for these files."""
    return array("q", [0 if name in unread else n for name, stamp in folder.files().items() for n in stamp]).tobytes()


def difference(old: Mapping[str, Stamp], new: Mapping[str, Stamp]) -> tuple[list[str], list[str]]:
    """(names to read, names that are gone), each sorted."""
    return sorted(n for n, s in new.items() if old.get(n) != s), sorted(old.keys() - new.keys())


__all__ = ["Changes", "Folder", "Sources", "Stamp", "difference", "differs", "listing", "scan", "to_read_again"]
