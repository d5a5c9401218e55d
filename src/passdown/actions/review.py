"""`review`: what was extracted and nobody has looked at; accepting it makes it a record of its own, rejecting it keeps it from coming back.

A rejected record is an archived file of its own with the detail `review: rejected`. It stands for the quote: neither another extractor nor another
session that says the same brings it back (`extract.judged`, which every settling asks), but undo does. What was said stays in the kept events.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from passdown.actions.look import whole_id, words_of
from passdown.actions.refresh import opened, refresh
from passdown.errors import NoSuchRecord, UsageError
from passdown.extract.judged import REJECTED, REVIEW
from passdown.model.record import Detail, Record
from passdown.project import Project
from passdown.store import events
from passdown.store.records import Receipt, RecordStore

LANDMARK_CHARS = 60  # of the quote's first line, by which it is found: further on, white space may be laid out otherwise
AROUND_CHARS = 240  # shown before and behind the quote, and of what was said before


def unreviewed(project: Project, *, kind: str = "", session: str = "", since: str = "") -> list[Record]:
    """Active extracted records that have no file of their own, the newest first. since: UTC ISO; only those said then or later."""
    with opened(project) as index:
        found = index.records(kind or None, session=whole_id(index, session))
    own = {path.stem for path, _ in RecordStore(project.layout).paths()}
    fresh = [r for r in found if r.trust == "extracted" and r.extractor and r.id not in own and r.created >= since]
    return sorted(fresh, key=lambda r: (r.created, r.id), reverse=True)


def chosen(project: Project, prefixes: Sequence[str]) -> list[Record]:
    """The records whose ids begin so; all of them, or an error. Raises `NoSuchRecord`, `AmbiguousRecord`, `UsageError` for one that was noted on purpose."""
    with opened(project) as index:
        found = [index.get(prefix) for prefix in prefixes]
    if noted := [r.id for r in found if not r.extractor]:
        raise UsageError(f"{noted[0]} was not extracted, so there is nothing to review", f"passdown edit {noted[0]}, passdown archive {noted[0]}")
    return found


def accept(project: Project, records: Iterable[Record]) -> list[Receipt]:
    """Each becomes a noted record with a file of its own; where it was said stays with it."""
    return _reviewed(project, "accept", records, lambda r: replace(r, status="active", trust="noted", details=_without_review(r)))


def reject(project: Project, records: Iterable[Record]) -> list[Receipt]:
    """Each is put away for good."""
    return _reviewed(project, "reject", records, lambda r: replace(r, status="archived", details={**r.details, REVIEW: REJECTED}))


def _without_review(record: Record) -> Mapping[str, Detail]:
    return {name: value for name, value in record.details.items() if name != REVIEW}


def _reviewed(project: Project, verb: str, records: Iterable[Record], change: Callable[[Record], Record]) -> list[Receipt]:
    store, now = RecordStore(project.require().layout), project.clock.iso()
    done = [_kept(store, verb, replace(change(record), updated=now), now) for record in records]
    refresh(project, fresh=True)  # what says the same elsewhere goes with it
    return done


def _kept(store: RecordStore, verb: str, record: Record, now: str) -> Receipt:
    try:
        return store.put(record, store.get(record.id).hash, verb=verb, at=now)
    except NoSuchRecord:
        return store.add(record, verb=verb)


class Quote(msgspec.Struct, frozen=True):
    """Where a record was said, and its surroundings. prompt: what the user had said last; before, quote, behind: the text around it."""

    session: str
    event: int
    at: str = ""
    speaker: str = ""
    prompt: str = ""
    before: str = ""
    quote: str = ""
    behind: str = ""


def quoted(project: Project, record: Record) -> Quote | None:
    """The record's first evidence in the kept events; None when they are not kept any more."""
    prompt = ""
    for evidence in record.evidence[:1]:
        for event in events.read(project.layout.events(evidence.session)):
            text, kind = words_of(event), type(event).__name__.lower()
            if event.n == evidence.event:
                before, quote, behind = cut(text, record.text)
                return Quote(evidence.session, event.n, event.at, kind, prompt, before, quote, behind)
            prompt = text[:AROUND_CHARS] if kind == "prompt" else prompt
    return None


def cut(text: str, quote: str) -> tuple[str, str, str]:
    """What stands before the quote, the quote, and what follows; the text's beginning alone when the quote's is not found in it."""
    first = quote.split("\n", 1)[0][:LANDMARK_CHARS]
    at = text.find(first)
    if at < 0 or not first:
        return "", text[: 2 * AROUND_CHARS], ""
    end = at + len(quote)
    return text[max(0, at - AROUND_CHARS):at], text[at:end], text[end:end + AROUND_CHARS]


__all__ = ["Quote", "accept", "chosen", "cut", "quoted", "reject", "unreviewed"]
