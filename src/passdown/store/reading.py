"""Records as they lie on disk, read without a lock and without writing anything, also from a store that cannot be written."""

import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Literal

import msgspec

from passdown import files
from passdown.errors import AmbiguousRecord, InvalidRecord, NoSuchRecord
from passdown.model.finding import Finding
from passdown.model.ids import ID, content_hash
from passdown.model.record import KINDS, Record
from passdown.store.layout import SUFFIX, Layout

Place = Literal["private", "inbox", "shared"]
FORGOTTEN = b"forgotten\n"  # in place of the published hashes: a copy that another branch brings back stays out
_SHOWN = 5  # matches in an error message


class Stored(msgspec.Struct, frozen=True):
    """A record and the file it was read from. hash: of the file's content, to be given back when it is changed.

    place: `private`; `inbox`, waiting to be moved there; `shared`, a published copy of a record that the private store has not: a teammate's.
    """

    record: Record
    path: Path
    hash: str
    place: Place


class RecordReader:
    """Finds and reads records. Of a record that lies in more than one place, the private file counts, then the inbox, then the copy."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    def paths(self) -> Iterator[tuple[Path, Place]]:
        """Each record's file once, by kind, then by age; no file is opened but the few that tell whether a foreign copy was forgotten."""
        seen: set[str] = set()
        for path, place in chain(self._private(), self._waiting(), self._copies()):
            if path.name not in seen and not (place == "shared" and self.forgotten(path.stem)):
                seen.add(path.name)
                yield path, place

    def all(self) -> Iterator[Stored | Finding]:
        """Every record; a file that is none gives a finding. A file that goes while we look is passed over."""
        for path, place in self.paths():
            try:
                stored = self.read(path, place)
            except InvalidRecord as error:
                yield Finding("invalid-record", "error", str(path), error.message, error.advice)
                continue
            if stored:
                yield stored

    def read(self, path: Path, place: Place = "private") -> Stored | None:
        """One file; None when it is not there. Raises `InvalidRecord`, also for one that cannot be read or whose name is not its id."""
        try:
            data = files.read(path)
            if data is None:
                return None
            from passdown.formats import record_file  # 2 ms, which a verb need not pay that asks the index

            record = record_file.parse(data.decode("utf-8"), str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidRecord(where=str(path), reason=str(error)) from error
        if record.id != path.stem:
            raise InvalidRecord(where=str(path), reason=f"its id is {record.id}, so its name should be {record.id}{SUFFIX}")
        return Stored(record, path, content_hash(data), place)

    def get(self, record_id: str) -> Stored:
        """One record by its whole id. Raises `NoSuchRecord`, `InvalidRecord`."""
        found = self._look_up(record_id) if ID.fullmatch(record_id) else None
        if not found:
            raise NoSuchRecord(id=record_id)
        return found

    def find(self, beginning: str) -> Stored:
        """The one record whose id begins so. Raises `NoSuchRecord`, `AmbiguousRecord`, `InvalidRecord`."""
        if ID.fullmatch(beginning):
            return self.get(beginning)
        matches = sorted({path.stem for path, _ in self.paths() if path.name.startswith(beginning)})
        if len(matches) > 1:
            more = ", …" if len(matches) > _SHOWN else ""
            raise AmbiguousRecord(id=beginning, matches=", ".join(matches[:_SHOWN]) + more)
        return self.get(matches[0] if matches else beginning)

    def _look_up(self, record_id: str) -> Stored | None:
        waiting = self.layout.waiting(record_id)
        places: list[tuple[Path | None, Place]] = [(self.layout.record(kind, record_id), "private") for kind in KINDS]
        places.append((waiting, "inbox"))
        if not self.forgotten(record_id):
            places += [(self.layout.copy(kind, record_id), "shared") for kind in KINDS]
        return next((found for path, place in places if path and (found := self.read(path, place))), None)

    def _private(self) -> Iterator[tuple[Path, Place]]:
        return ((path, "private") for folder in self.layout.record_folders() for path in _records_in(folder))

    def _waiting(self) -> Iterator[tuple[Path, Place]]:
        return ((path, "inbox") for path in (_records_in(self.layout.inbox) if self.layout.inbox else ()))

    def _copies(self) -> Iterator[tuple[Path, Place]]:
        return ((path, "shared") for folder in self.layout.copy_folders() for path in _records_in(folder))

    def forgotten(self, record_id: str) -> bool:
        """Whether the record was removed for good."""
        return bool(ID.fullmatch(record_id)) and files.read(self.layout.texts_published(record_id)) == FORGOTTEN


def forgotten_ids(layout: Layout) -> frozenset[str]:
    """Records that were removed for good: a copy that an old branch brings back is not read."""
    try:
        small = [entry for entry in os.scandir(layout.published) if entry.stat().st_size == len(FORGOTTEN)]
    except OSError:
        return frozenset()
    return frozenset(entry.name for entry in small if files.read(entry.path) == FORGOTTEN)


def _records_in(folder: Path) -> list[Path]:
    """Sorted by name. A symbolic link is none of ours: a cloned repository must not make us read what lies elsewhere."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(e.name for e in entries if e.name.endswith(SUFFIX) and e.name[0] != "." and e.is_file(follow_symlinks=False))
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [folder / name for name in names]


__all__ = ["FORGOTTEN", "Place", "RecordReader", "Stored"]
