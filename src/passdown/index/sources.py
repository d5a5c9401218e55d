"""Where the index's content comes from, and which of its files changed since they were taken in."""

import os
import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from passdown.model.record import Record

if TYPE_CHECKING:
    from passdown.model.session import Session

_LARGEST = (1 << 63) - 1  # some systems number files beyond it

SETTLED_NS = 20_000_000  # more than a tick of a file system's clock, which may be the kernel's timer (10 ms) or Windows' (16 ms)
COARSE_NS = 2_000_000_000  # and of one that counts in seconds: FAT's ticks every other one
Stamp = tuple[int, int, int]  # size in bytes, mtime in ns, inode


class Sources(msgspec.Struct, frozen=True):
    """Folders, and how their files are read. A folder that does not exist is empty.

    records: folders with `<kind>/<id>.md` or `<id>.md`, the private one first: of two copies of one id, the earlier folder's is shown.
    derived: folder with `<session>.jsonl`: a header line, then a record a line with the names of its fields.
    sessions: folders with `*.md`, the private one first. events: folder with `<session>.jsonl.gz`.
    sealed: of all these, the ones below which files change only by being replaced as a whole (`files.write`); an edit by hand in one is
        noticed when another file of its folder changes, or with `sealed` empty.
    forgotten(): ids of records that were removed for good, whatever folder brings them back.
    parse_record(text, where), parse_session(text): raise a `PassdownError` or ValueError when the text is none.
    """

    parse_record: Callable[[str, str], Record]
    parse_session: "Callable[[str], Session]"
    records: tuple[Path, ...] = ()
    sealed: tuple[Path, ...] = ()
    forgotten: Callable[[], frozenset[str]] = frozenset
    derived: Path | None = None
    sessions: tuple[Path, ...] = ()
    events: Path | None = None


class Changes(msgspec.Struct, frozen=True):
    """What a refresh took in and dropped, in files. `problems`: (path, reason) of the files that did not read.

    records: ids of which a text came, went or changed. stale: another process held the index for too long; questions are answered from what was there before.
    """

    read: int = 0
    removed: int = 0
    problems: tuple[tuple[str, str], ...] = msgspec.field(default_factory=tuple)
    stale: bool = False
    records: int = 0

    def __bool__(self) -> bool:
        return bool(self.read or self.removed)


class Folder(msgspec.Struct, frozen=True):
    """What a folder holds now, in the order in which the system lists it. `stamps`: three integers a name."""

    path: str
    role: str
    rank: int
    names: str
    stamps: bytes
    seal: int = 0

    def files(self) -> dict[str, Stamp]:
        return listing(self.names, self.stamps)


def differs(known: Iterable[tuple[str, str, int, str, bytes, int]], found: list[Folder]) -> bool:
    """Whether any folder is not as it is known: path, role, rank, names, stamps and seal of each."""
    return {row[0]: row for row in known} != {f.path: (f.path, f.role, f.rank, f.names, f.stamps, f.seal) for f in found}


def listing(names: str, stamps: bytes) -> dict[str, Stamp]:
    """Stamp by name, of a folder's two columns."""
    numbers = array("q", stamps)
    return dict(zip(names.split("/"), zip(numbers[0::3], numbers[1::3], numbers[2::3], strict=True), strict=True)) if names else {}


def scan(sources: Sources, known: Mapping[str, Folder] | None = None) -> list[Folder]:
    """Every folder that there is, the most trusted first; no file is opened.

    known: folders by path as they were; a sealed one that has still the same time is taken as it was, without a look at its files.
    """
    out: list[Folder] = []
    for rank, path in enumerate(sources.records):
        out += _tree(path, "record", rank, ".md", sources, known)
    if sources.derived:
        out += _tree(sources.derived, "derived", len(sources.records), ".jsonl", sources, known, depth=0)
    for rank, path in enumerate(sources.sessions):
        out += _tree(path, "session", rank, ".md", sources, known, depth=0)
    if sources.events:
        out += _tree(sources.events, "events", 0, ".jsonl.gz", sources, known, depth=0)
    return out


def _tree(path: Path, role: str, rank: int, suffix: str, sources: Sources, known: Mapping[str, Folder] | None, depth: int = 1) -> Iterator[Folder]:
    """The folder and its subfolders, `depth` deep, without hidden ones and without following links."""
    seal = _seal(path, sources) if not depth or path not in sources.records else 0
    if seal and known and (old := known.get(str(path))) and (old.seal, old.role, old.rank) == (seal, role, rank):
        yield old
        return
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
    yield Folder(str(path), role, rank, "/".join(names), stamps.tobytes(), 0 if below else seal)
    for folder in sorted(below):
        yield from _tree(folder, role, rank, suffix, sources, known, depth - 1)


def _seal(path: Path, sources: Sources) -> int:
    """The folder's own time, when it alone tells whether a file in it changed; else 0.

    In `sources.sealed` folders a file only ever changes by being replaced, which changes the folder's time. A time of just now is not trusted: a change
    within the same tick of the file system's clock would not show.
    """
    if not any(path.is_relative_to(root) for root in sources.sealed):
        return 0
    try:
        changed = os.stat(path).st_mtime_ns  # noqa: PTH116 - one of a few calls on the way to every answer
    except OSError:
        return 0
    tick = SETTLED_NS if changed % 1_000_000_000 else COARSE_NS
    return changed if changed < time.time_ns() - tick else 0


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
