"""`doctor --repair`: what does not read is put aside and made again as far as anything here knows how; nothing is deleted but what is disposable."""

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from passdown import files
from passdown.actions.capture import capture, roots_of
from passdown.actions.derive import write_derived
from passdown.actions.rebuild import rebuild
from passdown.errors import PassdownError
from passdown.extract.records import Extraction
from passdown.extract.session import Fold
from passdown.model.event import Event, Mark, SafeEvents
from passdown.project import Project
from passdown.store import events as event_log
from passdown.store import repair
from passdown.store.layout import Layout
from passdown.store.records import RecordStore
from passdown.store.state import State

BESIDE = ("", "-wal", "-shm")


def mend(project: Project) -> Iterator[str]:
    """Mend record files, kept events, cursors, facts and index, in this order; a line for each thing that was done. Raises `WriteFailed`, `Locked`."""
    layout, at = project.layout, project.clock.iso()
    store = RecordStore(layout)
    yield from repair.records(store, at)
    yield from repair.copies(store, at)
    transcripts: list[Path] = []
    with files.lock(layout.capture_lock):
        yield from mend_state(layout, at)
        yield from mend_events(project, at, transcripts)
        yield from repair.sessions(layout, at)
    for captured in capture(project, transcripts) if transcripts else ():
        yield f"read {captured.path} again: {captured.new_events} events" if not captured.error else f"{captured.path}: {captured.error}"
    if made := rebuild(project):
        yield f"made facts and records of {made} sessions again from what is kept"
    yield from made_private(layout)
    for ending in BESIDE:
        files.remove(Path(f"{layout.index}{ending}"), durable=False)


def mend_state(layout: Layout, at: str) -> Iterator[str]:
    """A database of cursors that is damaged is put aside; the kept events say what it knew, and transcripts are read against them."""
    with State(layout.state) as state:
        damage = state.damage()
    if not damage:
        return
    for ending in BESIDE:
        path = Path(f"{layout.state}{ending}")
        if path.exists():
            yield f"{path.name} is damaged ({damage}): put aside as {repair.put_aside(layout, path, at)}"


def mend_events(project: Project, at: str, transcripts: list[Path]) -> Iterator[str]:
    """Logs that are cut, damaged or unknown to the database, with what can be read of them. transcripts: gets those that are to be read again."""
    layout = project.layout
    with State(layout.state) as state:
        known = {layout.events(session): session for session in state.sessions()}
        for log in sorted({*known, *(layout.private / "events").glob("*.jsonl.gz")}):
            session = known.get(log, "")
            kept = state.kept(session)
            if session and event_log.settle(log, kept.length) and event_log.whole(log, kept.length):
                continue
            found = repair.salvaged(files.read(log) or b"")
            session = session or session_in(found) or log.name.removesuffix(".jsonl.gz")
            if layout.forgotten(session).exists():
                continue
            transcripts += [Path(c.path) for c in state.cursors() if c.session == session and Path(c.path).exists()]
            yield from rewritten(project, state, session, found, at, lost=max(0, kept.count - len(found)))


def rewritten(project: Project, state: State, session: str, found: list[Event], at: str, *, lost: int) -> Iterator[str]:
    """The log with what could be read, and the database as it has to be for the next capture to add what is missing."""
    log = project.layout.events(session)
    length, was = log.stat().st_size if log.exists() else 0, ""
    if not event_log.whole(log, length) or not length:
        was = f", put aside as {repair.put_aside(project.layout, log, at)}" if log.exists() else ""
        length = event_log.replace(log, SafeEvents(tuple(found))) if found else 0
    fold, extraction = Fold(None, roots_of(project, ())), Extraction(None)
    fold.add(SafeEvents(tuple(found)))
    extraction.add(SafeEvents(tuple(found)))
    state.start_over(session, length, found[-1].n + 1 if found else 0, fold.state(), extraction.state())
    if found and not any((project.layout.private / "sessions").glob(f"*-{log.name.removesuffix('.jsonl.gz')}.md")):
        write_derived(project, replace(fold.facts(), id=session), extraction.records())
    yield f"events of {session}: {len(found)} are there" + (f", {lost} could not be read" if lost else "") + was


def session_in(found: list[Event]) -> str:
    """The id that the events themselves name."""
    return next((event.session for event in found if isinstance(event, Mark) and event.session), "")


def made_private(layout: Layout) -> Iterator[str]:
    """Files that others may read are for their owner alone again."""
    for path in sorted(p for p in layout.private.rglob("*") if p.is_file() and not p.is_symlink() and p.stat().st_mode & 0o077):
        try:
            files.protect(path)
        except PassdownError:
            continue
        yield f"{path} is for you alone again"


__all__ = ["mend"]
