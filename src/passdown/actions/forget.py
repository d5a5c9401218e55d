"""Taking words out of what was captured: the events that said them are rewritten without their text."""

from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace as with_fields

from passdown import files
from passdown.actions.derive import write_derived
from passdown.extract.paths import Roots
from passdown.extract.records import Extraction
from passdown.extract.session import Fold
from passdown.model.event import Event, SafeEvents
from passdown.model.record import Record
from passdown.model.session import Session
from passdown.project import Project
from passdown.store import events as event_log
from passdown.store.state import State

FORGOTTEN = "[forgotten]"


def cut_events(project: Project, session: str, record: Record) -> list[Path]:
    """Rewrite a session's kept events without the record's text, then derive its facts and records again."""
    with files.lock(project.layout.capture_lock), State(project.layout.state) as state:
        kept = state.kept(session)
        log = project.layout.events(session)
        event_log.settle(log, kept.length)
        before = list(event_log.read(log, kept.length))
        numbers = {e.event for e in record.evidence if e.session == session}
        after = [without(e, record.text) if e.n in numbers or not numbers else e for e in before]
        if after == before:
            return []
        safe = SafeEvents(tuple(after))
        length = event_log.rewrite(log, safe)
        fold, extraction = Fold(None, Roots(str(project.root))), Extraction(None)
        fold.add(safe)
        extraction.add(safe)
        state.rewrite(session, length, fold.state(), extraction.state())
        event_log.settle(log, length)
        write_derived(project, facts_again(fold, session, before), extraction.records())
    return [log]


def facts_again(fold: Fold, session: str, _before: list[Event]) -> Session:
    return with_fields(fold.facts(), id=session)


def without(value: Any, text: str) -> Any:
    """A struct, tuple or string with every occurrence of `text` replaced."""
    if isinstance(value, str):
        return value.replace(text, FORGOTTEN)
    if isinstance(value, tuple):
        return tuple(without(v, text) for v in value)
    if isinstance(value, msgspec.Struct):
        return msgspec.structs.replace(value, **{n: without(getattr(value, n), text) for n in value.__struct_fields__})
    return value


__all__ = ["cut_events"]
