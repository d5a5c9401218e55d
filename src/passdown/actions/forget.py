"""Taking words out of what was captured: the events that said them are rewritten without their text."""

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace as with_fields

from passdown import files
from passdown.actions.capture import roots_of
from passdown.actions.derive import write_derived
from passdown.actions.refresh import opened
from passdown.extract.records import FORGOTTEN, Extraction
from passdown.extract.session import Fold
from passdown.model.event import Event, SafeEvents
from passdown.model.record import Record
from passdown.model.session import Session
from passdown.project import Project
from passdown.store import events as event_log
from passdown.store.state import State

LEAST = 8  # characters that a line, a reason or an answer must have to be cut out by itself
EVERYWHERE = 20  # a text of so many is cut wherever the session has it; a shorter one only where it was said


def cut_events(project: Project, session: str, record: Record) -> list[Path]:
    """Rewrite a session's kept events without the record's words, then derive its facts and records again."""
    with files.lock(project.layout.capture_lock), State(project.layout.state) as state:
        kept = state.kept(session)
        log = project.layout.events(session)
        event_log.settle(log, kept.length)
        before = list(event_log.read(log, kept.length))
        numbers = {e.event for e in record.evidence if e.session == session}
        words = {*texts_of(record), *as_extracted(project.layout.derived(session), record.id)}
        after = list(map(partial(cut, texts=sorted(words, key=len, reverse=True), numbers=numbers), before))
        if record.id in {r.id for r in extracted(after).records()}:  # said in other words than it is kept in: all that was said there goes
            after = [emptied(e) if e.n in numbers else e for e in after]
        if after == before and record.id.encode() not in (files.read(project.layout.derived(session)) or b""):
            return []
        safe = SafeEvents(tuple(after))
        length = event_log.rewrite(log, safe)
        fold, extraction = Fold(None, roots_of(project, ())), extracted(after)
        fold.add(safe)
        state.rewrite(session, length, fold.state(), extraction.state())
        event_log.settle(log, length)
        for remains in (log.with_name(log.name + ".damaged"), *project.layout.quarantine.glob(f"*/events/{log.name}")):
            files.remove(remains)
        write_derived(project, facts_again(project, fold, session), extraction.records())
    return [log]


def extracted(events: list[Event]) -> Extraction:
    extraction = Extraction(None)
    extraction.add(SafeEvents(tuple(events)))
    return extraction


def texts_of(record: Record) -> Iterator[str]:
    """The record's words and reasons: a question and its answer stand in two places of what was said."""
    yield record.text
    yield from (line for line in record.text.splitlines() if len(line) >= LEAST)
    values = (v for detail in record.details.values() for v in ((detail,) if isinstance(detail, str) else detail))
    yield from (value for value in values if len(value) >= LEAST and " " in value)


def as_extracted(path: Path, record_id: str) -> Iterator[str]:
    """What the session said, where the record was edited since."""
    for row in (files.read(path) or b"").split(b"\n")[1:]:
        if record_id.encode() in row and (found := json.loads(row)).get("id") == record_id:
            yield from texts_of(msgspec.convert(found, Record))


def cut(event: Event, texts: list[str], numbers: set[int]) -> Event:
    for text in texts:
        if not numbers or event.n in numbers or len(text) >= EVERYWHERE:
            event = without(event, re.compile(r"\s+".join(map(re.escape, text.split()))))
    return event


def emptied(event: Event) -> Event:
    """Without any prose."""
    bare: Event = without(event, re.compile(r"(?s).*\s.*"))
    return bare


def facts_again(project: Project, fold: Fold, session: str) -> Session:
    """Folded anew, with what does not come from events as it was."""
    with opened(project) as index:
        old = index.session(session)
    facts = with_fields(fold.facts(), id=session)
    return with_fields(facts, agent=old.agent, reading=old.reading, end_head=old.end_head, uncommitted=old.uncommitted) if old else facts


def without(value: Any, text: re.Pattern[str]) -> Any:
    """A struct, tuple or string with every occurrence of `text` replaced."""
    if isinstance(value, str):
        return text.sub(FORGOTTEN, value)
    if isinstance(value, tuple):
        return tuple(without(v, text) for v in value)
    if isinstance(value, msgspec.Struct):
        return msgspec.structs.replace(value, **{n: without(getattr(value, n), text) for n in value.__struct_fields__})
    return value


__all__ = ["cut_events"]
