"""Session facts, and the files that each session changed."""

import sqlite3
from collections.abc import Callable

from passdown.index.codec import dump, load_session
from passdown.index.shelf import content
from passdown.index.words import Columns, identifiers
from passdown.model.session import Session

_ROW = "INSERT INTO sessions(id, folder, name, rank, shown, ended, thread, payload) VALUES (?,?,?,?,0,?,?,?)"
_WORDS_IN = "INSERT INTO session_words(rowid, title, details, body, idents, context) VALUES (?,?,?,?,?,?)"
_WORDS_OUT = "INSERT INTO session_words(session_words, rowid, title, details, body, idents, context) VALUES ('delete',?,?,?,?,?,?)"


class SessionShelf:
    """One session a file; of two copies the private one is shown."""

    def __init__(self, db: sqlite3.Connection, parse: Callable[[str], Session]) -> None:
        self._db = db
        self._parse = parse
        self._changed: set[str] = set()

    def take(self, folder: int, rank: int, path: str, name: str) -> None:
        self.drop(folder, name)
        session, payload = dump(self._parse(content(path).decode()))
        self._db.execute(_ROW, (session.id, folder, name, rank, session.ended or session.started, session.thread, payload))
        self._changed.add(session.id)

    def drop(self, folder: int, name: str) -> None:
        for doc, id_, shown, payload in self._db.execute("SELECT doc, id, shown, payload FROM sessions WHERE folder=? AND name=?", (folder, name)).fetchall():
            if shown:
                self._hide(doc, payload)
            self._changed.add(id_)
        self._db.execute("DELETE FROM sessions WHERE folder=? AND name=?", (folder, name))

    def settle(self) -> None:
        for id_ in self._changed:
            copies = self._db.execute("SELECT doc, shown, payload FROM sessions WHERE id=? ORDER BY rank, folder, name", (id_,)).fetchall()
            for doc, shown, payload in copies[1:]:
                if shown:
                    self._hide(doc, payload)
            if copies and not copies[0][1]:
                self._show(copies[0][0], copies[0][2])

    def _show(self, doc: int, payload: str) -> None:
        session = load_session(payload)
        self._db.execute("UPDATE sessions SET shown=1 WHERE doc=?", (doc,))
        self._db.execute(_WORDS_IN, (doc, *session_columns(session)))
        self._db.executemany("INSERT OR IGNORE INTO touched VALUES (?,?)", [(path, doc) for path in session.files_changed])

    def _hide(self, doc: int, payload: str) -> None:
        session = load_session(payload)
        self._db.execute("UPDATE sessions SET shown=0 WHERE doc=?", (doc,))
        self._db.execute(_WORDS_OUT, (doc, *session_columns(session)))
        self._db.executemany("DELETE FROM touched WHERE path=? AND doc=?", [(path, doc) for path in session.files_changed])


def session_columns(session: Session) -> Columns:
    """Goal, asks and plan first; then how it ended; files and commands as identifiers."""
    details = [*session.asks, session.plan, *(c.subject for c in session.commits), *(t.text for t in session.todos)]
    body = [session.last_words, *session.summaries, *(e.message for e in session.errors), *(s.task for s in session.subagents)]
    places = " ".join([*(f.path for f in session.files), *(c.command for c in session.commands)])
    names = identifiers(f"{places}\n{session.goal}")
    return (
        f"{session.title}\n{session.goal}", "\n".join(details), "\n".join(body), f"{places} {names}", f"{session.branch} {session.agent}",
    )


__all__ = ["SessionShelf", "session_columns"]
