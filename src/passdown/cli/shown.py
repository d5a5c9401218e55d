"""How receipts look, for every verb that changes a record; what records look like, every front end has from `passdown.shown`."""

from passdown.cli.output import Output
from passdown.shown import as_json, block, counted, line
from passdown.store.records import Receipt


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
