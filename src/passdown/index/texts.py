"""Captured text: which words of the kept events are searched, and how a file that only grew is read on.

A file of kept events is a chain of gzip members, each holding whole JSON lines (`docs/format.md`); a torn member at the end
is left for later. `e` is the event's tag (`model.event`, read here as plain JSON: a question must start without msgspec).
"""

import json
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from passdown.index.shelf import Damaged
from passdown.index.words import clean, identifiers

TEXT_CHARS = 16_000  # of one event that are searched
OUTPUT_CHARS = 160  # of a result; a failed one gives FAILED_CHARS: its words are what a later error is recognised by
FAILED_CHARS = 400
NEIGHBOUR_CHARS = 160  # of the prompt that an event answers, and of the text just before it
_TAIL_BYTES = 16  # of the member before the offset: its checksum and length are among them
_CHUNK = 1 << 18
HASHED = "~"  # begins the file name of a session whose id is no file name (`store.layout.file_stem`); the id stands in the file
GZIP = 31  # zlib's window bits for a gzip member
_WORDS_IN = "INSERT INTO text_words(rowid, body, idents, context) VALUES (?,?,?,?)"
_WORDS_OUT = "INSERT INTO text_words(text_words, rowid, body, idents, context) VALUES ('delete',?,?,?,?)"
_NOT_SEARCHED = (b'{"e":"thinking"', b'{"e":"usage"', b'{"e":"mark"', b'{"e":"injected"')  # seen before the line is decoded

_decode = json.JSONDecoder().decode

Row = tuple[int, str, str, str]  # number, tag, time, text


def searched(event: dict[str, Any]) -> tuple[str, str]:
    """(tag, text) of one kept event, "" when nothing of it is searched."""
    tag = event.get("e", "")
    if tag in ("prompt", "reply", "compaction"):
        return tag, event.get("text", "")[:TEXT_CHARS]
    if tag == "call":
        text = "\n".join(t for t in (event.get("about", ""), event.get("command", "")) if t)
        return ("plan" if event.get("action") == "plan" else tag), text[:TEXT_CHARS]
    if tag == "result":
        return tag, event.get("output", "")[: FAILED_CHARS if event.get("ok") is False else OUTPUT_CHARS]
    return tag, ""


class Neighbours:
    """What stands around an event: the last prompt and the last text before it. Carried from one reading of a file to the next."""

    def __init__(self, carry: str = "") -> None:
        self._prompt: str
        self._before: str
        self._prompt, self._before = json.loads(carry) if carry else ("", "")

    def carry(self) -> str:
        return json.dumps([self._prompt, self._before])

    def step(self, tag: str, text: str) -> str:
        """The context of this event; from here on it is itself a neighbour."""
        context = "" if tag in ("call", "result") else self._before
        if tag != "prompt" and self._prompt != self._before:
            context += "\n" + self._prompt
        if tag == "prompt":
            self._prompt = text[:NEIGHBOUR_CHARS]
        if tag != "result":
            self._before = text[:NEIGHBOUR_CHARS]
        return context


def _columns(tag: str, text: str, neighbours: Neighbours) -> tuple[str, str, str]:
    """Body, identifiers, context. An output's first words are searched as they stand: it is most of what there is, and says least."""
    return text, "" if tag == "result" else identifiers(text), neighbours.step(tag, text)


class TextShelf:
    """The events of one session a file."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def take(self, folder: int, rank: int, path: str, name: str) -> None:  # noqa: ARG002 - a log has no second copy
        known = self._db.execute("SELECT log, offset, tail, carry FROM logs WHERE folder=? AND name=?", (folder, name)).fetchone()
        with Path(path).open("rb") as file:
            if known and not _grew(file, known[1], known[2]):
                self.drop(folder, name)
                known = None
            log, offset, tail, carry = known or (self._begin(folder, name, path), 0, b"", "")
            file.seek(offset)
            self._read_on(log, file, offset, tail, carry)

    def drop(self, folder: int, name: str) -> None:
        row = self._db.execute("SELECT log FROM logs WHERE folder=? AND name=?", (folder, name)).fetchone()
        if row:
            self._cut(row[0], 0, "")
            self._db.execute("DELETE FROM logs WHERE log=?", row)

    def settle(self) -> None:
        """Nothing: each file stands for itself."""

    def _begin(self, folder: int, name: str, path: str) -> int:
        session = name.removesuffix(".jsonl.gz")
        if session.startswith(HASHED):
            session = _session_in(path) or session
        statement = "INSERT INTO logs(folder, name, session, offset, tail, carry) VALUES (?,?,?,0,x'','')"
        return self._db.execute(statement, (folder, name, clean(session))).lastrowid or 0

    def _read_on(self, log: int, file: BinaryIO, offset: int, tail: bytes, carry: str) -> None:
        """Rows go in as they come, so that memory stays bounded; what came from a member that has no end is taken out again."""
        neighbours, last = Neighbours(carry), self._last()
        try:
            for part in pieces(file):
                self._insert(log, part.rows, neighbours)
                if part.length:
                    offset, tail, carry, last = offset + part.length, part.tail, neighbours.carry(), self._last()
        finally:
            self._cut(log, last, carry)
            self._db.execute("UPDATE logs SET offset=?, tail=?, carry=? WHERE log=?", (offset, tail, carry, log))

    def _last(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(doc), 0) FROM texts").fetchone()[0])

    def _insert(self, log: int, rows: list[Row], neighbours: Neighbours) -> None:
        texts = [(doc, log, n, tag, at, text) for doc, (n, tag, at, text) in enumerate(rows, self._last() + 1)]
        self._db.executemany("INSERT INTO texts VALUES (?,?,?,?,?,?)", texts)
        self._db.executemany(_WORDS_IN, [(doc, *_columns(tag, text, neighbours)) for doc, _, _, tag, _, text in texts])

    def _cut(self, log: int, after: int, carry: str) -> None:
        """Takes out the log's rows behind the row `after`, before which `carry` held."""
        neighbours = Neighbours(carry)
        texts = self._db.execute("SELECT doc, tag, text FROM texts WHERE log=? AND doc>? ORDER BY doc", (log, after)).fetchall()
        self._db.executemany(_WORDS_OUT, [(doc, *_columns(tag, text, neighbours)) for doc, tag, text in texts])
        self._db.execute("DELETE FROM texts WHERE log=? AND doc>?", (log, after))


def _session_in(path: str) -> str:
    """The session id that the first events name, "" when they name none."""
    with Path(path).open("rb") as file:
        head = _inflate(zlib.decompressobj(wbits=GZIP), file.read(_CHUNK))[0]
    for line in head.split(b"\n")[:20]:
        if line.startswith(b'{"e":"mark"') and line.endswith(b"}"):
            return str(_decode(line.decode()).get("session", ""))
    return ""


def _grew(file: BinaryIO, offset: int, tail: bytes) -> bool:
    """Whether what was read is still there: no shorter file, and the same member before the offset."""
    file.seek(max(0, offset - len(tail)))
    return file.read(len(tail)) == tail


class Piece(msgspec.Struct, frozen=True):
    """Some rows of a member. With the last ones of a member come its compressed length and its last bytes; before that, 0 and b""."""

    rows: list[Row]
    length: int = 0
    tail: bytes = b""


def pieces(file: BinaryIO) -> Iterator[Piece]:
    """What stands in each member from here on, piece by piece; ends at a torn member, raises `Damaged` at a damaged one."""
    rest = b""
    while rest or (rest := file.read(_CHUNK)):
        inflate, length, tail, line = zlib.decompressobj(wbits=GZIP), 0, b"", b""
        while not inflate.eof:
            data = rest or file.read(_CHUNK)
            if not data:
                return
            text, rest = _inflate(inflate, data)
            used = len(data) - len(rest)
            length, tail = length + used, (tail + data[:used])[-_TAIL_BYTES:]
            *lines, line = (line + text).split(b"\n")
            yield Piece(_rows(lines))
        yield Piece(_rows([line]), length, tail)


def _inflate(inflate: Any, data: bytes) -> tuple[bytes, bytes]:
    """(content, bytes behind the member)."""
    try:
        return inflate.decompress(data), inflate.unused_data
    except zlib.error as error:
        raise Damaged(f"a gzip member of the events is damaged: {error}") from error


def _rows(lines: list[bytes]) -> list[Row]:
    rows = []
    for line in lines:
        if not line or line.startswith(_NOT_SEARCHED):
            continue
        try:
            event = _decode(line.decode())
            tag, text = searched(event)
        except (ValueError, TypeError, AttributeError) as error:
            raise Damaged("a line of the events is not an event") from error
        if text:
            rows.append((event.get("n", 0), tag, event.get("at", ""), clean(text)))
    return rows


__all__ = ["Neighbours", "TextShelf", "pieces", "searched"]
