"""VS Code's log of a chat session to the state that it describes, and that state to rows.

Source: VS Code's `objectMutationLog` as of 2026-07, seen 2026-11. A line is `{"kind": 0, "v": state}`, then changes at a path of keys and indices:
1 sets, 2 appends to a list (cut to length `i` first, where it is given), 3 deletes. VS Code writes the whole log anew as one state from time to time.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import msgspec

from passdown.model.json_values import BROKEN_JSON
from passdown.transcripts.document import cut_at

STATE, SET, APPEND, DELETE = range(4)
MOST_INDEX = 100_000  # of a list in a path
MOST_GAP = 100  # entries that a change may leave empty before its own: VS Code leaves none, and a line of 30 bytes must not make 100,000
LISTS = ("requests",)

_decode = msgspec.json.Decoder().decode
_cut = cut_at(*LISTS)


def cut_session(document: bytes) -> Iterator[bytes]:
    """Rows of a session, written as one document or as a log: its state without the requests, then each request, then lines that cannot be applied."""
    lines = document.split(b"\n")
    if len(lines) > 1 and not _is_change(lines[0]):
        yield from _cut(document)
        return
    state: Any = None
    rest: list[bytes] = []
    for line in lines:
        change = _parsed(line)
        if not line.strip():
            continue
        if isinstance(change, dict) and change.get("kind") == STATE and isinstance(change.get("v"), dict):
            state = change["v"]
        elif not (isinstance(change, dict) and isinstance(state, dict) and applied(state, change)):
            rest.append(line)
    if isinstance(state, dict):
        yield from _cut(msgspec.json.encode(state))
    elif len(lines) == 1:
        yield from _cut(document)
        return
    yield from rest


def _is_change(line: bytes) -> bool:
    row = _parsed(line)
    return isinstance(row, dict) and "kind" in row


def _parsed(line: bytes) -> Any:
    try:
        return _decode(line)
    except BROKEN_JSON:
        return None


def applied(state: dict[str, Any], change: dict[str, Any]) -> bool:
    """Whether the change could be made; it was, then. A path that leads nowhere is made of objects, as VS Code does."""
    path = change.get("k")
    if not isinstance(path, list) or not path or change.get("kind") not in (SET, APPEND, DELETE):
        return False
    place: Any = state
    for key, following in pairwise(path):
        place = _step(place, key, [] if isinstance(following, int) else {})
        if place is None:
            return False
    return _change(place, path[-1], change)


def _step(place: Any, key: Any, fresh: Any) -> Any:
    """What stands at `key`; an object gets a fresh value where it has none."""
    if isinstance(place, dict) and isinstance(key, str):
        if not isinstance(place.get(key), dict | list):
            place[key] = fresh
        return place[key]
    if isinstance(place, list) and isinstance(key, int) and 0 <= key < len(place) and isinstance(place[key], dict | list):
        return place[key]
    return None


def _change(place: Any, key: Any, change: dict[str, Any]) -> bool:
    if isinstance(place, list) and isinstance(key, int) and 0 <= key < MOST_INDEX:
        if key > len(place) + MOST_GAP:
            return False
        place.extend([None] * (key + 1 - len(place)))
    elif not (isinstance(place, dict) and isinstance(key, str)):
        return False
    if change["kind"] == DELETE:
        if isinstance(place, dict):
            place.pop(key, None)
        else:
            place[key] = None
    elif change["kind"] == SET:
        place[key] = change.get("v")
    else:
        _append(place, key, change)
    return True


def _append(place: Any, key: Any, change: dict[str, Any]) -> None:
    held = place.get(key) if isinstance(place, dict) else place[key]
    more, cut = change.get("v"), change.get("i")
    if not isinstance(held, list):
        place[key] = held = []
    if isinstance(cut, int) and 0 <= cut < len(held):
        del held[cut:]
    held.extend(more if isinstance(more, list) else [] if more is None else [more])


__all__ = ["applied", "cut_session"]
