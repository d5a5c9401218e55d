"""Cursor's agent transcripts: `~/.cursor/projects/<slug>/agent-transcripts/`, one JSON object a line, appended only.

Source: captured sessions described by public readers of 2026, client 3.20, seen 2026-11; the rows of one test fixture were read. A row is
`{role, message: {content: [blocks]}}`, without id, time, directory, model or tool results; the session's id is the file's name. Those of sub-agents lie in a
folder of their own; nothing in them says so, so they are read only when they are named.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from passdown.model.event import Event, Reply, Thinking
from passdown.transcripts.base import TEXT_CHARS, Evidence, UnreadableRowError, clip
from passdown.transcripts.cursor_said import result_of, user_said
from passdown.transcripts.fields import obj, objects, row_object, string
from passdown.transcripts.named_tools import tool_call
from passdown.transcripts.told import Said

AGENT = "cursor"
EVIDENCE: Evidence = "schema"
ROW_START = None
LOCATIONS = (".cursor/projects/*/agent-transcripts/*.jsonl", ".cursor/projects/*/agent-transcripts/*/*.jsonl")
KEYS = ({"role", "message"}, {"role", "message", "timestamp"})


def recognises(head: bytes) -> bool:
    for line in head.split(b"\n", 5)[:5]:
        try:
            row = row_object(line)
        except UnreadableRowError:
            continue
        return row.keys() in KEYS and row["role"] in ("user", "assistant") and isinstance(obj(row["message"]).get("content"), list | str)
    return False


def start(_state: dict[str, Any] | None = None) -> "Reading":
    return Reading()


class Reading:
    """One transcript; nothing has to be known to read on."""

    def state(self) -> dict[str, Any]:
        return {}

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        row = row_object(line)
        content = obj(row.get("message")).get("content")
        blocks = [{"type": "text", "text": content}] if isinstance(content, str) else objects(content)
        if row.get("role") == "user":
            return _user(blocks, number)
        return _assistant(blocks, number) if row.get("role") == "assistant" else "unknown-type"


def _user(blocks: list[dict[str, Any]], n: int) -> Said:
    out: list[Event] = [result_of(b.get("content"), string(b.get("tool_use_id")), "error" if b.get("is_error") else "", row=n)
                        for b in blocks if b.get("type") == "tool_result"]
    text = "\n".join(t for b in blocks if b.get("type") == "text" and (t := string(b.get("text")).strip()))
    media = sum(b.get("type") == "image" for b in blocks)
    return [*out, *(user_said(text, row=n, images=media) if text else ())] or ("media" if media else "empty")


def _assistant(blocks: list[dict[str, Any]], n: int) -> Said:
    out: list[Event] = []
    for i, block in enumerate(blocks):
        text = string(block.get("text") or block.get("thinking")).strip()
        if block.get("type") == "tool_use":
            out.append(_call(block, f"{n}.{i}", n))
        elif text:
            out.append(Thinking(row=n, text=clip(text, TEXT_CHARS)) if block.get("type") == "thinking" else Reply(row=n, text=clip(text, TEXT_CHARS)))
    return out or "empty"


def _call(block: Mapping[str, Any], made_up: str, n: int) -> Event:
    return tool_call(string(block.get("name")), obj(block.get("input")), call=string(block.get("id")) or made_up, row=n)


__all__ = ["AGENT", "EVIDENCE", "LOCATIONS", "ROW_START", "Reading", "recognises", "start"]
