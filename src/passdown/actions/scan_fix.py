"""Taking out of our own store what `scan` found in it.

Each part of the store has its way: events are rewritten and derived from again, records get a new version, states are cleaned where they lie, other texts are
replaced, the index is made again. What cannot be mended without guessing is left as it is, with a word on what to do.
"""

from collections.abc import Iterable
from pathlib import Path

from passdown import files
from passdown.actions.capture import roots_of
from passdown.actions.derive import write_derived
from passdown.actions.forget import extracted, facts_again
from passdown.actions.scan import DATABASE, GZIP, Scanned, content, look
from passdown.extract.session import Fold
from passdown.model.ids import content_hash
from passdown.production import process
from passdown.project import Project
from passdown.redaction.events import scan_events
from passdown.redaction.scan import redact
from passdown.redaction.values import redact_values
from passdown.store import events as event_log
from passdown.store.layout import Layout
from passdown.store.reading import Stored
from passdown.store.records import RecordStore
from passdown.store.state import State

BESIDE_DATABASE = ("-wal", "-shm", "-journal")
OWN = "It is a file of your own: take it out by hand, and revoke it if it was ever committed."
RUNNING = "A phase is still writing it: repeat this when it has ended."
PRODUCTIONS = "It is the database of productions: revoke the secret; when no production is open any more, the file can be removed, with what it knows of them."
NAMED = "A path or an id of a session holds it: `passdown doctor` names the session, `passdown forget` takes it out."
UNKNOWN = "It is no text: look at it, and remove it by hand if you do not need it."


def fix(project: Project, seen: Scanned) -> Scanned:
    """Take what was seen in our own store out of it. Raises what writing raises; what was written until then stays."""
    layout = project.require().layout
    affected = dict.fromkeys(one.path for one in seen.found)
    fix_events(project, affected)
    fix_records(project, affected)
    if any(path.name.startswith(layout.state.name) for path in affected):
        fix_state(layout)
    for path in affected:
        fix_file(layout, path)
    for remains in layout.private.glob("index.db*"):
        files.remove(remains)
    after = look(project)
    still = dict.fromkeys(one.path for one in after.found)
    fixed = tuple(path for path in affected if path not in still)
    return Scanned(after.files, after.found, after.unread, fixed, tuple((path, advice(layout, path)) for path in still))


def fix_events(project: Project, affected: Iterable[Path]) -> None:
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


def fix_records(project: Project, affected: Iterable[Path]) -> None:
    """Each through the store, so that its published copy follows."""
    store = RecordStore(project.layout)
    for stored in store.all():
        if isinstance(stored, Stored) and stored.path in affected:
            store.put(stored.record, stored.hash, verb="scan", at=project.clock.iso())


def fix_state(layout: Layout) -> None:
    """What readers and folds remember, and the pages in which it stood."""
    with files.lock(layout.capture_lock), State(layout.state) as state:
        state.clean(redact_values)


def fix_file(layout: Layout, path: Path) -> None:
    """A text that still holds some: sessions, the journal, what hooks left, what was rendered or put aside, copies that nobody keeps in step."""
    data = files.read(path)
    if data is None or advice(layout, path) in (OWN, RUNNING, PRODUCTIONS, NAMED):
        return
    text = (content(path) or b"").decode("utf-8", "surrogateescape")
    safe = redact(text)
    if safe == text or (b"\0" in data and not data.startswith(GZIP)):
        return
    if data.startswith(GZIP):  # a log that no session is known of any more, or that was put aside
        event_log.reword(path, safe, content_hash(data))
    else:
        files.write(path, safe, expected=content_hash(data), mode=path.stat().st_mode & 0o777)


def advice(layout: Layout, path: Path) -> str:
    """What the user can do about a file that is not mended."""
    runs = layout.private / "workflows" / "runs"
    if path == layout.config or (path.parent.name in ("templates", "workflows") and path.parent.parent == (layout.shared or layout.private)):
        return OWN
    if runs in path.parents:
        return RUNNING if any(process.is_running(folder) for folder in path.parents if runs in folder.parents) else UNKNOWN
    if path.name.startswith(layout.state.name) and path.suffix != ".damaged":
        return NAMED
    data = (files.read(path) or b"")[: len(DATABASE)]
    return PRODUCTIONS if layout.private / "workflows" in path.parents and (data == DATABASE or path.name.endswith(BESIDE_DATABASE)) else UNKNOWN


__all__ = ["fix"]
