"""How records, receipts and findings look, for every verb that shows them."""

from collections.abc import Mapping
from typing import Any

from passdown.cli.output import Output, plain
from passdown.model.record import SEVERITY_MARKS, Record
from passdown.store.records import Receipt


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


def receipt(done: Receipt, verb: str, out: Output) -> None:
    """What was acknowledged, with its id, and where it lies when that is not where one expects it."""
    if out.as_json:
        out.json({"record": as_json(done.record), "path": str(done.path), "hash": done.hash, "place": done.place,
                  "copy": str(done.copy) if done.copy else None, "operation": done.operation})
        return
    where = {"inbox": " in the inbox: the private store cannot be written; the next capture or doctor moves it"}.get(done.place, "")
    shared = f", shared as {done.copy}" if done.copy else ""
    out.line(f"{verb} {line(done.record)}{where}{shared}")


__all__ = ["as_json", "block", "counted", "line", "receipt"]
