"""How what is known is shown, whichever front end shows it: scanned for secrets, freed of control characters, records always in the same form."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from passdown.model.record import SEVERITY_MARKS, Record

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Redacted text without terminal escapes and bidirectional overrides; a lone surrogate becomes a question mark."""
    from passdown.redaction.scan import redact  # what prints nothing of the project's needs no scanner

    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", redact(text)).encode("utf-8", "replace").decode("utf-8")


def plain(value: Any) -> Any:
    """Structs, mappings and sequences as JSON values; empty fields stay, so that a reader can rely on them."""
    return msgspec.to_builtins(value, enc_hook=lambda other: dict(other) if isinstance(other, Mapping) else str(other))


def as_json(record: Record) -> dict[str, Any]:
    """A record with its details at the top and its title: one object that a script can filter."""
    row: dict[str, Any] = plain(record)
    details: Mapping[str, Any] = row.pop("details")
    return {**row, **{k: v for k, v in details.items() if k not in row}, "details": details, "title": record.title}


def line(record: Record) -> str:
    """`01jd… decision  SQLite outbox, not Redis  (superseded)`."""
    status = "" if record.status == "active" else f"  ({record.status})"
    mark = SEVERITY_MARKS.get(record.detail("severity"), "")
    outcome = {"failed": "✗ ", "worked": "✔ "}.get(record.detail("outcome"), "") if record.kind == "approach" else ""
    return f"{record.id}  {record.kind:<10} {mark + ' ' if mark else ''}{outcome}{record.title}{status}"


def counted(number: int, thing: str) -> str:
    """`1 record`, `2 records`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def block(record: Record) -> str:
    """A record as a person reads it: text, details, where it rests, where it came from."""
    rows = [line(record), ""]
    rows += [record.text, ""] if "\n" in record.text else []
    rows += [f"  {name}: {record.detail(name)}" for name in record.details]
    rows += [f"  rests on {a.place}{'' if a.seen else ' (not seen when noted)'}" for a in record.anchors]
    rows += [f"  said in session {e.session}, event {e.event}" for e in record.evidence]
    rows += [f"  supersedes {i}" for i in record.supersedes]
    if record.superseded_by:
        rows.append(f"  superseded by {record.superseded_by}")
    rows.append(f"  {record.trust}, {record.created[:16].replace('T', ' ')}" + (f", on {record.branch}" if record.branch else ""))
    return "\n".join(rows)


__all__ = ["as_json", "block", "clean", "counted", "line", "plain"]
