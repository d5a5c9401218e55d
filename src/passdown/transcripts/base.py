"""The contract of a transcript reader, and what readers share.

A reader is a module in `readers/`. It turns the rows of one transcript into events, in order, and accounts for every row:
a row becomes events, or it is skipped for a named reason of `SKIPPED`, or it is unreadable. It never raises on a bad row.
A reader's state between two rows is a plain JSON value (`state`), so that a capture can go on where the last one stopped.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, Protocol

from passdown.model.event import Event
from passdown.transcripts.clipping import clip

OUTPUT_CHARS = 4_000  # of a tool's output: the first and the last 2,000
EDIT_CHARS = 2_000  # of each side of an edit
TEXT_CHARS = 100_000  # of a prompt, reply, plan or summary
BRIEFING_CHARS = 12_000  # of a text with a briefing of ours in it: what it said is later held against what the session did
OWN = "passdown ·"  # begins a briefing, see `extract.briefed`
MAX_ROW_BYTES = 8 * 1024 * 1024  # a longer line is counted and skipped, never parsed
MAX_DOCUMENT_BYTES = 256 * 1024 * 1024  # of a transcript that is one document: a longer one is counted as one row, never parsed

Evidence = Literal["sample", "schema"]
Cut = Callable[[bytes], Iterable[bytes]]  # a whole document to its rows, in order; what it cannot cut is one row, which the reading then calls unreadable

# Why a row gives no event. Each reader uses a subset; docs/format.md lists them from here.
SKIPPED: dict[str, str] = {
    "blank": "an empty line, or only NUL bytes or white space",
    "too-long": "a line over 8 MiB",
    "progress": "a progress tick of a running tool or hook; its result has a row of its own",
    "snapshot": "a copy of file contents or attribution that the host keeps for its own undo",
    "duplicate": "a row that was read before (same id), as in a forked or re-sent history",
    "repeat": "the same thing said in another row of this transcript (a second form of one message)",
    "bookkeeping": "the host's own state: queue, permissions, modes, titles without text, cost, hooks that said nothing",
    "instructions": "the host's standing instructions, tool and skill lists, sandbox and environment descriptions",
    "empty": "a message without text, call or result (such as encrypted or withheld reasoning)",
    "off-branch": "a message that was taken back: the conversation does not name it any more",
    "media": "an image, sound or document without text",
    "unknown-type": "a row of a type that this reader does not know; counted, at most 0.5 % is tolerated",
}


class UnreadableRowError(Exception):
    """A row that cannot be parsed. Raised by `Reading.row`, counted by the caller; the message never holds the row's text."""


class Reading(Protocol):
    """One transcript being read."""

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        """Events of one row (never empty), or the name of the reason in `SKIPPED`. Raises `UnreadableRowError`.

        Events carry `row=number` and leave `n` at 0: the caller numbers them, except that `Rewind.to` counts in
        events made by this reading since its beginning (state carries the count on).
        """
        ...

    def state(self) -> dict[str, Any]:
        """What has to be known to read on, as JSON values; bounded, whatever the transcript's size."""
        ...


class Reader(Protocol):
    """What a module in `readers/` provides."""

    @property
    def AGENT(self) -> str: ...
    @property
    def EVIDENCE(self) -> Evidence:
        """What the reader was written against: "sample", a real session of this agent was read; "schema", a documented schema only."""
        ...

    @property
    def ROW_START(self) -> bytes | Cut | None:
        """None: a row is a line. Else the transcript is rewritten as a whole by its writer, and read again as a whole when it changed;
        a regular expression, matched at the start of a line, says with what each row but the first begins (row 0 is all that stands before
        the first match), or a function cuts the document (`transcripts.document`).
        """
        ...

    @property
    def LOCATIONS(self) -> Sequence[str]:
        """Globs where this agent keeps its transcripts: below home (or what moves the agent's own folder), or `{project}/…` below the project's root."""
        ...

    def recognises(self, head: bytes) -> bool:
        """Whether the first 64 KiB are this format: content decides, neither the file's name nor a label does."""
        ...

    def start(self, state: dict[str, Any] | None = None) -> Reading: ...


def clip_given(text: str) -> str:
    """What a host or a tool put into the conversation, clipped as output is; a briefing of ours stays whole."""
    return clip(text, BRIEFING_CHARS if OWN in text else OUTPUT_CHARS)


__all__ = [
    "EDIT_CHARS", "MAX_DOCUMENT_BYTES", "MAX_ROW_BYTES", "OUTPUT_CHARS", "SKIPPED", "TEXT_CHARS", "Cut", "Evidence", "Reader", "Reading",
    "UnreadableRowError", "clip", "clip_given"]
