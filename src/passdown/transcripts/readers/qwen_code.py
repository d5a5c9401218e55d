"""Qwen Code: `~/.qwen/projects/<slug>/chats/<session>.jsonl`, one JSON object a line, appended only.

Source: @qwen-code/qwen-code 0.24.4, the record types of its source as of 2026-10, and one recorded session of version 0.21.14 (public test data of
entireio/cli, made with a mock model), seen 2026-11. Rows are Claude-like records `{uuid, parentUuid, sessionId, timestamp, type, subtype?, provenance,
cwd, version, gitBranch?, message{role, parts[]}, …}`; tools are those of Gemini CLI, from which it was forked. A `rewind` record has the parent of the
prompt that it takes back; in older versions a new prompt has it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from passdown.model.event import Compaction, Event, Injected, Mark, Notice, Prompt, Reply, Rewind, Thinking, ToolResult, Usage
from passdown.model.json_values import BROKEN_JSON
from passdown.transcripts.base import OUTPUT_CHARS, TEXT_CHARS, Evidence, clip
from passdown.transcripts.fields import first, number, obj, objects, row_object, string, utc
from passdown.transcripts.gemini_tools import output_of, plain, result_of, unwrapped
from passdown.transcripts.named_tools import tool_call

AGENT = "qwen-code"
ROW_START = None
EVIDENCE: Evidence = "sample"
LOCATIONS = (".qwen/projects/*/chats/*.jsonl", ".qwen/projects/*/chats/archive/*.jsonl")

PROVENANCES = frozenset(("real_user", "assistant_output", "tool_result", "system"))
NOT_TYPED = frozenset(("goal_runtime", "notification", "background_task_completed", "cron", "realtime_message", "agent_launch_prompt", "agent_bootstrap"))
QUIET = frozenset((
    "ui_telemetry", "branch_checkpoint", "slash_command", "at_command", "session_source", "session_execution_engine", "session_approval_mode",
    "user_text_elements", "goal_state", "goal_runtime", "goal_turn_end", "turn_result", "agent_retry", "agent_session_ready", "omni_recall",
    "session_artifact_event", "session_sources_snapshot", "session_notes", "activity_log", "managed_session_header_v1", "managed_session_event_v1",
    "managed_session_commit_v1"))
PROMPTS = frozenset(("agent_bootstrap", "agent_launch_prompt"))
SNAPSHOTS = frozenset(("attribution_snapshot", "file_history_snapshot", "session_artifact_snapshot", "checkpoint"))
MARKS = {"parent_session": ("parent", ("parentSessionId", "sessionId")), "session_model": ("model", ("model", "modelId"))}
TITLES = frozenset(("custom_title", "session_title", "title", "ai_title"))
KEPT_IDS = 2_000
KEPT_PROMPTS = 500


def recognises(head: bytes) -> bool:
    """Whether one of the first rows is a record with a provenance, or a message of parts in the envelope of Claude Code."""
    for line in head.splitlines()[:40]:
        try:
            row = msgspec.json.decode(line)
        except BROKEN_JSON:
            continue
        if isinstance(row, dict) and "sessionId" in row and "uuid" in row and (str(row.get("provenance")) in PROVENANCES or "parts" in obj(row.get("message"))):
            return True
    return False


def start(state: dict[str, Any] | None = None) -> "Reading":
    return Reading(state or {})


class Reading:
    """One session file."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.made: int = state.get("made", 0)
        self.told: dict[str, str] = dict(state.get("told", {}))
        self.known: dict[str, None] = dict.fromkeys(state.get("known", ()))
        self.parents: dict[str, int] = dict(state.get("parents", {}))  # parent row of a prompt -> number of the prompt

    def state(self) -> dict[str, Any]:
        return {"made": self.made, "told": self.told, "known": list(self.known), "parents": self.parents}

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        row = row_object(line)
        handler = ROWS.get(string(row.get("type")))
        if handler is None:
            return "unknown-type"
        if self._seen(string(row.get("uuid")) + string(row.get("timestamp"))):
            return "duplicate"
        mark = self._mark(row, number)
        self.made += len(mark)
        found = handler(self, row, utc(row.get("timestamp")), number)
        self.made += len(found) if not isinstance(found, str) else 0
        return mark or found if isinstance(found, str) else [*mark, *found]

    def _seen(self, key: str) -> bool:
        mark = key[:8] + key[-13:]
        if not key or mark in self.known:
            return bool(key)
        self.known[mark] = None
        while len(self.known) > KEPT_IDS:
            del self.known[next(iter(self.known))]
        return False

    def _mark(self, row: Mapping[str, Any], n: int) -> list[Event]:
        says = {"session": string(row.get("sessionId")), "cwd": string(row.get("cwd")), "branch": string(row.get("gitBranch")).removeprefix("HEAD"),
                "version": string(row.get("version")), "model": string(row.get("model"))}
        new = {k: v for k, v in says.items() if v and self.told.get(k) != v}
        self.told |= new
        return [msgspec.convert({"e": "mark", "at": utc(row.get("timestamp")), "row": n, **new}, Mark)] if new else []

    # -- rows

    def _user(self, row: Mapping[str, Any], at: str, n: int) -> Sequence[Event] | str:
        words, media = plain(obj(row.get("message")).get("parts"))
        said, around = unwrapped(words)
        out: list[Event] = [Injected(at=at, row=n, text=clip(text, OUTPUT_CHARS), source=source) for source, text in around]
        if not said:
            return out or ("media" if media else "empty")
        subtype = string(row.get("subtype"))
        if subtype in NOT_TYPED or row.get("provenance") not in ("real_user", None):
            return [*out, Injected(at=at, row=n, text=clip(said, OUTPUT_CHARS), source=subtype or string(row.get("provenance")))]
        prompt = Prompt(at=at, row=n, text=clip(said, TEXT_CHARS), images=media, queued=subtype == "mid_turn_user_message")
        back = self._rewound(string(row.get("parentUuid")), len(out))
        return [*out, prompt] if back is None else [*out, Rewind(at=at, row=n, to=back), prompt]

    def _rewound(self, parent: str, before: int) -> int | None:
        if not parent:
            return None
        back = self.parents.get(parent[:ID_CHARS])
        self.parents[parent[:ID_CHARS]] = self.made + before if back is None else back
        while len(self.parents) > KEPT_PROMPTS:
            del self.parents[next(iter(self.parents))]
        return back

    def _assistant(self, row: Mapping[str, Any], at: str, n: int) -> Sequence[Event] | str:
        out: list[Event] = []
        for i, part in enumerate(objects(obj(row.get("message")).get("parts"))):
            text, call = string(part.get("text")).strip(), obj(part.get("functionCall"))
            if call:
                key = string(call.get("id")) or f"{string(row.get('uuid'))[:8]}.{i}"
                out.append(tool_call(string(call.get("name")), obj(call.get("args")), call=key, at=at, row=n))
            elif text:
                out.append(Thinking(at=at, row=n, text=clip(text, TEXT_CHARS)) if part.get("thought") else Reply(at=at, row=n, text=clip(text, TEXT_CHARS)))
        return [*out, *self._tokens(row, at, n)] or "empty"

    def _tokens(self, row: Mapping[str, Any], at: str, n: int) -> list[Event]:
        use = obj(row.get("usageMetadata"))
        if not use:
            return []
        whole, cached = number(use.get("promptTokenCount")), number(use.get("cachedContentTokenCount"))
        output = number(use.get("candidatesTokenCount")) + number(use.get("thoughtsTokenCount"))
        return [Usage(at=at, row=n, message=string(row.get("uuid")), model=string(row.get("model")), input=max(whole - cached, 0), output=output,
                      cache_read=cached)]

    def _result(self, row: Mapping[str, Any], at: str, n: int) -> Sequence[Event] | str:
        """Results of the parts; status and display stand beside them, for one call a row."""
        beside = obj(row.get("toolCallResult"))
        out: list[Event] = []
        for part in objects(obj(row.get("message")).get("parts")):
            response = obj(part.get("functionResponse"))
            if response:
                status = "error" if "error" in obj(response.get("response")) else string(beside.get("status"))
                call = {"name": response.get("name"), "result": [part], "status": status, "resultDisplay": beside.get("resultDisplay")}
                out.append(result_of(call, first(response, "id") or string(beside.get("callId")), at, n))
        if not out and beside.get("callId"):
            out.append(ToolResult(at=at, row=n, call=string(beside["callId"]), ok=beside.get("status") == "success",
                                  output=clip(output_of(beside.get("resultDisplay")), OUTPUT_CHARS)))
        return out or "empty"

    def _system(self, row: Mapping[str, Any], at: str, n: int) -> Sequence[Event] | str:
        subtype, payload = string(row.get("subtype")), obj(row.get("systemPayload"))
        if subtype == "chat_compression":
            return [Compaction(at=at, row=n, text=clip(_summary(payload), TEXT_CHARS), trigger=first(payload, "trigger", "reason"),
                               tokens_before=number(obj(payload.get("info")).get("originalTokenCount")))]
        if subtype in TITLES:
            title = first(payload, "title", "customTitle")
            return [Mark(at=at, row=n, title=clip(title, 300))] if title else "bookkeeping"
        if subtype == "rewind":
            to = self.parents.get(string(row.get("parentUuid"))[:ID_CHARS])
            return [Notice(at=at, row=n, kind="rewind")] if to is None else [Rewind(at=at, row=n, to=to)]
        if subtype in MARKS:
            name, keys = MARKS[subtype]
            said = first(payload, *keys)
            return [msgspec.convert({"e": "mark", "at": at, "row": n, name: said}, Mark)] if said else "bookkeeping"
        if subtype in SNAPSHOTS or subtype in PROMPTS:
            return "snapshot" if subtype in SNAPSHOTS else "instructions"
        if subtype in QUIET or not subtype:
            return "bookkeeping"
        words = first(payload, "message", "text", "error") or string(row.get("content"))
        return [Notice(at=at, row=n, kind="host", text=clip(words, OUTPUT_CHARS))] if words else "unknown-type"


def _summary(payload: Mapping[str, Any]) -> str:
    """The first message of the compressed history: the summary that stands for what was said before."""
    history = objects(payload.get("compressedHistory") or payload.get("history"))
    return first(payload, "summary") or next((text for m in history if (text := plain(m.get("parts"))[0])), "")


ID_CHARS = 13
ROWS: Mapping[str, Callable[[Reading, Mapping[str, Any], str, int], Sequence[Event] | str]] = {
    "user": Reading._user, "assistant": Reading._assistant, "tool_result": Reading._result, "system": Reading._system}

__all__ = ["AGENT", "LOCATIONS", "ROW_START", "Reading", "recognises", "start"]
