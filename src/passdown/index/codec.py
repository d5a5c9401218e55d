"""Records as one JSON text each, with the standard library alone: what a question reads instead of files."""

import json
from collections.abc import Callable
from typing import Any

from passdown.model.anchor import Anchor, Evidence
from passdown.model.record import Record

_RECORD: Callable[..., Record] = Record
encode = json.JSONEncoder(separators=(",", ":")).encode  # ASCII: half a surrogate pair must not keep a record out of the index


def dump_record(record: Record) -> str:
    """`record` as a JSON list of its fields in order: a third of what a dictionary with names costs, and there may be 10,000."""
    r = record
    anchors = [(a.path, a.first, a.last, a.symbol, a.seen) for a in r.anchors]
    evidence = [(e.session, e.event, e.quote) for e in r.evidence]
    return encode((
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


__all__ = ["dump_record", "encode", "load_record", "record_from"]
