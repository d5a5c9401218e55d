"""Rows of one transcript to numbered events, with an account of every row."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from passdown.model.event import Event, Prompt, Rewind, SafeEvents
from passdown.transcripts.base import Reading, UnreadableRowError
from passdown.transcripts.rows import TooLong

HALF_A_PAIR = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}")
BATCH_EVENTS = 1_000  # so many are scanned, kept and folded together: bounds memory, pays for one compression each
UNREADABLE = (UnreadableRowError, RecursionError, MemoryError, ValueError)  # what a row may raise: nested too deep, too much for the decoder, no value
KEPT_PROMPTS = 500  # prompts whose numbers a later rewind can still name


def fingerprint(event: Event) -> int:
    """Equal for events that say the same, whatever their number and row: to know again what was kept before."""
    same = replace(event, n=0, row=0, to=0) if isinstance(event, Rewind) else replace(event, n=0, row=0)
    return hash(msgspec.json.encode(same))


class Stream:
    """Counts the rows of one reading and numbers its events. The state is bounded and made of JSON values.

    `kept`: how often each `fingerprint` is in the kept events already, when a transcript is read again from its start. As long as some of
    them did not come (`left`), the transcript is shorter than it was, and has to be read from its start the next time too.
    """

    def __init__(self, reading: Reading, state: dict[str, Any]) -> None:
        self.reading, self.kept, self.left = reading, Counter[int](), 0
        self.made: int = state.get("made", 0)  # events of this reading
        self.next: int = state.get("next", 0)  # number of the next event that is kept
        self.numbers: dict[str, int] = dict(state.get("numbers", {}))  # event of this reading -> its number, prompts only
        self.timed: bool = state.get("timed", self.made > 0)  # some event of this reading had a time
        self.rows: int = state.get("rows", 0)
        self.evented: int = state.get("evented", 0)
        self.unreadable: int = state.get("unreadable", 0)
        self.skipped: Counter[str] = Counter(state.get("skipped", {}))

    def state(self) -> dict[str, Any]:
        return {"made": self.made, "next": self.next, "numbers": self.numbers, "timed": self.timed, "rows": self.rows, "evented": self.evented,
                "unreadable": self.unreadable, "skipped": dict(self.skipped), "left": self.left}

    def batches(self, rows: Iterable[tuple[int, int, bytes | TooLong]]) -> Iterator[tuple[list[Event], int]]:
        """Events in batches, not numbered yet, each with the offset behind its last row. The last batch may be empty: its offset still counts."""
        batch: list[Event] = []
        end = -1
        for number, end, line in rows:
            batch += self.read(number, line)
            if len(batch) >= BATCH_EVENTS:
                yield batch, end
                batch = []
        if end >= 0:
            yield batch, end

    def read(self, number: int, line: bytes | TooLong) -> Sequence[Event]:
        """Events of one row as the reader makes them; the row is counted."""
        self.rows += 1
        found = self._read(number, line)
        if isinstance(found, str):
            self.skipped[found] += 1
            return ()
        self.evented += bool(found)
        return found

    def _read(self, number: int, line: bytes | TooLong) -> Sequence[Event] | str:
        if isinstance(line, TooLong):
            return "too-long"
        if not line or line.isspace():
            return "blank"
        try:
            return self.reading.row(number, line)
        except UNREADABLE:
            return self._reread(number, line)

    def _reread(self, number: int, line: bytes) -> Sequence[Event] | str:
        """Agents cut texts in the middle of an emoji: half a surrogate pair, which no strict parser takes, becomes U+FFFD."""
        whole = HALF_A_PAIR.sub(rb"\\ufffd", line)
        try:
            if whole != line:
                return self.reading.row(number, whole)
        except UNREADABLE:
            pass
        self.unreadable += 1
        return ()

    def expect(self, known: Counter[int]) -> None:
        """These fingerprints are kept already: their events are not to be kept again."""
        self.kept, self.left = known, sum(known.values())

    def number(self, events: SafeEvents) -> SafeEvents:
        """The events that were not kept before, with their numbers. `Rewind.to` becomes the number of the prompt that it names."""
        out: list[Event] = []
        for event in events:
            made, self.made = self.made, self.made + 1
            self.timed = self.timed or bool(event.at)
            if self.left and self._kept_before(event):
                continue
            if isinstance(event, Prompt):
                self._remember(made)
            if isinstance(event, Rewind):
                out.append(replace(event, n=self.next, to=self.numbers.get(str(event.to), event.to)))
            else:
                out.append(replace(event, n=self.next))
            self.next += 1
        return SafeEvents(tuple(out))

    def _kept_before(self, event: Event) -> bool:
        mark = fingerprint(event)
        if self.kept[mark] <= 0:
            return False
        self.kept[mark] -= 1
        self.left -= 1
        return True

    def _remember(self, made: int) -> None:
        self.numbers[str(made)] = self.next
        if len(self.numbers) > KEPT_PROMPTS:
            del self.numbers[next(iter(self.numbers))]


__all__ = ["BATCH_EVENTS", "Stream", "fingerprint"]
