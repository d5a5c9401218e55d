"""The real sessions below $PASSDOWN_TEST_DATA, read and redacted as a capture does it, without a store."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from passdown.model.event import Event, Prompt, Reply, SafeEvents
from passdown.redaction.events import scan_events
from passdown.transcripts.detect import detect
from passdown.transcripts.rows import read_rows
from passdown.transcripts.stream import Stream
from passdown.transcripts.table import reader

HEAD_BYTES = 65_536  # in which a format is recognised
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


class RealSession(msgspec.Struct, frozen=True):
    """One transcript: the project it belongs to, its file, its events in batches."""

    project: str
    path: Path
    batches: tuple[SafeEvents, ...]

    @property
    def events(self) -> Iterator[Event]:
        return (event for batch in self.batches for event in batch)


def root() -> Path:
    return Path(os.environ["PASSDOWN_TEST_DATA"])


def all_sessions() -> Iterator[RealSession]:
    """Every session of every project, in order of project and file."""
    for folder in sorted((root() / "projects").iterdir()):
        for path in sorted((folder / "sessions").iterdir()):
            yield RealSession(folder.name, path, tuple(read_safe(path)))
    for folder in sorted((root() / "transcripts" / "specstory").iterdir()):
        for path in sorted(folder.rglob("*.md")):
            yield RealSession(folder.name, path, tuple(read_safe(path)))


def words_by_source() -> list[Counter[str]]:
    """For each project and each repository of documents, the words that it uses, each counted once."""
    found: dict[str, set[str]] = {}
    for session in all_sessions():
        for event in session.events:
            if isinstance(event, Prompt | Reply):
                found.setdefault(session.project, set()).update(_words(event.text))
    for folder in sorted((root() / "documents").glob("*/*")):
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            found.setdefault(folder.name, set()).update(_words(path.read_text(encoding="utf-8", errors="replace")))
    return [Counter(words) for words in found.values()]


def read_safe(path: Path) -> Iterator[SafeEvents]:
    """A transcript's events in batches, redacted and numbered."""
    content = path.read_bytes()
    kind = reader(detect(content[:HEAD_BYTES], str(path)))
    stream = Stream(kind.start(), {})
    for batch, _ in stream.batches(read_rows([content], kind.ROW_START, last=True)):
        yield stream.number(scan_events(batch)[0])


def _words(text: str) -> set[str]:
    return {w for w in WORD.findall(text.lower().replace("’", "'")) if len(w) > 1 or w in "ai"}


__all__ = ["RealSession", "all_sessions", "read_safe", "words_by_source"]
