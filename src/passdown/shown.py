"""How what is known is shown, whichever front end shows it: scanned for secrets, freed of control characters, records always in the same form."""

from collections.abc import Mapping
from typing import Any

import msgspec

from passdown.model.record import SEVERITY_MARKS, Record
from passdown.model.text import escaped, printable


def clean(text: str) -> str:
    """Redacted text of which a terminal shows all and obeys nothing (`printable`); a lone surrogate becomes a question mark.

    Scanned last: what a sequence for a terminal cut in two may be a secret.
    """
    return whole(_redact(printable(text)))


def harmless(text: str) -> str:
    """The text in which nothing is a mark of a host or a model (`model.handed.inert`), which most lines need not be looked at for."""
    if not any(sign in text for sign in "<>[:"):
        return text
    from passdown.model.handed import inert  # its expressions take 20 ms

    return inert(text)


def data(value: Any, indent: int | None = 1) -> str:
    """A value as redacted JSON: it says every character, but shows none that a terminal would obey or an eye not see."""
    import json  # 1 ms, which verbs that print text need not pay

    from passdown.model.handed import escaped_marks

    return whole(_redact(escaped_marks(escaped(json.dumps(plain(value), ensure_ascii=False, indent=indent)))))


def whole(text: str) -> str:
    """The text with a question mark for half a character."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _redact(text: str) -> str:
    from passdown.redaction.scan import redact  # what prints nothing of the project's needs no scanner

    return redact(text)


def plain(value: Any) -> Any:
    """Structs, mappings and sequences as JSON values; empty fields stay, so that a reader can rely on them."""
    return msgspec.to_builtins(value, enc_hook=lambda other: dict(other) if isinstance(other, Mapping) else str(other))


def as_json(record: Record) -> dict[str, Any]:
    """A record with its details at the top and its title: one object that a script can filter. suspect: what of it speaks to an agent, "" for nothing."""
    row: dict[str, Any] = plain(record)
    details: Mapping[str, Any] = row.pop("details")
    return {**row, **{k: v for k, v in details.items() if k not in row}, "details": details, "title": record.title, "suspect": speaks(record)}


def speaks(record: Record) -> str:
    """What in a record speaks to an agent instead of about the work (`model.suspect`), "" for nothing."""
    from passdown.model.suspect import suspect

    return next(filter(None, map(suspect, (record.text, *map(record.detail, record.details)))), "")


def line(record: Record) -> str:
    """`01jd… decision  SQLite outbox, not Redis  (superseded)`; the title `handed`."""
    from passdown.model.handed import handed

    status = "" if record.status == "active" else f"  ({record.status})"
    mark = SEVERITY_MARKS.get(record.detail("severity"), "")
    outcome = {"failed": "✗ ", "worked": "✔ "}.get(record.detail("outcome"), "") if record.kind == "approach" else ""
    return f"{record.id}  {record.kind:<10} {mark + ' ' if mark else ''}{outcome}{handed(record.title)}{status}"


def counted(number: int, thing: str) -> str:
    """`1 record`, `2 records`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def block(record: Record) -> str:
    """A record as a person reads it: text, details, where it rests, where it came from. Its words stand behind ours, line by line."""
    from passdown.model.handed import handed
    from passdown.model.handed import rows as quoted

    rows = [line(record), ""]
    rows += [*quoted(record.text, "  │ "), ""] if "\n" in record.text else []
    rows += [f"  {name}: {handed(record.detail(name))}" for name in record.details]
    rows += [f"  rests on {handed(a.place)}{'' if a.seen else ' (not seen when noted)'}" for a in record.anchors]
    rows += [f"  said in session {handed(e.session)}, event {e.event}" for e in record.evidence]
    rows += [f"  supersedes {i}" for i in record.supersedes]
    if record.superseded_by:
        rows.append(f"  superseded by {record.superseded_by}")
    rows.append(f"  {record.trust}, {record.created[:16].replace('T', ' ')}" + (f", on {handed(record.branch)}" if record.branch else ""))
    return "\n".join(rows)


__all__ = ["as_json", "block", "clean", "counted", "data", "harmless", "line", "plain", "speaks"]
