"""OpenCode's log for Claude-compatible hooks: `~/.claude/transcripts/ses_<id>.jsonl`, one JSON object a line, appended only.

Source: real logs of 2026-01, seen 2026-11, written by a plug-in that gives hooks a transcript. A row is `{type, timestamp}` with `content` (user, assistant) or
`tool_name`, `tool_input` and, in a `tool_result`, `tool_output`. Calls have no id: a result belongs to the oldest call of its tool that has none, with the same
input first. What stands between tags in the user's rows, such as a skill's text, the host said. The session's id is the file's name.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import msgspec

from passdown.model.event import Event, Reply, ToolResult
from passdown.transcripts.base import OUTPUT_CHARS, TEXT_CHARS, Evidence, UnreadableRowError, clip
from passdown.transcripts.cursor_said import user_said
from passdown.transcripts.fields import first, obj, row_object, string, utc
from passdown.transcripts.named_tools import tool_call
from passdown.transcripts.told import Said

AGENT = "opencode-log"
EVIDENCE: Evidence = "sample"
ROW_START = None
LOCATIONS = (".claude/transcripts/ses_*.jsonl",)

KEYS = frozenset(("type", "timestamp", "content", "tool_name", "tool_input", "tool_output"))
OPEN_KEPT = 100  # calls that wait for a result


def recognises(head: bytes) -> bool:
    for line in head.split(b"\n", 5)[:5]:
        try:
            row = row_object(line)
        except UnreadableRowError:
            continue
        return row.keys() <= KEYS and row.get("type") in ("user", "assistant", "tool_use", "tool_result") and ("content" in row or "tool_name" in row)
    return False


def start(state: dict[str, Any] | None = None) -> "Reading":
    return Reading(state or {})


class Reading:
    """One log."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.open: list[list[str]] = [list(one) for one in state.get("open", [])]  # [call, tool, hash of its input]

    def state(self) -> dict[str, Any]:
        return {"open": self.open}

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        row = row_object(line)
        kind, at = row.get("type"), utc(row.get("timestamp"))
        if kind in ("user", "assistant"):
            text = string(row.get("content")).strip()
            said = user_said(text, at=at, row=number) if kind == "user" else [Reply(at=at, row=number, text=clip(text, TEXT_CHARS))]
            return said if text and said else "empty"
        if kind == "tool_use":
            return self._call(row, at, number)
        return self._result(row, at, number) if kind == "tool_result" else "unknown-type"

    def _call(self, row: dict[str, Any], at: str, n: int) -> Said:
        tool, given = string(row.get("tool_name")), obj(row.get("tool_input"))
        self.open = [*self.open, [str(n), tool, _mark(given)]][-OPEN_KEPT:]
        return [tool_call(tool, given, call=str(n), at=at, row=n)]

    def _result(self, row: dict[str, Any], at: str, n: int) -> Said:
        tool, mark, said = string(row.get("tool_name")), _mark(obj(row.get("tool_input"))), row.get("tool_output")
        waiting = [one for one in self.open if one[1] == tool]
        call = next((one for one in waiting if one[2] == mark), waiting[0] if waiting else None)
        if call:
            self.open.remove(call)
        facts = obj(said)
        output = first(facts, "output", "preview", "error") if facts else string(said)
        code = facts.get("exit")
        code = code if isinstance(code, int) and not isinstance(code, bool) else None
        ok = False if code or facts.get("error") else True if code == 0 else None
        return [ToolResult(at=at, row=n, call=call[0] if call else "", ok=ok, exit_code=code, output=clip(output, OUTPUT_CHARS), size=len(output),
                           agent=string(facts.get("sessionId")))]


def _mark(given: dict[str, Any]) -> str:
    """The same for the input of a call and of its result, to which the host adds an environment."""
    return sha256(msgspec.json.encode({k: v for k, v in given.items() if k != "env"}, order="deterministic")).hexdigest()[:12]


__all__ = ["AGENT", "EVIDENCE", "LOCATIONS", "ROW_START", "Reading", "recognises", "start"]
