"""Windsurf (Cascade): `~/.windsurf/transcripts/<trajectory>.jsonl`, one step a line, written where its transcript hook is switched on.

Source: the examples of Windsurf's documentation of Cascade hooks as others quote it (`user_input.user_response`, `planner_response.response`,
`code_action.path` and `new_content`), and steps that third-party readers know (`command_action`), seen 2026-11; a documented schema, no real session
was read, and its vendor says that steps may change. A step is `{"type": T, "status": S, T: {…}}`; it has no time, and the session's name is that
of the file.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from passdown.model.event import Event, Mark, Notice, Patch, Prompt, Reply, Thinking, ToolCall, ToolResult
from passdown.model.json_values import BROKEN_JSON
from passdown.transcripts.base import EDIT_CHARS, OUTPUT_CHARS, TEXT_CHARS, Evidence, clip
from passdown.transcripts.fields import code_of, first, obj, objects, row_object, string, utc
from passdown.transcripts.named_tools import action_of, tool_call

AGENT = "windsurf"
ROW_START = None
EVIDENCE: Evidence = "schema"
LOCATIONS = (".windsurf/transcripts/*.jsonl",)

SAID = frozenset(("user_input", "planner_response", "code_action", "command_action", "run_command", "error_message", "view_file", "grep_search",
                  "mcp_tool", "list_directory", "find_by_name", "checkpoint", "memory", "todo_list", "search_web", "read_url_content"))
STEPS_READ = frozenset(("view_file", "view_code_item", "read_file", "view_line_range", "view_content_chunk", "view_file_outline"))
STEPS_SEARCH = frozenset(("grep_search", "list_directory", "find", "find_by_name", "codebase_search", "trajectory_search"))
QUIET: Mapping[str, str] = {
    **dict.fromkeys(("checkpoint", "conversation_history", "task_boundary", "lint_diff", "code_acknowledgement", "proposal_feedback"), "bookkeeping"),
    **dict.fromkeys(("memory", "rules", "knowledge_artifacts", "system_message", "ephemeral_message", "retrieve_memory"), "instructions")}
WENT_WELL = {"done": True, "completed": True, "success": True, "error": False, "failed": False, "canceled": False, "cancelled": False, "invalid": False}


def recognises(head: bytes) -> bool:
    """Whether one of the first lines is a step: its type names the key under which the rest stands."""
    for line in head.splitlines()[:40]:
        try:
            row = msgspec.json.decode(line)
        except BROKEN_JSON:
            continue
        if isinstance(row, dict) and string(row.get("type")) in SAID and isinstance(row.get(row["type"]), dict):
            return True
    return False


def start(state: dict[str, Any] | None = None) -> "Reading":
    return Reading(state or {})


class Reading:
    """One trajectory."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.model: str = state.get("model", "")

    def state(self) -> dict[str, Any]:
        return {"model": self.model}

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        row = row_object(line)
        kind = string(row.get("type"))
        step = obj(row.get(kind))
        at = utc(row.get("timestamp") or row.get("created_at"))
        found = self._step(kind, step, string(row.get("status")).lower(), at, number)
        model = first(row, "model_name", "model") or first(step, "model_name", "model")
        if not model or model == self.model:
            return found
        self.model = model
        mark: list[Event] = [Mark(at=at, row=number, model=model)]
        return mark if isinstance(found, str) else [*mark, *found]

    def _step(self, kind: str, step: dict[str, Any], status: str, at: str, n: int) -> Sequence[Event] | str:
        if kind == "user_input":
            words = first(step, "user_response", "query", "text").strip()
            return [Prompt(at=at, row=n, text=clip(words, TEXT_CHARS))] if words else "empty"
        if kind == "planner_response":
            return _planned(step, at, n) or "empty"
        if kind == "error_message":
            words = first(step, "message", "error", "short_error", "user_error_message") or string(obj(step.get("error")).get("user_error_message"))
            return [Notice(at=at, row=n, kind="api-error", text=clip(words, OUTPUT_CHARS))]
        if kind in QUIET:
            return QUIET[kind]
        return _acted(kind, step, status, at, n) if step else "unknown-type"


def _planned(step: dict[str, Any], at: str, n: int) -> list[Event]:
    thought, said = string(step.get("thinking")).strip(), first(step, "response", "text").strip()
    out: list[Event] = [Thinking(at=at, row=n, text=clip(thought, TEXT_CHARS))] if thought else []
    out += [Reply(at=at, row=n, text=clip(said, TEXT_CHARS))] if said else []
    return out + [tool_call(first(c, "name", "tool_name"), obj(c.get("args") or c.get("arguments") or c.get("argumentsJson")),
                            call=string(c.get("id")) or f"{n}.{i}", at=at, row=n) for i, c in enumerate(objects(step.get("tool_calls")))]


def _acted(kind: str, step: dict[str, Any], status: str, at: str, n: int) -> list[Event]:
    """A step of the agent is a call and its result in one."""
    call = _code(step, at, n) if kind == "code_action" else _call(kind, step, at, n)
    output = first(step, "output", "combined_output", "stdout", "result", "content") if call.action != "edit" else string(step.get("output"))
    code = code_of(step.get("exit_code"))
    ok = WENT_WELL.get(status) if code is None else code == 0
    if code is None and call.action == "shell" and ok:
        ok = None  # a step is done when its command ended, whatever became of it
    return [call, ToolResult(at=at, row=n, call=call.call, ok=ok, exit_code=code, output=clip(output, OUTPUT_CHARS), size=len(output))]


def _call(kind: str, step: dict[str, Any], at: str, n: int) -> ToolCall:
    name = first(step, "tool_name", "mcp_tool_name") or kind
    call = tool_call(name, {**step, **obj(step.get("arguments") or step.get("args"))}, call=str(n), at=at, row=n)
    if call.action != "other" or action_of(kind) != "other":
        return call
    replace = msgspec.structs.replace
    if kind in STEPS_READ:
        path = first(step, "path", "absolute_path", "file_path")
        return replace(call, action="read", paths=(path,) if path else ())
    return replace(call, action="search", command=first(step, "query", "pattern", "path")) if kind in STEPS_SEARCH else call


def _code(step: dict[str, Any], at: str, n: int) -> ToolCall:
    path = first(step, "path", "file_path")
    patches = tuple(Patch(path=path, removed=clip(first(e, "old_string", "old_content"), EDIT_CHARS),
                          added=clip(first(e, "new_string", "new_content"), EDIT_CHARS))
                    for e in objects(step.get("edits")) or [step]) if path else ()
    return ToolCall(at=at, row=n, call=str(n), tool="code_action", action="edit", paths=(path,) if path else (), patches=patches,
                    about=clip(first(step, "explanation", "description"), TEXT_CHARS))


__all__ = ["AGENT", "LOCATIONS", "ROW_START", "Reading", "recognises", "start"]
