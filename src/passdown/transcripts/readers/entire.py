"""Entire checkpoints: an agent's own transcript between facts of the checkpoint, as `agentstores.entire` tells it.

Source: the vendor's documentation of 2026-09 and the checkpoints in its own repository, seen 2026-11. The first row names the format of the rows behind it;
they are read by that format's reader. Last come the commits that name one of the session's checkpoints.
"""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from passdown.model.event import Event, Mark, Notice, Rewind
from passdown.transcripts import base, table
from passdown.transcripts.base import Evidence, UnreadableRowError
from passdown.transcripts.fields import obj, row_object, string
from passdown.transcripts.told import Said, lines

AGENT = "entire"
EVIDENCE: Evidence = "schema"
ROW_START = lines
LOCATIONS: tuple[str, ...] = ()  # a branch of the project's repository, which discovery asks git for

OURS = (b'{"entire":{', b'{"commit":{', b'{"raw":{')


def recognises(head: bytes) -> bool:
    return head.startswith(OURS[0])


def start(state: dict[str, Any] | None = None) -> "Reading":
    return Reading(state or {})


class Reading:
    """One session, in the format that its first row names."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.format: str = state.get("format", "")
        self.inner: base.Reading | None = table.reader(self.format).start(state["inner"]) if self.format else None

    def state(self) -> dict[str, Any]:
        return {"format": self.format, "inner": self.inner.state()} if self.inner else {}

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        if line.startswith(OURS):
            return self._ours(row_object(line), number)
        if self.inner is None:
            raise UnreadableRowError("no row says what format it is")
        found = self.inner.row(number, line)
        return found if isinstance(found, str) else [replace(e, to=e.to + 1) if isinstance(e, Rewind) else e for e in found]  # our first event comes before

    def _ours(self, row: dict[str, Any], n: int) -> Said:
        facts, commit, raw = obj(row.get("entire")), obj(row.get("commit")), obj(row.get("raw"))
        if facts and self.inner is None and facts.get("format") in table.AGENTS and facts["format"] != AGENT:
            self.format = facts["format"]
            self.inner = table.reader(self.format).start()
            return [Mark(row=n, session=string(facts.get("session")), branch=string(facts.get("branch")))]
        if commit:
            return [Notice(at=string(commit.get("at")), row=n, kind="commit", text=f"{string(commit.get('sha'))} {string(commit.get('subject'))}".strip())]
        if "too-long" in raw:
            return "too-long"
        if raw and self.inner is not None:
            return self.inner.row(n, string(raw.get("text")).encode())
        return "unknown-type"


__all__ = ["AGENT", "EVIDENCE", "LOCATIONS", "ROW_START", "Reading", "recognises", "start"]
