"""Claude Code: `~/.claude/projects/<slug>/<session>.jsonl`, one JSON object a line, appended only.

Source: rows of versions 1.0.98 to 2.1.12x, and docs/en/hooks and sessions of code.claude.com, seen 2026-11. The format is
internal to its vendor: every field is optional here, unknown types are counted, and no version number decides anything.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from passdown.model.event import Compaction, Event, Injected, Mark, Notice, Prompt, Reply, Rewind, Thinking, Todo, ToolResult, Usage
from passdown.model.json_values import BROKEN_JSON
from passdown.transcripts.base import OUTPUT_CHARS, TEXT_CHARS, Evidence, UnreadableRowError, clip, clip_given
from passdown.transcripts.claude_tools import text, tool_call
from passdown.transcripts.fields import number as count

AGENT = "claude-code"
ROW_START = None
EVIDENCE: Evidence = "sample"
LOCATIONS = (".claude/projects/*/*.jsonl", ".claude/projects/*/*/subagents/**/agent-*.jsonl")

KEPT_IDS = 2_000  # row ids that the state carries on, to know rows that are sent again
KNOWN_IDS = 100_000  # row ids known within one reading
KEPT_PROMPTS = 500  # prompts whose parents are remembered, to know a rewind
OPEN_CALLS = 500  # calls that still wait for a result


class Block(msgspec.Struct):
    type: str = ""
    text: str = ""
    thinking: str = ""
    id: str = ""
    name: str = ""
    input: Any = None
    tool_use_id: str = ""
    content: Any = None
    is_error: bool | None = None


class Tokens(msgspec.Struct):
    input_tokens: int | None = 0
    output_tokens: int | None = 0
    cache_creation_input_tokens: int | None = 0
    cache_read_input_tokens: int | None = 0


class Message(msgspec.Struct):
    id: str | None = None
    model: str | None = None
    content: str | list[Block] | None = None
    usage: Tokens | None = None


class Row(msgspec.Struct, rename="camel"):
    type: str = ""
    subtype: str = ""
    uuid: str | None = None
    parent_uuid: str | None = None
    timestamp: str | None = None
    session_id: str | None = None
    cwd: str | None = None
    git_branch: str | None = None
    version: str | None = None
    is_sidechain: bool | None = None
    is_meta: bool | None = None
    is_compact_summary: bool | None = None
    is_visible_in_transcript_only: bool | None = None
    is_virtual: bool | None = None
    text_not_typed: bool | None = None
    handed_off: bool | None = None
    agent_id: str | None = None
    prompt_source: str | None = None
    origin: Any = None
    forked_from: Any = None
    message: Message | None = None
    tool_use_result: msgspec.Raw = msgspec.Raw(b"null")
    attachment: msgspec.Raw = msgspec.Raw(b"null")
    data: msgspec.Raw = msgspec.Raw(b"null")
    compact_metadata: Any = None
    operation: str | None = None
    content: Any = None
    error: Any = None
    ai_title: str | None = None
    custom_title: str | None = None
    summary: str | None = None
    pr_url: str | None = None
    relocated_cwd: str | None = None
    continued_in_session_id: str | None = None


DECODE = msgspec.json.Decoder(Row).decode
LOOSE = msgspec.json.Decoder().decode

SNAPSHOTS = frozenset(("file-history-snapshot", "file-history-delta", "attribution-snapshot", "content-replacement"))
BOOKKEEPING = frozenset((
    "last-prompt", "permission-mode", "mode", "tag", "agent-name", "agent-color", "agent-setting", "cost-state", "worktree-state", "derived-from",
    "api-request", "api-request-blob", "api-response", "task-summary", "speculation-accept", "marble-origami-commit", "marble-origami-snapshot"))
QUIET_SYSTEM = frozenset(("stop_hook_summary", "turn_duration", "bridge_status", "memory_saved", "agents_killed", "file_snapshot", "thinking"))
TOLD_SYSTEM: Mapping[str, str] = {"api_error": "api-error", "away_summary": "recap", "informational": "host", "model_fallback": "host",
                                  "permission_retry": "host", "scheduled_task_fire": "host", "api_metrics": "host"}
INSTRUCTIONS = frozenset((
    "skill_listing", "deferred_tools_delta", "mcp_instructions_delta", "agent_listing_delta", "command_permissions", "plan_mode", "plan_mode_exit",
    "plan_mode_reentry", "auto_mode", "auto_mode_exit", "nested_memory", "relevant_memories", "output_style", "invoked_skills", "dynamic_skill",
    "critical_system_reminder", "ultra_effort", "companion_intro", "task_status"))
QUIET_ATTACHMENTS = frozenset(("date_change", "task_reminder", "todo_reminder", "token_usage", "budget_usd", "todo", "hook_cancelled", "max_turns_reached"))
SHOWN_FILES = frozenset(("file", "edited_text_file", "edited_image_file", "compact_file_reference", "already_read_file", "selected_lines_in_ide",
                         "opened_file_in_ide", "directory", "pdf_reference", "diagnostics"))

WRAPPED = re.compile(  # what the host writes in the user's place; any other tag is the user's own, who may well ask about a `<div>`
    r"\s*<(?:command-(?:name|message|args|contents)|local-command-(?:stdout|stderr|caveat)|bash-(?:input|stdout|stderr)|system-reminder|task-notification"
    r"|user-prompt-submit-hook|session-start-hook|post-tool-use-hook|ide_[a-z_]+|user-memory-input|tool_use_error|skill(?:-instruction)?|skill-format"
    r"|teammate-message|agent-notification|background-task-[a-z-]+|new-diagnostics|persisted-output|tick|cross-session-message|channel)[ >]")
INTERRUPTED = re.compile(r"\s*\[Request interrupted")
REMINDER = re.compile(r"<system-reminder>.*?</system-reminder>\s*", re.DOTALL)
INJECTED_START = ("Caveat: The messages below", "Base directory for this skill", "Stop hook feedback", "# AGENTS.md instructions")
CONTINUED = "This session is being continued from a previous conversation"


def recognises(head: bytes) -> bool:
    """Whether one of the first rows has the envelope of Claude Code."""
    for line in head.splitlines()[:40]:
        try:
            row = LOOSE(line)
        except BROKEN_JSON:
            continue
        if isinstance(row, dict) and "provenance" not in row and (  # Qwen Code has the same envelope
                ("parentUuid" in row and "sessionId" in row)
                or (row.get("type") in ("user", "assistant") and isinstance(row.get("message"), dict) and "payload" not in row)
                or (row.get("type") in ("summary", *SNAPSHOTS, "queue-operation", *BOOKKEEPING)
                    and not row.keys().isdisjoint(("leafUuid", "sessionId", "messageId")))):
            return True
    return False


def start(state: dict[str, Any] | None = None) -> "Reading":
    return Reading(state or {})


def row_of(line: bytes) -> Row:
    """The typed row; a field of another type than expected is left out rather than the row. Raises `UnreadableRowError`."""
    try:
        return DECODE(line)
    except msgspec.ValidationError:
        return row_of_loose(line)
    except BROKEN_JSON as error:
        raise UnreadableRowError("not JSON") from error


def row_of_loose(line: bytes) -> Row:
    """Field by field, what can be taken."""
    try:
        loose = LOOSE(line)
    except BROKEN_JSON as error:
        raise UnreadableRowError("not JSON") from error
    if not isinstance(loose, dict):
        raise UnreadableRowError("not an object")
    fields = {f.encode_name: f for f in msgspec.structs.fields(Row)}
    out: dict[str, Any] = {}
    for name, value in loose.items():
        if field := fields.get(name):
            try:
                out[field.name] = msgspec.Raw(msgspec.json.encode(value)) if field.type is msgspec.Raw else msgspec.convert(value, field.type)
            except msgspec.ValidationError:
                continue
    return Row(**out)


def plain(content: Any) -> tuple[str, int]:
    """Text of a message's or a result's content, and how many images or documents it holds."""
    if isinstance(content, str):
        return content, 0
    parts, media = [], 0
    for block in content if isinstance(content, list) else ():
        kind = block.get("type") if isinstance(block, dict) else getattr(block, "type", "")
        if kind == "text":
            parts.append(str(block.get("text", "") if isinstance(block, dict) else block.text))
        elif kind in ("image", "document"):
            media += 1
    return "\n".join(parts), media


def loose(raw: msgspec.Raw) -> dict[str, Any]:
    """The object in `raw`, {} when it is none."""
    try:
        value = LOOSE(raw)
    except BROKEN_JSON:
        return {}
    return value if isinstance(value, dict) else {}


class Reading:
    """One session file. The state holds ids of recent rows, open calls, parents of prompts and what the last Mark said."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.made: int = state.get("made", 0)  # events so far
        self.known: dict[str, None] = dict.fromkeys(state.get("known", ()))
        self.calls: dict[str, str] = dict(state.get("calls", {}))  # open call -> tool
        self.parents: dict[str, int] = dict(state.get("parents", {}))  # parent row of a prompt -> event number of the prompt
        self.told: dict[str, str] = dict(state.get("told", {}))
        self.queue: list[str] = list(state.get("queue", ()))
        self.unqueued: list[str] = list(state.get("unqueued", ()))
        self.usage: list[Any] = list(state.get("usage", ()))
        self.trigger: list[Any] = list(state.get("trigger", ("", 0)))
        self.subagent: bool | None = state.get("subagent")

    def state(self) -> dict[str, Any]:
        """JSON values, bounded by the constants above."""
        return {
            "made": self.made, "known": list(self.known)[-KEPT_IDS:], "calls": self.calls, "parents": self.parents, "told": self.told,
            "queue": self.queue, "unqueued": self.unqueued, "usage": self.usage, "trigger": self.trigger, "subagent": self.subagent}

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        row = row_of(line)
        found = ROWS.get(row.type, Reading._other)(self, row, number)
        if isinstance(found, str) or not found:
            return found or "empty"
        self.made += len(found)
        return found

    # ---- rows of the conversation

    def _message(self, row: Row, number: int) -> list[Event] | str:
        if row.message is None:
            raise UnreadableRowError("a message row without a message")
        if self._seen(row):
            return "duplicate"
        if self.subagent is None:
            self.subagent = bool(row.is_sidechain and row.agent_id)
        lane = self._lane(row)
        out = self._mark(row, number, lane)
        events = self._assistant(row, number, lane) if row.type == "assistant" else self._user(row, number, lane)
        return events if isinstance(events, str) else [*out, *events]

    def _seen(self, row: Row) -> bool:
        # Ids that were replaced upstream collide: an id counts only together with its time and its row type.
        if not row.uuid:
            return False
        key = f"{row.uuid}{row.timestamp}{row.type[0]}"
        if key in self.known:
            return True
        self.known[key] = None
        if len(self.known) > KNOWN_IDS:
            del self.known[next(iter(self.known))]
        return False

    def _lane(self, row: Row) -> str:
        if isinstance(row.forked_from, dict):
            return f"fork:{row.forked_from.get('session_id', '')}"
        return (row.agent_id or "sidechain") if row.is_sidechain and not self.subagent else ""

    def _mark(self, row: Row, number: int, lane: str) -> list[Event]:
        """A Mark when the row says something new about the session."""
        says = {"session": row.session_id or "", "cwd": row.cwd or "", "branch": "" if row.git_branch == "HEAD" else row.git_branch or "",
                "version": row.version or "", "model": (row.message.model or "" if row.message else "").replace("<synthetic>", "")}
        if self.subagent and row.agent_id:
            says |= {"parent": says["session"], "session": f"{says['session']}.agent-{row.agent_id}", "subagent": row.agent_id}
        elif lane.startswith("fork:"):
            says["parent"] = lane.removeprefix("fork:")
        elif lane:
            return []  # a sub-agent's directory and model are not the session's
        new = {k: v for k, v in says.items() if v and self.told.get(k) != v}
        self.told |= new
        return [msgspec.convert({"e": "mark", "at": row.timestamp or "", "row": number, **new}, Mark)] if new else []

    def _assistant(self, row: Row, number: int, lane: str) -> list[Event] | str:
        message, at = row.message, row.timestamp or ""
        assert message is not None
        if message.model == "<synthetic>":
            words, _ = plain(message.content)
            return [Notice(at=at, lane=lane, row=number, kind="api-error", text=clip(words, OUTPUT_CHARS))] if words else "empty"
        out: list[Event] = []
        blocks = [Block(type="text", text=message.content)] if isinstance(message.content, str) else message.content or []
        for block in blocks:
            if block.type == "text" and block.text.strip():
                out.append(Reply(at=at, lane=lane, row=number, text=clip(block.text, TEXT_CHARS)))
            elif block.type == "thinking" and block.thinking.strip():
                out.append(Thinking(at=at, lane=lane, row=number, text=clip(block.thinking, TEXT_CHARS)))
            elif block.type == "tool_use":
                given = block.input if isinstance(block.input, dict) else {}
                out.append(tool_call(block.name, block.id, given, at=at, lane=lane, row=number))
                self._open(block.id, block.name)
        return [*out, *self._tokens(message, at, lane, number)]

    def _open(self, call: str, tool: str) -> None:
        self.calls[call] = tool
        if len(self.calls) > OPEN_CALLS:
            del self.calls[next(iter(self.calls))]

    def _tokens(self, message: Message, at: str, lane: str, number: int) -> list[Event]:
        """Usage when it differs from what an earlier row of the same message said: each block has a row, early ones count too little."""
        use = message.usage
        if use is None or not message.id:
            return []
        usage = Usage(
            at=at, lane=lane, row=number, message=message.id, model=message.model or "", input=count(use.input_tokens), output=count(use.output_tokens),
            cache_read=count(use.cache_read_input_tokens), cache_write=count(use.cache_creation_input_tokens))
        now = [usage.message, usage.input, usage.output, usage.cache_read, usage.cache_write]
        if now == self.usage:
            return []
        self.usage = now
        return [usage]

    def _user(self, row: Row, number: int, lane: str) -> list[Event] | str:
        content = row.message.content if row.message else None
        results = [b for b in content if b.type == "tool_result"] if isinstance(content, list) else []
        if results:
            return [self._result(b, row, number, lane) for b in results]
        words, media = plain(content)
        if row.is_compact_summary or words.lstrip().startswith(CONTINUED):
            trigger, before = self.trigger
            self.trigger = ["", 0]
            return [Compaction(at=row.timestamp or "", lane=lane, row=number, text=clip(words, TEXT_CHARS), trigger=trigger, tokens_before=before)]
        return self._said(row, words, media, number, lane)

    def _said(self, row: Row, words: str, media: int, number: int, lane: str) -> list[Event] | str:
        """A prompt if a person said it, else what was injected in the user's place."""
        at, said = row.timestamp or "", REMINDER.sub("", words).strip()
        if INTERRUPTED.match(said):
            return [Notice(at=at, lane=lane, row=number, kind="interrupted", text=clip(said, 200))]
        of_subagent = bool(self.subagent or lane) and not lane.startswith("fork:")
        source = "task" if of_subagent else self._injector(row, said)  # nobody but the parent agent talks to a sub-agent
        if source:
            return [Injected(at=at, lane=lane, row=number, text=clip_given(words), source=source)] if words.strip() else "empty"
        if not said:
            if media:
                return "media"
            return [Injected(at=at, lane=lane, row=number, text=clip_given(words), source="reminder")] if words.strip() else "empty"
        if said in self.unqueued:
            self.unqueued.remove(said)
            return "repeat"
        prompt = Prompt(at=at, lane=lane, row=number, text=clip(said, TEXT_CHARS), images=media)
        back = self._rewound(row.parent_uuid, lane)
        return [prompt] if back is None else [Rewind(at=at, row=number, to=back), prompt]

    def _injector(self, row: Row, said: str) -> str:
        """Who put this row in the user's place, "" when the user said it."""
        origin = row.origin.get("kind", "") if isinstance(row.origin, dict) else ""
        if origin and origin != "human":
            return str(origin)
        if row.prompt_source == "system":
            return "system"
        if row.is_meta or row.is_virtual or row.text_not_typed or row.handed_off or row.is_visible_in_transcript_only:
            return "host"
        if tag := WRAPPED.match(said):
            return tag[0].strip(" <>")
        return "host" if said.startswith(INJECTED_START) else ""

    def _rewound(self, parent: str | None, lane: str) -> int | None:
        """Event number to which a new prompt goes back: it has the parent row of an earlier prompt, so that one is off the live branch."""
        if not parent or lane:
            return None
        back = self.parents.get(parent)
        self.parents[parent] = self.made if back is None else back
        if len(self.parents) > KEPT_PROMPTS:
            del self.parents[next(iter(self.parents))]
        return back

    def _result(self, block: Block, row: Row, number: int, lane: str) -> ToolResult:
        tool = self.calls.pop(block.tool_use_id, "")
        words, media = plain(block.content)
        words = words or ("[image]" if media else "")
        code = re.match(r"(?:Error: )?Exit code (\d+)", words)
        more = loose(row.tool_use_result) if tool in RESULT_TOOLS else {}
        made = {"create": "created", "update": "updated"}.get(str(more.get("type")), "") if tool == "Write" else ""
        task = more.get("task") if isinstance(more.get("task"), dict) else {}
        return ToolResult(
            at=row.timestamp or "", lane=lane, row=number, call=block.tool_use_id, ok=not block.is_error,
            exit_code=int(code[1]) if code else None, output=clip_given(words), size=len(words),
            effect=made,  # type: ignore[arg-type]
            commit=commit_of(more), agent=text(more.get("agentId"), 100),
            todos=(Todo(text=text(task.get("subject"), 500), status="pending", id=str(task.get("id", ""))),) if task else ())

    # ---- all other rows

    def _system(self, row: Row, number: int) -> list[Event] | str:
        words = row.content if isinstance(row.content, str) else ""
        at, lane = row.timestamp or "", self._lane(row)
        if row.subtype == "compact_boundary":
            meta = row.compact_metadata if isinstance(row.compact_metadata, dict) else {}
            self.trigger = [text(meta.get("trigger"), 20), count(meta.get("preTokens"))]
            return [Notice(at=at, lane=lane, row=number, kind="compacted", text=self.trigger[0])]
        if row.subtype == "local_command":
            return [Injected(at=at, lane=lane, row=number, text=clip_given(words), source="local-command")] if words else "empty"
        if row.subtype in TOLD_SYSTEM:
            words = words or text(row.error.get("message") if isinstance(row.error, dict) else row.error, 500)
            return [Notice(at=at, lane=lane, row=number, kind=TOLD_SYSTEM[row.subtype], text=clip(words, OUTPUT_CHARS))]
        return "bookkeeping" if row.subtype in QUIET_SYSTEM else "unknown-type"

    def _attachment(self, row: Row, number: int) -> list[Event] | str:
        item = loose(row.attachment)
        kind, at, lane = str(item.get("type", "")), row.timestamp or "", self._lane(row)
        if kind == "queued_command":
            return self._queued_command(item, at, lane, number)
        if kind.startswith("hook_"):
            given = item.get("content") or item.get("stdout") or item.get("stderr") or item.get("blockingError")
            words = "\n".join(map(str, given)) if isinstance(given, list) else text(given)
            return [Injected(at=at, lane=lane, row=number, text=clip_given(words), source=kind)] if words.strip() else "bookkeeping"
        if kind in INSTRUCTIONS:
            return "instructions"
        if kind in SHOWN_FILES:
            return "snapshot"
        return "bookkeeping" if kind in QUIET_ATTACHMENTS else "unknown-type"

    def _queued_command(self, item: Mapping[str, Any], at: str, lane: str, number: int) -> list[Event] | str:
        words = plain(item.get("prompt"))[0].strip()
        origin = item.get("origin")
        human = not isinstance(origin, dict) or origin.get("kind", "human") == "human"
        if not words:
            return "empty"
        if words in self.unqueued:
            self.unqueued.remove(words)
            return "repeat"
        if human and item.get("commandMode", "prompt") == "prompt" and not WRAPPED.match(words):
            return [Prompt(at=at, lane=lane, row=number, text=clip(words, TEXT_CHARS), queued=True)]
        return [Injected(at=at, lane=lane, row=number, text=clip_given(words), source="queued")]

    def _queue(self, row: Row, number: int) -> list[Event] | str:
        """Prompts typed while the agent was busy. `dequeue` gives one a row of its own; `remove` hands it to the running turn, and no other row has it."""
        if row.operation == "enqueue":
            self.queue = [*self.queue, row.content if isinstance(row.content, str) else ""][-50:]
        elif row.operation in ("dequeue", "remove") and self.queue:
            words = self.queue.pop(0).strip()
            if row.operation == "remove" and words and words[0] not in "</{":
                self.unqueued = [*self.unqueued, words][-20:]
                return [Prompt(at=row.timestamp or "", row=number, text=clip(words, TEXT_CHARS), queued=True)]
        elif row.operation == "popAll":
            self.queue = []
        return "bookkeeping"

    def _progress(self, row: Row, number: int) -> list[Event] | str:
        """Older versions tell of a sub-agent's steps in progress rows of the main file; all other progress is repeated by a result."""
        if b"agent_progress" not in bytes(row.data)[-400:] and b'"agent_progress"' not in bytes(row.data):
            return "progress"
        item = loose(row.data)
        inner = item.get("message")
        if item.get("type") != "agent_progress" or not isinstance(inner, dict) or inner.get("type") not in ("user", "assistant"):
            return "progress"
        step = row_of(msgspec.json.encode({**inner, "isSidechain": True, "agentId": item.get("agentId")}))
        if step.message is None or self._seen(step):
            return "duplicate"
        lane = step.agent_id or "sidechain"
        return self._assistant(step, number, lane) if step.type == "assistant" else self._user(step, number, lane)

    def _title(self, row: Row, number: int) -> list[Event] | str:
        title = row.custom_title or row.ai_title or row.summary or ""
        if not title or title == self.told.get("title"):
            return "bookkeeping"
        self.told["title"] = title
        return [Mark(row=number, title=clip(title, 300))]

    def _moved(self, row: Row, number: int) -> list[Event] | str:
        return [Mark(row=number, cwd=row.relocated_cwd)] if row.relocated_cwd else "bookkeeping"

    def _linked(self, row: Row, number: int) -> list[Event] | str:
        words = row.pr_url or row.continued_in_session_id
        return [Notice(at=row.timestamp or "", row=number, kind="link", text=words)] if words else "bookkeeping"

    def _other(self, row: Row, _number: int) -> list[Event] | str:
        if row.type in SNAPSHOTS:
            return "snapshot"
        if row.type in BOOKKEEPING or row.type.startswith("api-request"):
            return "bookkeeping"
        return "unknown-type"


ROWS: Mapping[str, Callable[[Reading, Row, int], list[Event] | str]] = {
    "user": Reading._message, "assistant": Reading._message, "system": Reading._system, "attachment": Reading._attachment,
    "progress": Reading._progress, "queue-operation": Reading._queue, "summary": Reading._title, "ai-title": Reading._title,
    "custom-title": Reading._title, "relocated": Reading._moved, "pr-link": Reading._linked, "continued-in": Reading._linked,
}
RESULT_TOOLS = frozenset(("Write", "Bash", "PowerShell", "Agent", "Task", "TaskCreate"))


def commit_of(result: Mapping[str, Any]) -> str:
    """The sha of the commit that a shell call made, as the host recognised it."""
    made = result.get("gitOperation")
    commit = made.get("commit") if isinstance(made, dict) else None
    return text(commit.get("sha"), 64) if isinstance(commit, dict) else ""


__all__ = ["AGENT", "LOCATIONS", "ROW_START", "Reading", "recognises", "start"]
