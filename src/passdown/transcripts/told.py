"""Transcripts that a store tells as JSON lines, `{"<kind>": {…}}` each (`agentstores`), read again as a whole when the store has changed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from passdown.model.event import Event
from passdown.model.json_values import BROKEN_JSON
from passdown.transcripts.base import Cut, UnreadableRowError
from passdown.transcripts.fields import row_object

Said = Sequence[Event] | str


def lines(document: bytes) -> Iterator[bytes]:
    """A cut: each line is a row; the end of the last line is none."""
    yield from document.removesuffix(b"\n").split(b"\n")


def lines_or(export: Callable[[dict[str, Any]], Iterable[dict[str, Any]] | None]) -> Cut:
    """A cut for formats that are also exported as one JSON document: `export` gives its rows, or None when it is no export."""

    def cut(document: bytes) -> Iterator[bytes]:
        rows = None
        if b"\n" not in document.strip() or b"\n" in document[:3]:  # an export stands on one line, or is indented
            try:
                whole = msgspec.json.decode(document)
                given = export(whole) if isinstance(whole, dict) else None
                rows = None if given is None else list(map(msgspec.json.encode, given))
            except BROKEN_JSON:
                pass
        yield from rows if rows is not None else lines(document)

    return cut


def row_of(line: bytes) -> tuple[str, dict[str, Any]]:
    """(kind, its value) of a told row. Raises `UnreadableRowError` also when the store could not parse the value."""
    row = row_object(line)
    if len(row) != 1:
        raise UnreadableRowError("not a told row")
    kind, value = next(iter(row.items()))
    if not isinstance(value, dict) or isinstance(value.get("data"), str):
        raise UnreadableRowError("not an object")
    return kind, value


__all__ = ["Said", "lines", "lines_or", "row_of"]
