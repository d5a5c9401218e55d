"""Secrets in what was kept before there was a rule for them, and in any file; and taking them out of our own store."""

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from passdown import files
from passdown.actions.capture import roots_of
from passdown.actions.derive import write_derived
from passdown.actions.forget import extracted, facts_again
from passdown.errors import UsageError
from passdown.extract.session import Fold
from passdown.model.ids import content_hash
from passdown.project import Project
from passdown.redaction.events import scan_events
from passdown.redaction.markers import marker
from passdown.redaction.scan import hits, redact
from passdown.store import events as event_log
from passdown.store.reading import Stored
from passdown.store.records import RecordStore
from passdown.store.state import State

SKIPPED = {".git", "node_modules", ".venv", "__pycache__", ".tox"}  # folders of others, when a folder is named
MAX_FILE_BYTES = 64 << 20
EVENTS = ".jsonl.gz"
DATABASE = b"SQLite format 3\0"


class Found(msgspec.Struct, frozen=True):
    """One secret. path: of the file. line: from 1; 0 in a database. masked: its kind, with the digits by which it is known again. length: in bytes."""

    path: Path
    line: int
    code: str
    masked: str
    length: int


class Scanned(msgspec.Struct, frozen=True):
    """files: how many were read. found: in the order of the files. unread: too large, or not readable. fixed: files that were written anew."""

    files: int
    found: tuple[Found, ...] = ()
    unread: tuple[Path, ...] = ()
    fixed: tuple[Path, ...] = ()


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
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()
                    and not SKIPPED & set(path.relative_to(folder).parts))


def content(path: Path) -> bytes | None:
    """Of a file, unpacked; None where it cannot be read."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            return None
        return b"\n".join(event_log.lines(path)) if path.name.endswith(EVENTS) else files.read(path)
    except (OSError, zlib.error):
        return None


def secrets_in(path: Path, data: bytes) -> Iterator[Found]:
    """Each with its line."""
    line, counted = 1, 0
    for hit in hits(data):
        line, counted = line + data.count(b"\n", counted, hit.start), hit.start
        yield Found(path, 0 if data.startswith(DATABASE) else line, hit.code, marker(hit.code, hit.secret).decode(), hit.end - hit.start)


def fix(project: Project, seen: Scanned) -> Scanned:
    """Take what was seen in our own store out of it: events are rewritten and derived from again, records get a new version, other texts are replaced.

    The index is removed: it is made again from the text. Raises what writing raises; what was written until then stays.
    """
    layout = project.require().layout
    affected = dict.fromkeys(one.path for one in seen.found)
    fix_events(project, affected)
    fix_records(project, affected)
    for path in affected:
        fix_text(path)
    for remains in layout.private.glob("index.db*"):
        files.remove(remains)
    after = look(project)
    return Scanned(after.files, after.found, after.unread, tuple(path for path in affected if not any(one.path == path for one in after.found)))


def fix_events(project: Project, affected: dict[Path, None]) -> None:
    """Kept events without secrets, session facts and records derived from them again."""
    layout = project.layout
    with files.lock(layout.capture_lock), State(layout.state) as state:
        for session in state.sessions():
            log = layout.events(session)
            if log in affected:
                kept = state.kept(session)
                event_log.settle(log, kept.length)
                safe, _ = scan_events(tuple(event_log.read(log, kept.length)))
                fold, extraction = Fold(None, roots_of(project, ())), extracted(list(safe))
                fold.add(safe)
                length = event_log.rewrite(log, safe)
                state.rewrite(session, length, fold.state(), extraction.state())
                event_log.settle(log, length)
                write_derived(project, facts_again(project, fold, session), extraction.records())


def fix_records(project: Project, affected: dict[Path, None]) -> None:
    """Each through the store, so that its published copy follows."""
    store = RecordStore(project.layout)
    for stored in store.all():
        if isinstance(stored, Stored) and stored.path in affected:
            store.put(stored.record, stored.hash, verb="scan", at=project.clock.iso())


def fix_text(path: Path) -> None:
    """A text file that still holds some: sessions, the journal, what was rendered, copies that nobody keeps in step."""
    data = files.read(path)
    if data is None or data.startswith((DATABASE, b"\x1f\x8b")):
        return
    text = data.decode("utf-8", "surrogateescape")
    safe = redact(text)
    if safe != text:
        files.write(path, safe, expected=content_hash(data), mode=path.stat().st_mode & 0o777)


__all__ = ["Found", "Scanned", "fix", "look"]
