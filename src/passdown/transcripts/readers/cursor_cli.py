"""Cursor CLI: a session of `~/.cursor/chats/<hash>/<session>/store.db` as `agentstores.cursor_cli` tells it.

Source: stores of 2026-01 to 2026-09 as public readers describe them, seen 2026-11. Messages are those of the AI SDK: `{role, content, id?}`, content a text or
parts `text`, `reasoning`, `tool-call {toolCallId, toolName, args}`, `tool-result {toolCallId, toolName, result}`. No times but those of
the session's beginning and of the last change to the database.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from passdown.model.event import Event, Mark, Reply, Thinking
from passdown.transcripts.base import TEXT_CHARS, Evidence, clip
from passdown.transcripts.cursor_said import result_of, user_said
from passdown.transcripts.fields import first, obj, objects, string, utc
from passdown.transcripts.named_tools import tool_call
from passdown.transcripts.told import Said, lines, row_of

AGENT = "cursor-cli"
EVIDENCE: Evidence = "schema"
ROW_START = lines
LOCATIONS = (".cursor/chats/*/*/store.db",)


def recognises(head: bytes) -> bool:
    return head.startswith(b'{"session":{') and b'"root":' in head.split(b"\n", 1)[0]


def start(state: dict[str, Any] | None = None) -> "Reading":
    return Reading(state or {})


class Reading:
    """One session."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.model: str = state.get("model", "")

    def state(self) -> dict[str, Any]:
        return {"model": self.model}

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        kind, value = row_of(line)
        if kind == "session":
            return [Mark(at=utc(value.get("created")), row=number, session=string(value.get("id")), cwd=string(value.get("cwd")),
                         title=clip(string(value.get("title")), 300))]
        if kind == "written":
            return [Mark(at=utc(value.get("at")), row=number)]
        if kind == "state":
            return "bookkeeping"
        return self._message(value, number) if kind == "message" else "unknown-type"

    def _message(self, message: Mapping[str, Any], n: int) -> Said:
        role, content = message.get("role"), message.get("content")
        parts = [{"type": "text", "text": content}] if isinstance(content, str) else objects(content)
        if role == "system":
            return "instructions"
        if role == "user":
            text = "\n".join(t for p in parts if (t := string(p.get("text")).strip()))
            media = sum(p.get("type") in ("image", "file") for p in parts)
            return user_said(text, row=n, images=media) or "empty"
        if role not in ("assistant", "tool"):
            return "unknown-type"
        return [*self._chosen(message, parts, n), *(event for i, part in enumerate(parts) if (event := _event(part, f"{n}.{i}", n)))] or "empty"

    def _chosen(self, message: Mapping[str, Any], parts: list[dict[str, Any]], n: int) -> list[Event]:
        """The model, when it is another one than before."""
        model = next((m for one in (message, *parts) if (m := first(obj(obj(one.get("providerOptions")).get("cursor")), "modelName"))), "")
        if not model or model == self.model:
            return []
        self.model = model
        return [Mark(row=n, model=model)]


def _event(part: Mapping[str, Any], made_up: str, n: int) -> Event | None:
    kind, call = part.get("type"), string(part.get("toolCallId"))
    if kind == "tool-call":
        return tool_call(string(part.get("toolName")), obj(part.get("args") or part.get("input")), call=call or made_up, row=n)
    if kind == "tool-result":
        return result_of(part.get("result") or part.get("output"), call, "error" if part.get("isError") else "", row=n)
    text = string(part.get("text")).strip()
    if not text:
        return None
    return Thinking(row=n, text=clip(text, TEXT_CHARS)) if kind == "reasoning" else Reply(row=n, text=clip(text, TEXT_CHARS))


__all__ = ["AGENT", "EVIDENCE", "LOCATIONS", "ROW_START", "Reading", "recognises", "start"]
