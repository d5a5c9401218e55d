"""One refresh: which files changed since the last one, each to the shelf of its role."""

import sqlite3

from passdown.index.record_shelf import RecordShelf
from passdown.index.session_shelf import SessionShelf
from passdown.index.shelf import UNREADABLE, Damaged, Shelf
from passdown.index.sources import Changes, Folder, Sources, difference, to_read_again
from passdown.index.texts import TextShelf
from passdown.index.words import clean


class Refresh:
    """Runs inside a write transaction that the index has begun."""

    def __init__(self, db: sqlite3.Connection, sources: Sources) -> None:
        self._db = db
        self._records = records = RecordShelf(db, sources.parse_record, sources.forgotten)
        sessions, texts = SessionShelf(db, sources.parse_session), TextShelf(db)
        self._shelves: dict[str, Shelf] = {"record": records, "derived": records, "session": sessions, "events": texts}
        self._problems = bool(db.execute("SELECT 1 FROM problems").fetchone())
        self._read = self._removed = 0

    def run(self, found: list[Folder]) -> Changes:
        known = self._known()
        wanted = {f.path: f for f in found}
        for path, (number, old) in list(known.items()):
            new = wanted.get(path)
            if new is None or (new.role, new.rank) != (old.role, old.rank):
                self._forget(number, known.pop(path)[1])
        for folder in found:
            if folder.path not in known or not self._stands(*known[folder.path], folder):
                self._take_in(folder, *known.get(folder.path, (0, None)))
        for role in ("record", "session", "events"):
            self._shelves[role].settle()
        problems = self._db.execute("SELECT f.path || '/' || p.name, p.reason FROM problems p JOIN folders f USING (folder) ORDER BY 1").fetchall()
        return Changes(self._read, self._removed, tuple(problems), records=len(self._records.changed))

    def _known(self) -> dict[str, tuple[int, Folder]]:
        """Folders as they were last taken in, by path, each with its number."""
        rows = self._db.execute("SELECT folder, path, role, rank, names, stamps, seal FROM folders")
        return {path: (number, Folder(path, *rest)) for number, path, *rest in rows}

    def _forget(self, number: int, old: Folder) -> None:
        files = old.files()
        for name in files:
            self._shelves[old.role].drop(number, name)
        self._removed += len(files)
        self._db.execute("DELETE FROM problems WHERE folder=?", (number,))
        self._db.execute("DELETE FROM folders WHERE folder=?", (number,))

    def _stands(self, number: int, old: Folder, new: Folder) -> bool:
        """Whether no file came, went or changed."""
        if (old.names, old.stamps) != (new.names, new.stamps):
            return False
        if old.seal != new.seal:
            self._db.execute("UPDATE folders SET seal=? WHERE folder=?", (new.seal, number))
        return True

    def _take_in(self, new: Folder, number: int, old: Folder | None) -> None:
        changed, gone = difference(old.files() if old else {}, new.files())
        number = number or self._begin(new)
        for name in gone:
            self._shelves[new.role].drop(number, name)
            self._db.execute("DELETE FROM problems WHERE folder=? AND name=?", (number, name))
        unread = {name for name in changed if not self._take(new, number, name)}
        self._read, self._removed = self._read + len(changed), self._removed + len(gone)
        stamps = to_read_again(new, unread) if unread else new.stamps
        self._db.execute("UPDATE folders SET names=?, stamps=?, seal=? WHERE folder=?", (new.names, stamps, 0 if unread else new.seal, number))

    def _begin(self, new: Folder) -> int:
        row = (new.path, new.role, new.rank)
        return self._db.execute("INSERT INTO folders(path, role, rank, names, stamps, seal) VALUES (?,?,?,'',x'',0)", row).lastrowid or 0

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
