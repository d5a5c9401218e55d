"""Claude Code on the web, exported: one JSON document `{"loglines": [rows of Claude Code]}`.

Source: an export of 2025-12 among the public test data of simonw/claude-code-transcripts, seen 2026-11. A file is captured when it is named.
"""

from collections.abc import Sequence
from typing import Any

from passdown.model.event import Event, Mark
from passdown.transcripts.base import Evidence
from passdown.transcripts.document import cut_at, top_keys
from passdown.transcripts.fields import first, row_object
from passdown.transcripts.readers import claude_code
from passdown.transcripts.readers.claude_code import AGENT

ROW_START = cut_at("loglines")
EVIDENCE: Evidence = "sample"
LOCATIONS = ()


def recognises(head: bytes) -> bool:
    return "loglines" in top_keys(head)


def start(state: dict[str, Any] | None = None) -> "Reading":
    return Reading(state or {})


class Reading(claude_code.Reading):
    """Row 0 is what stands around the rows."""

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        if number:
            return super().row(number, line)
        around = row_object(line)
        mark = Mark(session=first(around, "id", "session_id", "sessionId"), title=first(around, "title", "name"))
        self.made += mark != Mark()
        return [mark] if mark != Mark() else "bookkeeping"


__all__ = ["AGENT", "LOCATIONS", "ROW_START", "Reading", "recognises", "start"]
