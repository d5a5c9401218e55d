"""Cline and Roo Code: a task's folder as `agentstores.cline` tells it.

Source: the vendors' types (`ExtensionMessage.ts` of Cline 2026-08, `packages/types` of Roo Code 2026), seen 2026-11. A message that was shown is
`{ts, type: ask|say, ask|say: kind, text, images?, partial?}`; `text` is JSON for tools, requests to the model and questions. Where only the conversation with
the model is there, its messages are those of the Anthropic API; old ones call tools in XML, which is kept as what the agent said.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from passdown.model.event import Compaction, Event, Injected, Mark, Notice, Prompt, Reply, Thinking, ToolCall, ToolResult, Usage
from passdown.transcripts.base import OUTPUT_CHARS, TEXT_CHARS, Evidence, clip
from passdown.transcripts.cline_tools import checklist, shown_tool
from passdown.transcripts.fields import first, number, obj, objects, string, utc
from passdown.transcripts.named_tools import tool_call
from passdown.transcripts.told import Said, lines, row_of

AGENT = "cline"
EVIDENCE: Evidence = "schema"
ROW_START = lines
EDITORS = tuple(f"{base}/{name}/User" for base in (".config", "Library/Application Support", "AppData/Roaming")
                for name in ("Code", "Code - Insiders", "VSCodium", "Cursor", "Windsurf"))
EXTENSIONS = ("saoudrizwan.claude-dev", "rooveterinaryinc.roo-cline")
LOCATIONS = (*(f"{user}/globalStorage/{extension}/tasks/*/ui_messages.json" for user in (*EDITORS, ".vscode-server/data/User") for extension in EXTENSIONS),
             ".cline/data/tasks/*/ui_messages.json")

WRAPPED = re.compile(r"<(task|feedback|user_message|answer)>(.*?)</\1>", re.DOTALL)
ENVIRONMENT = re.compile(r"<environment_details>.*?(?:</environment_details>|\Z)\s*", re.DOTALL)


def recognises(head: bytes) -> bool:
    return head.startswith(b'{"task":{"id":')


def start(state: dict[str, Any] | None = None) -> "Reading":
    return Reading(state or {})


class Reading:
    """One task."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.begun: bool = state.get("begun", False)  # the task itself was said
        self.model: str = state.get("model", "")
        self.call: str = state.get("call", "")  # the command or server whose output comes next

    def state(self) -> dict[str, Any]:
        return {"begun": self.begun, "model": self.model, "call": self.call}

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        kind, value = row_of(line)
        if kind == "task":
            return self._task(value, number)
        if kind == "sent-again":
            return "repeat"
        if kind == "sent":
            return _sent(value, number)
        return self._shown(value, number) if kind == "shown" else "unknown-type"

    def _task(self, facts: Mapping[str, Any], n: int) -> Said:
        self.model = string(facts.get("model"))
        parent = string(facts.get("parent"))
        return [Mark(row=n, session=string(facts.get("id")), cwd=string(facts.get("cwd")), model=self.model, title=clip(string(facts.get("title")), 300),
                     parent=parent, subagent=(string(facts.get("mode")) or "subtask") if parent else "")]

    def _shown(self, message: Mapping[str, Any], n: int) -> Said:
        kind = string(message.get("say") if message.get("type") == "say" else message.get("ask"))
        if message.get("partial"):
            return "progress"
        if kind in QUIET:
            return "bookkeeping"
        tell = KINDS.get(kind)
        if tell is None:
            return "unknown-type"
        found = tell(self, message, utc(message.get("ts")), n)
        chosen = string(obj(message.get("modelInfo")).get("modelId"))
        if isinstance(found, str) or not chosen or chosen == self.model:
            return found
        self.model = chosen
        return [Mark(at=utc(message.get("ts")), row=n, model=chosen), *found]

    def _text(self, message: Mapping[str, Any], at: str, n: int) -> Said:
        """The first text is the task; all others the agent says."""
        if not self.begun:
            return self._user(message, at, n)
        text = string(message.get("text")).strip()
        return [Reply(at=at, row=n, text=clip(text, TEXT_CHARS))] if text else "empty"

    def _user(self, message: Mapping[str, Any], at: str, n: int) -> Said:
        self.begun = True
        text, images = string(message.get("text")).strip(), number(message.get("images"))
        return [Prompt(at=at, row=n, text=clip(text, TEXT_CHARS), images=images)] if text or images else "empty"

    def _reply(self, message: Mapping[str, Any], at: str, n: int) -> Said:
        text = string(message.get("text")).strip()
        facts = obj(text)
        text = first(facts, "response", "text") if facts else text
        return [Reply(at=at, row=n, text=clip(text, TEXT_CHARS))] if text else "empty"

    def _question(self, message: Mapping[str, Any], at: str, n: int) -> Said:
        text = string(message.get("text")).strip()
        question = first(obj(text), "question") or text
        return [ToolCall(at=at, row=n, call=_key(message), tool="followup", action="ask", about=clip(question, TEXT_CHARS))] if question else "empty"

    def _reasoning(self, message: Mapping[str, Any], at: str, n: int) -> Said:
        text = (string(message.get("text")) or string(message.get("reasoning"))).strip()
        return [Thinking(at=at, row=n, text=clip(text, TEXT_CHARS))] if text else "empty"

    def _tool(self, message: Mapping[str, Any], at: str, n: int) -> Said:
        facts = obj(message.get("text"))
        if not facts:
            return "empty"
        if facts.get("tool") == "summarizeTask":
            return [Compaction(at=at, row=n, text=clip(string(facts.get("content")), TEXT_CHARS))]
        return [shown_tool(facts, call=_key(message), at=at, row=n)]

    def _command(self, message: Mapping[str, Any], at: str, n: int) -> Said:
        command = string(message.get("text")).removesuffix("REQ_APP").strip()  # the mark of a command that asked for approval
        if not command:
            return "empty"
        self.call = _key(message)
        return [ToolCall(at=at, row=n, call=self.call, tool="command", action="shell", command=clip(command, TEXT_CHARS))]

    def _server(self, message: Mapping[str, Any], at: str, n: int) -> Said:
        facts = obj(message.get("text"))
        self.call = _key(message)
        name = "__".join(filter(None, ("mcp", first(facts, "serverName"), first(facts, "toolName", "uri"))))
        return [ToolCall(at=at, row=n, call=self.call, tool=name, about=clip(first(facts, "arguments"), OUTPUT_CHARS))]

    def _output(self, message: Mapping[str, Any], at: str, n: int) -> Said:
        """Output in pieces: each belongs to the last command; how it ended is not shown."""
        text = string(message.get("text"))
        return [ToolResult(at=at, row=n, call=self.call, output=clip(text, OUTPUT_CHARS), size=len(text))] if text.strip() and self.call else "empty"

    def _request(self, message: Mapping[str, Any], at: str, n: int) -> Said:
        facts = obj(message.get("text"))
        read, written, cached, kept = (number(facts.get(name)) for name in ("tokensIn", "tokensOut", "cacheReads", "cacheWrites"))
        out: list[Event] = []
        if read or written or cached or kept:
            out.append(Usage(at=at, row=n, message=_key(message), model=self.model, input=read, output=written, cache_read=cached, cache_write=kept))
        if facts.get("cancelReason"):
            kind = "interrupted" if facts["cancelReason"] == "user_cancelled" else "api-error"
            out.append(Notice(at=at, row=n, kind=kind, text=clip(string(facts.get("streamingFailedMessage")), OUTPUT_CHARS)))
        return out or "bookkeeping"

    def _condensed(self, message: Mapping[str, Any], at: str, n: int) -> Said:
        facts = obj(message.get("contextCondense"))
        text = string(facts.get("summary")) or string(message.get("text"))
        return [Compaction(at=at, row=n, text=clip(text, TEXT_CHARS), tokens_before=number(facts.get("prevContextTokens")))]

    def _progress(self, message: Mapping[str, Any], at: str, n: int) -> Said:
        todos = checklist(string(message.get("text")))
        return [ToolCall(at=at, row=n, call=_key(message), tool="task_progress", action="todo", todos=todos, whole=True)] if todos else "empty"

    def _failed(self, message: Mapping[str, Any], at: str, n: int) -> Said:
        text = string(message.get("text")).strip()
        return [Notice(at=at, row=n, kind="api-error", text=clip(text, OUTPUT_CHARS))] if text else "empty"

    def _noted(self, message: Mapping[str, Any], at: str, n: int) -> Said:
        kind, text = string(message.get("say")) or string(message.get("ask")), string(message.get("text")).strip()
        return [Notice(at=at, row=n, kind="subagent" if "task" in kind else "host", text=clip(text, OUTPUT_CHARS))] if text else "empty"

    def _edited(self, message: Mapping[str, Any], at: str, n: int) -> Said:
        """What the user changed in the agent's edit before accepting it."""
        text = string(message.get("text")).strip()
        return [Injected(at=at, row=n, text=clip(text, OUTPUT_CHARS), source="user-edit")] if text else "empty"


def _key(message: Mapping[str, Any]) -> str:
    return str(message.get("ts", ""))[:40]


def _sent(message: Mapping[str, Any], n: int) -> Said:
    """A message of the conversation with the model."""
    content, at = message.get("content"), utc(message.get("ts"))
    blocks = [{"type": "text", "text": content}] if isinstance(content, str) else objects(content)
    of_user = message.get("role") == "user"
    out: list[Event] = []
    for i, block in enumerate(blocks):
        kind = block.get("type")
        if kind == "tool_use":
            out.append(tool_call(string(block.get("name")), obj(block.get("input")), call=string(block.get("id")) or f"{n}.{i}", at=at, row=n))
        elif kind == "tool_result":
            out.append(_returned(block, at, n))
        elif kind == "text":
            out += _from_user(string(block.get("text")), at, n) if of_user else _from_agent(string(block.get("text")), at, n)
        elif kind in ("thinking", "reasoning") and (text := first(block, "thinking", "text")):
            out.append(Thinking(at=at, row=n, text=clip(text, TEXT_CHARS)))
    return out or "empty"


def _from_agent(text: str, at: str, n: int) -> list[Event]:
    return [Reply(at=at, row=n, text=clip(text.strip(), TEXT_CHARS))] if text.strip() else []


def _from_user(text: str, at: str, n: int) -> list[Event]:
    """The user's words stand between tags; what stands outside of them the host says, such as the result of a tool."""
    said = [Prompt(at=at, row=n, text=clip(words, TEXT_CHARS)) for m in WRAPPED.finditer(text) if (words := m[2].strip())]
    rest = WRAPPED.sub("", ENVIRONMENT.sub("", text)).strip()
    told = [Injected(at=at, row=n, text=clip(rest, OUTPUT_CHARS), source="host")] if rest else []
    return [*told, *said]


def _returned(block: Mapping[str, Any], at: str, n: int) -> ToolResult:
    content = block.get("content")
    text = content if isinstance(content, str) else "\n".join(string(part.get("text")) for part in objects(content))
    return ToolResult(at=at, row=n, call=string(block.get("tool_use_id")), ok=False if block.get("is_error") else None, output=clip(text, OUTPUT_CHARS),
                      size=len(text))


QUIET = frozenset((
    "api_req_finished", "api_req_deleted", "deleted_api_reqs", "api_req_retry_delayed", "api_req_rate_limit_wait", "checkpoint_created", "checkpoint_saved",
    "resume_task", "resume_completed_task", "shell_integration_warning", "load_mcp_documentation", "mcp_server_request_started", "browser_action_launch",
    "browser_action", "browser_action_result", "info", "auto_approval_max_req_reached", "codebase_search_result", "image", "hook_status",
    "condense_context_error", "sliding_window_truncation", "report_bug", "condense", "too_many_tools_warning", "generate_explanation",
    "conditional_rules_applied"))
KINDS: Mapping[str, Callable[[Reading, Mapping[str, Any], str, int], Said]] = {
    "task": Reading._user, "text": Reading._text, "user_feedback": Reading._user, "user_feedback_diff": Reading._edited, "reasoning": Reading._reasoning,
    **dict.fromkeys(("completion_result", "plan_mode_respond", "plan_mode_response", "act_mode_respond"), Reading._reply), "followup": Reading._question,
    "tool": Reading._tool, "command": Reading._command, "use_mcp_server": Reading._server, "use_subagents": Reading._server,
    **dict.fromkeys(("command_output", "mcp_server_response"), Reading._output), "api_req_started": Reading._request, "task_progress": Reading._progress,
    "condense_context": Reading._condensed,
    **dict.fromkeys(("error", "diff_error", "api_req_failed", "api_req_retried", "mistake_limit_reached", "clineignore_error", "rooignore_error",
                     "error_retry"), Reading._failed),
    **dict.fromkeys(("subtask_result", "new_task", "mcp_notification", "hook_output_stream", "subagent"), Reading._noted)}

__all__ = ["AGENT", "EVIDENCE", "LOCATIONS", "ROW_START", "Reading", "recognises", "start"]
