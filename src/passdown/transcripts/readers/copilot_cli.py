"""GitHub Copilot CLI: `~/.copilot/session-state/<session>/events.jsonl`, one JSON object a line, appended only.

Source: the generated event types of the vendor's SDK 1.0.14 and CLI 1.0.20, seen 2026-11. Rows are
`{type, data, id, parentId, timestamp, agentId?}`; rows with an `agentId`, or whose data names a `parentToolCallId`, are a sub-agent's.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from passdown.model.event import Compaction, Event, Injected, Mark, Notice, Prompt, Reply, Rewind, Thinking, Usage
from passdown.model.json_values import BROKEN_JSON
from passdown.transcripts.base import OUTPUT_CHARS, TEXT_CHARS, Evidence, UnreadableRowError, clip, clip_given
from passdown.transcripts.copilot_tools import result_of, tool_call
from passdown.transcripts.fields import number

AGENT = "copilot-cli"
ROW_START = None
EVIDENCE: Evidence = "schema"
LOCATIONS = (".copilot/session-state/*/events.jsonl",)

POINTS_KEPT = 500  # user messages and the last rows, to which a rewind can go back
WRAPPED = re.compile(r"<([a-z][a-z_-]*)>.*?</\1>\s*", re.DOTALL)

QUIET: Mapping[str, str] = {
    **dict.fromkeys((
        "assistant.message_delta", "assistant.reasoning_delta", "assistant.streaming_delta", "assistant.message_start", "assistant.tool_call_delta",
        "tool.execution_progress", "tool.execution_partial_result", "assistant.server_tool_progress", "session.background_tasks_changed"), "progress"),
    **dict.fromkeys((
        "assistant.turn_start", "assistant.turn_end", "assistant.turn_retry", "assistant.intent", "assistant.idle", "assistant.usage", "tool.user_requested",
        "pending_messages.modified", "session.idle", "session.info", "session.usage_info", "session.usage_checkpoint", "session.mode_changed",
        "session.plan_changed", "session.todos_changed", "session.workspace_file_changed", "session.truncation", "session.compaction_start",
        "session.remote_steerable_changed", "session.permissions_changed", "session.session_limits_changed", "session.autopilot_objective_changed",
        "session.schedule_created", "session.schedule_cancelled", "session.schedule_rearmed", "session.context_cleared", "session.binary_asset",
        "session.limits_exhausted_requested", "session.limits_exhausted_completed", "session.auto_mode_resolved",
        "subagent.selected", "subagent.deselected", "hook.start", "hook.end", "hook.progress", "permission.requested", "permission.completed",
        "user_input.requested", "user_input.completed", "elicitation.requested", "elicitation.completed", "sampling.requested", "sampling.completed",
        "mcp.oauth_required", "mcp.oauth_completed", "mcp.headers_refresh_required", "mcp.headers_refresh_completed", "mcp.tools.list_changed",
        "external_tool.requested", "external_tool.completed", "command.queued", "command.execute", "command.completed", "commands.changed",
        "capabilities.changed", "exit_plan_mode.requested", "exit_plan_mode.completed", "auto_mode_switch.requested", "auto_mode_switch.completed",
        "model.call_failure"), "bookkeeping"),
    **dict.fromkeys((
        "system.message", "session.tools_updated", "session.skills_loaded", "session.custom_agents_updated", "session.mcp_servers_loaded",
        "session.mcp_server_status_changed", "session.extensions_loaded", "session.canvas.opened", "session.canvas.closed"), "instructions"),
}
TOLD: Mapping[str, tuple[str, tuple[str, ...]]] = {  # row type -> kind of the notice, where its words stand
    "session.error": ("api-error", ("message",)), "session.warning": ("host", ("message",)), "session.handoff": ("handoff", ("summary", "context")),
    "session.task_complete": ("task-complete", ("summary",)), "abort": ("interrupted", ("reason",)),
    "subagent.started": ("subagent", ("agentDescription", "agentDisplayName", "agentName")), "subagent.failed": ("subagent", ("error", "agentName")),
    "subagent.completed": ("subagent", ("summary", "agentDisplayName", "agentName"))}


class Row(msgspec.Struct):
    type: Any = ""
    data: Any = None
    id: Any = ""
    timestamp: Any = ""
    agentId: Any = ""


ROW = msgspec.json.Decoder(Row).decode
LOOSE = msgspec.json.Decoder().decode


def recognises(head: bytes) -> bool:
    """Whether one of the first rows is an event of a session: `type` with a dot in it, and `data`."""
    for line in head.removeprefix(b"\xef\xbb\xbf").splitlines()[:40]:
        try:
            row = LOOSE(line.strip(b"\0"))
        except BROKEN_JSON:
            continue
        if isinstance(row, dict) and isinstance(row.get("data"), dict) and isinstance(kind := row.get("type"), str) and (kind in HANDLERS or kind in QUIET):
            return True
    return False


def start(state: dict[str, Any] | None = None) -> "Reading":
    return Reading(state or {})


class Reading:
    """One session being read."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.made: int = state.get("made", 0)  # events so far
        self.model: str = state.get("model", "")
        self.points: dict[str, int] = dict(state.get("points", {}))  # row id -> number of its first event

    def state(self) -> dict[str, Any]:
        return {"made": self.made, "model": self.model, "points": self.points}

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        try:
            row = ROW(line)
        except BROKEN_JSON as e:
            raise UnreadableRowError from e
        data: dict[str, Any] = row.data if isinstance(row.data, dict) else {}
        at = _str(row.timestamp)
        lane = _str(row.agentId) or _str(data.get("parentToolCallId"))
        found = self._events(_str(row.type), data, at, lane, number)
        self._remember(_str(row.id), found)
        return found

    def _remember(self, row: str, found: Sequence[Event] | str) -> None:
        if row:
            self.points[row[:13]] = self.made
            while len(self.points) > POINTS_KEPT:
                del self.points[next(iter(self.points))]
        self.made += len(found) if not isinstance(found, str) else 0

    def _events(self, kind: str, data: dict[str, Any], at: str, lane: str, row: int) -> Sequence[Event] | str:
        handler = HANDLERS.get(kind)
        if handler:
            return handler(self, data, at, lane, row)
        if kind in TOLD:
            notice, names = TOLD[kind]
            words = next((_str(data[n]) for n in names if data.get(n)), "")
            return [Notice(at=at, lane=lane, row=row, kind=notice, text=clip(words, OUTPUT_CHARS))]
        return QUIET.get(kind, "unknown-type")

    # -- the session

    def _start(self, data: dict[str, Any], at: str, lane: str, row: int) -> Sequence[Event] | str:
        at = at or _str(data.get("startTime"))
        context = data.get("context")
        place: dict[str, Any] = context if isinstance(context, dict) else data  # session.context_changed gives it bare
        self.model = _str(data.get("selectedModel")) or self.model
        mark = Mark(at=at, lane=lane, row=row, session=_str(data.get("sessionId")), cwd=_str(place.get("cwd")), branch=_str(place.get("branch")),
                    commit=_str(place.get("headCommit")), model=_str(data.get("selectedModel")), version=_str(data.get("copilotVersion")),
                    parent=_str(data.get("detachedFromSpawningParentSessionId")))
        return [mark] if mark != Mark(at=at, lane=lane, row=row) else "bookkeeping"

    def _model(self, data: dict[str, Any], at: str, lane: str, row: int) -> Sequence[Event] | str:
        model = _str(data.get("newModel"))
        if not model or model == self.model:
            return "bookkeeping"
        self.model = model
        return [Mark(at=at, lane=lane, row=row, model=model)]

    def _title(self, data: dict[str, Any], at: str, lane: str, row: int) -> Sequence[Event] | str:
        return [Mark(at=at, lane=lane, row=row, title=_str(data.get("title")))] if data.get("title") else "bookkeeping"

    def _shutdown(self, data: dict[str, Any], at: str, lane: str, row: int) -> Sequence[Event] | str:
        """One total a model, each with the model as its `message`: the last shutdown's count stands."""
        metrics = data.get("modelMetrics")
        out: list[Event] = []
        for model, facts in metrics.items() if isinstance(metrics, dict) else ():
            usage = facts.get("usage") if isinstance(facts, dict) else None
            if isinstance(usage, dict):
                out.append(Usage(at=at, lane=lane, row=row, message=str(model), model=str(model), input=number(usage.get("inputTokens")),
                                 output=number(usage.get("outputTokens")), cache_read=number(usage.get("cacheReadTokens")),
                                 cache_write=number(usage.get("cacheWriteTokens")), total=True))
        return out or "bookkeeping"

    # -- what is said

    def _user(self, data: dict[str, Any], at: str, lane: str, row: int) -> Sequence[Event] | str:
        text = _str(data.get("content")).strip() or WRAPPED.sub("", _str(data.get("transformedContent"))).strip()
        attached = data.get("attachments")
        images = sum(_is_image(a) for a in attached) if isinstance(attached, list) else 0
        if not text and not images:
            return "empty"
        source = _str(data.get("source"))
        if data.get("isAutopilotContinuation"):
            source = "autopilot"
        elif data.get("parentAgentTaskId") or lane:
            source = source or "task"
        if source and source != "user":
            return [Injected(at=at, lane=lane, row=row, text=clip_given(text), source=source)]
        return [Prompt(at=at, row=row, text=clip(text, TEXT_CHARS), images=images)]

    def _assistant(self, data: dict[str, Any], at: str, lane: str, row: int) -> Sequence[Event] | str:
        thought, said, model = _str(data.get("reasoningText")).strip(), _str(data.get("content")).strip(), _str(data.get("model"))
        out: list[Event] = []
        if model and model != self.model and not lane:
            self.model = model
            out.append(Mark(at=at, row=row, model=model))
        if thought:
            out.append(Thinking(at=at, lane=lane, row=row, text=clip(thought, TEXT_CHARS)))
        if said:
            out.append(Reply(at=at, lane=lane, row=row, text=clip(said, TEXT_CHARS)))
        return out or ("repeat" if data.get("toolRequests") else "empty")

    def _reasoning(self, data: dict[str, Any], at: str, lane: str, row: int) -> Sequence[Event] | str:
        thought = _str(data.get("content")).strip()
        return [Thinking(at=at, lane=lane, row=row, text=clip(thought, TEXT_CHARS))] if thought else "empty"

    def _host(self, data: dict[str, Any], at: str, lane: str, row: int) -> Sequence[Event] | str:
        text = _str(data.get("content")).strip()
        source = "skill-" + _str(data["name"]) if data.get("name") else "notification"
        return [Injected(at=at, lane=lane, row=row, text=clip_given(text), source=source)] if text else "empty"

    # -- tools and turns

    def _call(self, data: dict[str, Any], at: str, lane: str, row: int) -> Sequence[Event] | str:
        name = _str(data.get("toolName")) or _str(data.get("mcpToolName"))
        return [tool_call(name, data.get("arguments"), call=_str(data.get("toolCallId")) or f"row-{row}", at=at, lane=lane, row=row)]

    def _result(self, data: dict[str, Any], at: str, lane: str, row: int) -> Sequence[Event] | str:
        return [result_of(data, call=_str(data.get("toolCallId")), at=at, lane=lane, row=row)]

    def _compaction(self, data: dict[str, Any], at: str, lane: str, row: int) -> Sequence[Event] | str:
        if data.get("success") is False:
            return [Notice(at=at, lane=lane, row=row, kind="compaction-failed", text=clip(_str(data.get("error")), OUTPUT_CHARS))]
        return [Compaction(at=at, lane=lane, row=row, text=clip(_str(data.get("summaryContent")), TEXT_CHARS),
                           trigger=_str(data.get("trigger")), tokens_before=number(data.get("preCompactionTokens")))]

    def _rewind(self, data: dict[str, Any], at: str, lane: str, row: int) -> Sequence[Event] | str:
        """The named row and all behind it are off the live branch."""
        to = self.points.get(_str(data.get("upToEventId"))[:13])
        if to is None:
            return [Notice(at=at, lane=lane, row=row, kind="rewind", text=_str(data.get("upToEventId")))]
        return [Rewind(at=at, row=row, to=to)]


Handler = Callable[[Reading, dict[str, Any], str, str, int], Sequence[Event] | str]
HANDLERS: Mapping[str, Handler] = {
    "session.start": Reading._start, "session.resume": Reading._start, "session.context_changed": Reading._start,
    "session.model_change": Reading._model, "session.title_changed": Reading._title, "session.shutdown": Reading._shutdown,
    "user.message": Reading._user, "assistant.message": Reading._assistant, "assistant.reasoning": Reading._reasoning,
    "skill.invoked": Reading._host, "system.notification": Reading._host, "tool.execution_start": Reading._call,
    "tool.execution_complete": Reading._result, "session.compaction_complete": Reading._compaction, "session.snapshot_rewind": Reading._rewind,
}


def _is_image(attachment: Any) -> bool:
    if not isinstance(attachment, dict):
        return False
    named = _str(attachment.get("path")).lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".webp"))
    return named or attachment.get("type") == "image" or _str(attachment.get("mimeType")).startswith("image/")


def _str(value: Any) -> str:
    return value if isinstance(value, str) else ""
