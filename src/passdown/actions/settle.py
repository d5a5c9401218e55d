"""Extracted records of all sessions against each other: a new value supersedes the old one, a restatement the earlier saying, a report closes its task."""

import json
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from passdown import files
from passdown.actions.derive import lines
from passdown.extract.merge import merge
from passdown.index import Index
from passdown.model.record import Record
from passdown.project import Project
from passdown.redaction.scan import redact

NEWEST = 3_000  # records looked at; older ones have been settled when they were new


def settle(project: Project, index: Index) -> int:
    """Write what the newest extracted records change in each other into the derived files; returns how many files changed."""
    active = [r for r in index.records(limit=NEWEST) if r.extractor]
    before = {r.id: r for r in active}
    changed: dict[str, dict[str, Record]] = defaultdict(dict)
    for record in merge(sorted(active, key=lambda r: (r.created, r.id))):
        if record != before[record.id]:
            changed[record.session][record.id] = record
    return sum(rewrite(project, session, records) for session, records in sorted(changed.items()))


def rewrite(project: Project, session: str, changed: dict[str, Record]) -> bool:
    """The derived file of a session with these records in place of those with their ids; False when that changes nothing."""
    path = project.layout.derived(session)
    content = files.read(path)
    if content is None:
        return False
    records = [changed.get(r.id, r) for r in stored(content)]
    text = redact(lines(records))
    if text.encode() == content:
        return False
    files.write(path, text, durable=False)
    return True


def stored(content: bytes) -> Iterable[Record]:
    """Records of a derived file, its header left out."""
    return (msgspec.convert(json.loads(line), Record) for line in content.splitlines()[1:] if line.strip())


__all__ = ["settle"]
