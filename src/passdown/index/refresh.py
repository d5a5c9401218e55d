"""One refresh: which files changed since the last one, each to the shelf of its role."""

import sqlite3

import msgspec

from passdown.index.record_shelf import RecordShelf
from passdown.index.session_shelf import SessionShelf
from passdown.index.shelf import UNREADABLE, Damaged, Shelf
from passdown.index.sources import Changes, Folder, Sources, Stamp, difference, listing, to_read_again
from passdown.index.texts import TextShelf
from passdown.index.words import clean


class _Known(msgspec.Struct, frozen=True):
    folder: int
    role: str
    rank: int
    files: dict[str, Stamp]


class Refresh:
    """Runs inside a write transaction that the index has begun."""

    def __init__(self, db: sqlite3.Connection, sources: Sources) -> None:
        self._db = db
        records = RecordShelf(db, sources.parse_record)
        sessions, texts = SessionShelf(db, sources.parse_session), TextShelf(db)
        self._shelves: dict[str, Shelf] = {"record": records, "derived": records, "session": sessions, "events": texts}
        self._problems = bool(db.execute("SELECT 1 FROM problems").fetchone())
        self._read = self._removed = 0

    def run(self, found: list[Folder]) -> Changes:
        known = self._known()
        wanted = {f.path: f for f in found}
        for path, old in known.items():
            new = wanted.get(path)
            if new is None or (new.role, new.rank) != (old.role, old.rank):
                self._forget(old)
        for folder in found:
            self._take_in(folder, known.get(folder.path))
        for role in ("record", "session", "events"):
            self._shelves[role].settle()
        problems = self._db.execute("SELECT f.path || '/' || p.name, p.reason FROM problems p JOIN folders f USING (folder) ORDER BY 1").fetchall()
        return Changes(self._read, self._removed, tuple(problems))

    def _known(self) -> dict[str, _Known]:
        rows = self._db.execute("SELECT path, folder, role, rank, names, stamps FROM folders")
        return {path: _Known(folder, role, rank, listing(names, stamps)) for path, folder, role, rank, names, stamps in rows}

    def _forget(self, old: _Known) -> None:
        for name in old.files:
            self._shelves[old.role].drop(old.folder, name)
        self._removed += len(old.files)
        self._db.execute("DELETE FROM problems WHERE folder=?", (old.folder,))
        self._db.execute("DELETE FROM folders WHERE folder=?", (old.folder,))

    def _take_in(self, new: Folder, old: _Known | None) -> None:
        if old and (old.role, old.rank) != (new.role, new.rank):
            old = None
        files = new.files()
        changed, gone = difference(old.files if old else {}, files)
        if old and not changed and not gone:
            self._db.execute("UPDATE folders SET seal=? WHERE folder=?", (new.seal, old.folder))
            return
        number = old.folder if old else self._begin(new)
        for name in gone:
            self._shelves[new.role].drop(number, name)
            self._db.execute("DELETE FROM problems WHERE folder=? AND name=?", (number, name))
        unread = {name for name in changed if not self._take(new, number, name)}
        self._read, self._removed = self._read + len(changed), self._removed + len(gone)
        stamps = to_read_again(new, unread) if unread else new.stamps
        self._db.execute("UPDATE folders SET names=?, stamps=?, seal=? WHERE folder=?", (new.names, stamps, 0 if unread else new.seal, number))

    def _begin(self, new: Folder) -> int:
        return self._db.execute("INSERT INTO folders(path, role, rank, names, stamps, seal) VALUES (?,?,?,'',x'',0)", (new.path, new.role, new.rank)).lastrowid or 0

    def _take(self, new: Folder, number: int, name: str) -> bool:
        """False when the system did not let us read the file: it is tried again every time, since a permission leaves no trace in the stamp."""
        shelf = self._shelves[new.role]
        if self._problems:
            self._db.execute("DELETE FROM problems WHERE folder=? AND name=?", (number, name))
        try:
            shelf.take(number, new.rank, f"{new.path}/{name}", name)
        except UNREADABLE as error:
            if not isinstance(error, Damaged):
                shelf.drop(number, name)
            self._db.execute("INSERT INTO problems VALUES (?,?,?)", (number, name, clean(str(error)) or type(error).__name__))
            return not isinstance(error, OSError)
        return True


__all__ = ["Refresh"]
