"""Extracted records of all sessions against each other: a new value supersedes the old one, a restatement the earlier saying, a report closes its task.

And what only several sessions show together: an error that each of them meets anew, a request that is made in each.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache

import msgspec

from passdown import files
from passdown.actions.derive import lines
from passdown.actions.set_aside import set_aside
from passdown.extract.closing import closed
from passdown.extract.judged import Judged, rejected, revived
from passdown.extract.merge import merge
from passdown.extract.records import EXTRACTOR
from passdown.extract.recurring import recurring
from passdown.extract.requested import requested
from passdown.index import Index
from passdown.model.event import Prompt
from passdown.model.record import Record
from passdown.project import Project
from passdown.redaction.scan import redact
from passdown.store import events as event_log

SESSIONS = 40  # looked at for what recurs, and for what closes a task
NEWEST = 3_000  # records looked at; older ones have been settled when they were new


def settle(project: Project, index: Index) -> int:
    """Write what the newest extracted records change in each other into the derived files; returns how many files changed."""
    found, sessions = index.records(limit=NEWEST), index.sessions(SESSIONS)
    aside = list(set_aside(project, sessions, found))  # each in place of what was extracted of the same prompt
    judged = Judged([*(r for r in found if r.trust != "extracted"), *aside, *filter(rejected, index.records(status="archived", limit=NEWEST))])
    again = {said.id: said for r in found if (said := judged.again(r))}
    back = revived(index.records(status="superseded", limit=NEWEST), {r.id: r for r in found})
    active = [r for r in found if r.extractor and r.id not in again]
    before = {r.id: r for r in active}
    active += back
    changed: dict[str, dict[str, Record]] = defaultdict(dict)
    settled = closed(merge(sorted(active, key=lambda r: (r.created, r.id))), sessions)
    several = [*recurring(sessions, before, EXTRACTOR), *requested(sessions, before, EXTRACTOR, prompts(project))]
    new = (judged.again(r) or r for r in several)
    for record in (*again.values(), *settled, *new):
        if record.trust == "extracted" and record != before.get(record.id):
            changed[record.session][record.id] = record
    for record in aside:
        changed[record.session][record.id] = record
    return sum(rewrite(project, session, records) for session, records in sorted(changed.items()))


def prompts(project: Project) -> Callable[[str, str], int]:
    """Number of the event in which the user said a sentence, by session; 0 when it is not among the kept ones. Each session is read once."""

    @cache
    def kept(session: str) -> list[tuple[int, str]]:
        return [(e.n, " ".join(e.text.split())) for e in event_log.read(project.layout.events(session)) if isinstance(e, Prompt)]

    return lambda session, sentence: next((n for n, text in kept(session) if " ".join(sentence.split()) in text), 0)


def rewrite(project: Project, session: str, changed: dict[str, Record]) -> bool:
    """The derived file of a session with these records in place of those with their ids, new ones last; False when that changes nothing."""
    path = project.layout.derived(session)
    content = files.read(path)
    if content is None:
        return False
    records = {r.id: changed.get(r.id, r) for r in stored(content)} | changed
    text = redact(lines(records.values()))
    if text.encode() == content:
        return False
    files.write(path, text, durable=False)
    return True


def stored(content: bytes) -> Iterable[Record]:
    """Records of a derived file, its header left out."""
    return (msgspec.convert(json.loads(line), Record) for line in content.splitlines()[1:] if line.strip())


__all__ = ["settle"]
