"""The briefing that a capture left for the next session: text with slots for what can change until then.

A file of the private store: a line of JSON, then the text. The JSON object has `format`, `rendered` (seconds since 1970), `head` (`place.head`),
`records` (time of the last operation on records), `id` (the mark by which a capture knows our text again), `included` (ids of the records in it) and
`places`: path below the root, size, mtime in ns, CRC-32 of the content, and 1 for a place of some lines, 0 for a whole file.

Slots stand between STX and ETX: decimal seconds since 1970 (how long ago that was), `clock` (what time it is), or `P`, the number of a place and its
mark as it was rendered.
"""

import os
import time

from passdown.hooks import payload
from passdown.hooks.place import Store
from passdown.model.count import count
from passdown.model.spans import CLOSE, OPEN, span

FORMAT = "passdown-briefing/1"
FOLDER = "cache"
MAX_CHARS = 64_000  # of the file
MAX_HASHED_BYTES = 1 << 20  # of a file that has another time but the same size
GONE, CHANGED = "✗", "~"


class Briefing:
    """One that was rendered: `facts` of the JSON line, and the text with its slots."""

    def __init__(self, facts: dict[str, object], text: str) -> None:
        self.facts, self.text = facts, text

    @property
    def id(self) -> str:
        return payload.text(self.facts, "id")

    @property
    def included(self) -> list[str]:
        """Ids of the records that it says."""
        ids = self.facts.get("included")
        return [str(one) for one in ids] if isinstance(ids, list) else []

    def current(self, store: Store) -> bool:
        """Whether branch, commit and records are those for which it was rendered."""
        return self.facts.get("head") == store.head() and self.facts.get("records") == records_stamp(store.private)

    def filled(self, root: str, now: float) -> str:
        """The text as of `now`."""
        places = self.facts.get("places")
        return filled(self.text, places if isinstance(places, list) else [], root, now)


def filled(text: str, places: list[object], root: str, now: float) -> str:
    """A text with its slots filled as of `now`."""
    head, *parts = text.split(OPEN)
    return head + "".join(_slot(part, places, root, now) for part in parts)


def path(private: str, key: str) -> str:
    return os.path.join(private, FOLDER, f"briefing-{key}.txt")


def load(store: Store) -> Briefing | None:
    """The rendered briefing of this work tree; None when there is none that this version understands."""
    try:
        with open(path(store.private, store.key), encoding="utf-8", errors="replace") as file:
            head, _, text = file.read(MAX_CHARS).partition("\n")
    except OSError:
        return None
    facts = payload.parse(head)
    return Briefing(facts, text) if facts.get("format") == FORMAT else None


def records_stamp(private: str) -> int:
    """Changes with every operation on records: each leaves a file in the journal."""
    try:
        return os.stat(os.path.join(private, "journal")).st_mtime_ns
    except OSError:
        return 0


def _slot(part: str, places: list[object], root: str, now: float) -> str:
    slot, closed, rest = part.partition(CLOSE)
    if not closed:
        return part
    if slot.isdecimal():
        then = count(slot)
        return span(0 if then is None else now - then) + rest
    if slot == "clock":
        return time.strftime("%A %H:%M", time.gmtime(now)) + rest
    number = count(slot[1:-1])
    known = places[number] if number is not None and number < len(places) else None
    return _mark(root, known, slot[-1:]) + rest


def _mark(root: str, place: object, mark: str) -> str:
    """The place's mark as of now: the rendered one while its file is as it was then."""
    if not isinstance(place, list) or len(place) != 5:
        return mark
    name, size, mtime_ns, crc, of_lines = place
    at = os.path.join(root, str(name))
    try:
        now = os.stat(at)
    except OSError:
        return GONE
    if (now.st_size, now.st_mtime_ns) == (size, mtime_ns) or (now.st_size == size and checksum(at) == crc):
        return mark
    return f"{CHANGED} (file changed)" if of_lines else CHANGED


def checksum(at: str) -> int:
    """CRC-32 of a file; -1 when it cannot be read or is too large to be read by a hook."""
    from zlib import crc32

    try:
        if os.stat(at).st_size > MAX_HASHED_BYTES:
            return -1
        with open(at, "rb") as file:
            return crc32(file.read())
    except OSError:
        return -1


__all__ = ["CLOSE", "FOLDER", "FORMAT", "OPEN", "Briefing", "checksum", "filled", "load", "path", "records_stamp"]
