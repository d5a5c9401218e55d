"""What taking back an operation did to records."""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from passdown.errors import InvalidRecord
from passdown.formats import record_file
from passdown.model.record import Record
from passdown.store.journal import Change, Operation

Done = Literal["removed", "restored", "reset"]


class Undone(msgspec.Struct, frozen=True):
    """A record. done: `removed` when there was none before the operation, `restored` when it had been taken away, `reset` when it says again what it said."""

    id: str
    kind: str
    title: str
    done: Done


def undone(operation: Operation) -> tuple[tuple[Undone, ...], int]:
    """Each record once, in order of kinds and titles; and how many other files changed, published copies aside."""
    found: dict[str, Undone] = {}
    others = 0
    for change in operation.changes:
        for one in _records(change):
            if change.path.startswith("private:") or one.id not in found:
                found[one.id] = one
            break
        else:
            others += 1
    return tuple(sorted(found.values(), key=lambda one: (one.done, one.kind, one.title))), others


def _records(change: Change) -> Iterator[Undone]:
    """The record of a file, as it is said after, else before."""
    for text in (change.after, change.before):
        if text is not None and (record := _read(text, change.path)):
            done: Done = "removed" if change.after is None else "restored" if change.before is None else "reset"
            yield Undone(record.id, record.kind, record.title, done)


def _read(text: str, path: str) -> Record | None:
    try:
        return record_file.parse(text, path)
    except InvalidRecord:
        return None


def by_kind(found: Sequence[Undone], done: Done) -> str:
    """`8 decision, 4 task`, "" for none."""
    kinds = [one.kind for one in found if one.done == done]
    return ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))


__all__ = ["Done", "Undone", "by_kind", "undone"]
