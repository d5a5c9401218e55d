"""Cursor IDE: a conversation of `state.vscdb` as `agentstores.cursor_ide` tells it.

Source: Cursor 0.50 to 3.20 as public readers describe it (2025-06 to 2026-09), seen 2026-11. A bubble is one message: `type` 1 the user's, 2 the agent's, with
`text`, `thinking.text` or `toolFormerData {name, toolCallId, rawArgs, params, result, status}`, arguments and result as JSON texts.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from passdown.model.event import Compaction, Event, Mark, Notice, Reply, Thinking, ToolCall, Usage
from passdown.transcripts.base import EDIT_CHARS, OUTPUT_CHARS, TEXT_CHARS, Evidence, clip
from passdown.transcripts.cursor_said import result_of, user_said
from passdown.transcripts.fields import first, number, obj, objects, string, utc
from passdown.transcripts.named_tools import tool_call
from passdown.transcripts.told import Said, lines, row_of

AGENT = "cursor-ide"
EVIDENCE: Evidence = "schema"
ROW_START = lines
USER = ".config/Cursor/User", "Library/Application Support/Cursor/User", "AppData/Roaming/Cursor/User"
LOCATIONS = tuple(f"{user}/globalStorage/state.vscdb" for user in USER)
EPOCH = 10**11  # a time above this counts milliseconds since 1970; below, since the window was opened


def recognises(head: bytes) -> bool:
    facts, _, rest = head.partition(b"\n")
    return facts.startswith(b'{"session":{') and rest.startswith((b'{"bubble":', b'{"taken-back":'))


def start(state: dict[str, Any] | None = None) -> "Reading":
    return Reading(state or {})


class Reading:
    """One conversation."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.model: str = state.get("model", "")

    def state(self) -> dict[str, Any]:
        return {"model": self.model}

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        kind, value = row_of(line)
        if kind == "session":
            return self._session(value, number)
        if kind == "taken-back":
            return "off-branch"
        return self._bubble(value, number) if kind == "bubble" else "unknown-type"

    def _session(self, facts: Mapping[str, Any], n: int) -> Said:
        model = string(facts.get("model"))
        self.model = "" if model == "default" else model
        return [Mark(at=utc(facts.get("createdAt")), row=n, session=string(facts.get("id")), cwd=string(facts.get("cwd")), model=self.model,
                     branch=string(facts.get("createdOnBranch")), title=clip(string(facts.get("name")), 300))]

    def _bubble(self, bubble: Mapping[str, Any], n: int) -> Said:
        at = _time(bubble)
        if bubble.get("type") == 1:
            return user_said(string(bubble.get("text")), at=at, row=n, images=number(bubble.get("images"))) or "empty"
        if bubble.get("type") != 2:
            return "unknown-type"
        if bubble.get("open"):
            return "progress"
        return [*self._chosen(bubble, at, n), *_answer(bubble, at, n), *_used(bubble, self.model, at, n)] or "empty"

    def _chosen(self, bubble: Mapping[str, Any], at: str, n: int) -> list[Event]:
        model = string(obj(bubble.get("modelInfo")).get("modelName"))
        if not model or model in (self.model, "default"):
            return []
        self.model = model
        return [Mark(at=at, row=n, model=model)]


def _time(bubble: Mapping[str, Any]) -> str:
    timing = obj(bubble.get("timingInfo"))
    measured = next((t for k in ("clientStartTime", "clientRpcSendTime", "clientEndTime") if isinstance(t := timing.get(k), int | float) and t > EPOCH), None)
    return utc(bubble.get("createdAt")) or utc(measured)


def _answer(bubble: Mapping[str, Any], at: str, n: int) -> list[Event]:
    out: list[Event] = []
    thought, text, tool = string(obj(bubble.get("thinking")).get("text")).strip(), string(bubble.get("text")).strip(), obj(bubble.get("toolFormerData"))
    summary = first(obj(bubble.get("summary")), "summary", "text") or (text if bubble.get("isSummary") else "")
    if thought:
        out.append(Thinking(at=at, row=n, text=clip(thought, TEXT_CHARS)))
    if summary:
        out.append(Compaction(at=at, row=n, text=clip(summary, TEXT_CHARS)))
    elif text:
        out.append(Reply(at=at, row=n, text=clip(text, TEXT_CHARS)))
    if tool.get("name"):
        out += _tool(tool, string(bubble.get("bubbleId")), at, n)
    error = obj(bubble.get("errorDetails"))
    if error:
        out.append(Notice(at=at, row=n, kind="api-error", text=clip(first(error, "message", "title", "error") or str(error.get("error", "")), OUTPUT_CHARS)))
    return out


def _tool(tool: Mapping[str, Any], bubble: str, at: str, n: int) -> list[Event]:
    call = string(tool.get("toolCallId")) or bubble
    args = obj(tool.get("params")) | obj(tool.get("rawArgs"))
    if "relativeWorkspacePath" in args and "path" not in args:
        args["path"] = args["relativeWorkspacePath"]
    made = _with_diff(tool_call(string(tool.get("name")), args, call=call, at=at, row=n), obj(tool.get("result")))
    status = "rejected" if tool.get("userDecision") == "rejected" else string(tool.get("status"))
    if status in ("loading", "running", "pending") or not (status or tool.get("result")):
        return [made]
    said = tool.get("result") or tool.get("error")
    return [made, result_of(said if said is not None else "", call, status, at=at, row=n)]


def _with_diff(call: ToolCall, result: Mapping[str, Any]) -> ToolCall:
    """The call with what its edit changed, which the result tells where the arguments do not."""
    chunks = [string(c.get("diffString")) for c in objects(obj(result.get("diff")).get("chunks"))]
    if not chunks or len(call.patches) != 1 or call.patches[0].removed or call.action != "edit":
        return call
    rows = "\n".join(chunks).split("\n")
    removed, added = ("\n".join(row[1:] for row in rows if row[:1] == sign) for sign in "-+")
    return replace(call, patches=(replace(call.patches[0], removed=clip(removed, EDIT_CHARS), added=clip(added, EDIT_CHARS)),))


def _used(bubble: Mapping[str, Any], model: str, at: str, n: int) -> list[Event]:
    count = obj(bubble.get("tokenCount"))
    read, written = number(count.get("inputTokens")), number(count.get("outputTokens"))
    return [Usage(at=at, row=n, message=string(bubble.get("bubbleId")), model=model, input=read, output=written)] if read or written else []


__all__ = ["AGENT", "EVIDENCE", "LOCATIONS", "ROW_START", "Reading", "recognises", "start"]
