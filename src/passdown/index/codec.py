"""Records and sessions as one JSON text each, with the standard library alone: what a question reads instead of files."""

import json
from collections.abc import Callable
from typing import Any

from passdown.model.anchor import Anchor, Evidence
from passdown.model.record import Record
from passdown.model.session import (
    CheckFact,
    CommandFact,
    CommitFact,
    ErrorFact,
    FileFact,
    Reading,
    Session,
    SubagentFact,
    TodoFact,
    UsageFact,
)

_FACTS: dict[str, Any] = {
    "files": FileFact, "commands": CommandFact, "checks": CheckFact, "commits": CommitFact, "todos": TodoFact,
    "errors": ErrorFact, "subagents": SubagentFact, "usage": UsageFact,
}
_RECORD: Callable[..., Record] = Record
_TEXTS = ("branches", "asks", "summaries")
_encode = json.JSONEncoder(separators=(",", ":")).encode  # ASCII: half a surrogate pair must not keep a record out of the index


def _facts(value: Any) -> dict[str, Any]:
    """A flat dataclass with slots as a dictionary."""
    return {name: getattr(value, name) for name in value.__slots__}


def dump_record(record: Record) -> str:
    """`record` as a JSON list of its fields in order: a third of what a dictionary with names costs, and there may be 10,000."""
    r = record
    anchors = [(a.path, a.first, a.last, a.symbol, a.seen) for a in r.anchors]
    evidence = [(e.session, e.event, e.quote) for e in r.evidence]
    return _encode((
        r.id, r.kind, r.text, r.status, r.trust, r.created, r.updated, r.session, r.agent, r.branch, r.thread,
        dict(r.details), anchors, evidence, r.supersedes, r.superseded_by, r.extractor,
    ))


def load_record(payload: str) -> Record:
    """What `dump_record` wrote. Raises ValueError or TypeError when it is damaged."""
    *plain, details, anchors, evidence, supersedes, superseded_by, extractor = json.loads(payload)
    return _RECORD(
        *plain, _details(details), tuple([Anchor(*a) for a in anchors]), tuple([Evidence(*e) for e in evidence]),
        tuple(supersedes), superseded_by, extractor,
    )


def _details(details: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in details.items()}


def record_from(value: dict[str, Any]) -> Record:
    """A record from a dictionary with the names of its fields. Raises KeyError, TypeError, ValueError or AttributeError when it is none."""
    fields = dict(value)
    if details := fields.get("details"):
        fields["details"] = _details(details)
    if anchors := fields.get("anchors"):
        fields["anchors"] = tuple(Anchor(**a) for a in anchors)
    if evidence := fields.get("evidence"):
        fields["evidence"] = tuple(Evidence(**e) for e in evidence)
    if supersedes := fields.get("supersedes"):
        fields["supersedes"] = tuple(supersedes)
    if not (isinstance(fields["id"], str) and isinstance(fields["kind"], str) and isinstance(fields["text"], str)):
        raise ValueError("id, kind and text are texts")
    return Record(**fields)


def dump_session(session: Session) -> str:
    out = _facts(session)
    for name in _FACTS:
        out[name] = [_facts(f) for f in out[name]]
    out["reading"] = {**_facts(session.reading), "skipped": dict(session.reading.skipped)}
    return _encode({k: v for k, v in out.items() if v})


def load_session(payload: str) -> Session:
    fields = json.loads(payload)
    for name, make in _FACTS.items():
        if name in fields:
            fields[name] = tuple(make(**f) for f in fields[name])
    for name in _TEXTS:
        if name in fields:
            fields[name] = tuple(fields[name])
    if "reading" in fields:
        fields["reading"] = Reading(**fields["reading"])
    return Session(**fields)


__all__ = ["dump_record", "dump_session", "load_record", "load_session", "record_from"]
