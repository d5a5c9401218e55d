"""OpenCode: a session of `~/.local/share/opencode/opencode.db` as `agentstores.opencode` tells it, or what `opencode export` writes.

Source: the vendor's message schema (`message-v2.ts`, `session.sql.ts`) of 2026-05 and its plug-in types 1.18, seen 2026-11. Rows are `session`, `message`
and, behind each message, its `part`s; `todo` repeats the to-do tool's calls; `revert` at the end names the message from which on the user took back.
The text of the last message is told when it is finished. Times are epochs in milliseconds.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from passdown.model.event import Compaction, Event, Injected, Mark, Notice, Prompt, Reply, Rewind, Thinking, ToolResult, Usage
from passdown.transcripts.base import OUTPUT_CHARS, TEXT_CHARS, Evidence, clip
from passdown.transcripts.document import top_keys
from passdown.transcripts.fields import first, number, obj, objects, string, utc
from passdown.transcripts.named_tools import tool_call
from passdown.transcripts.told import Said, lines_or, row_of

AGENT = "opencode"
EVIDENCE: Evidence = "schema"
LOCATIONS = ("{data}/opencode/opencode*.db", "Library/Application Support/opencode/opencode*.db", "AppData/Local/opencode/opencode*.db")

POINTS_KEPT = 500  # messages to which the user can still go back
TOLD = b'{"session":{"id":"ses_'


def exported(document: dict[str, Any]) -> Iterator[dict[str, Any]] | None:
    """An export as the rows of the database."""
    return _exported(document) if {"info", "messages"} <= document.keys() else None


def _exported(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    info, messages = obj(document["info"]), objects(document["messages"])
    time = obj(info.get("time"))
    yield {"session": info | {"parent_id": info.get("parentID"), "time_created": time.get("created")}}
    for n, message in enumerate(messages, 1):
        yield {"message": obj(message.get("info")) | ({"last": True} if n == len(messages) else {})}
        yield from ({"part": part} for part in objects(message.get("parts")))
    if isinstance(info.get("revert"), dict):
        yield {"revert": info["revert"]}


ROW_START = lines_or(exported)


def recognises(head: bytes) -> bool:
    return head.startswith(TOLD) or ({"info", "messages"} <= top_keys(head) and b'"ses_' in head) or (b'"ses_' in head and "info" in top_keys(head))


def start(state: dict[str, Any] | None = None) -> "Reading":
    return Reading(state or {})


class Reading:
    """One session."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.made: int = state.get("made", 0)
        self.task: bool = state.get("task", False)  # this session is a sub-agent's
        self.model: str = state.get("model", "")
        self.message: dict[str, Any] = dict(state.get("message", {}))  # what its parts need to know of it
        self.points: dict[str, int] = dict(state.get("points", {}))  # message -> events made before it
        self.trigger: str = state.get("trigger", "")

    def state(self) -> dict[str, Any]:
        return {"made": self.made, "task": self.task, "model": self.model, "message": self.message, "points": self.points, "trigger": self.trigger}

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        kind, value = row_of(line)
        tell = ROWS.get(kind)
        found = tell(self, value, number) if tell else "unknown-type"
        self.made += len(found) if not isinstance(found, str) else 0
        return found

    def _session(self, info: Mapping[str, Any], n: int) -> Said:
        parent = string(info.get("parent_id"))
        self.task = bool(parent)
        return [Mark(at=utc(info.get("time_created")), row=n, session=string(info.get("id")), cwd=string(info.get("directory")),
                     version=string(info.get("version")), title=clip(string(info.get("title")), 300),
                     parent=parent, subagent=(string(info.get("agent")) or "subagent") if parent else "")]

    def _message(self, info: Mapping[str, Any], n: int) -> Said:
        time = obj(info.get("time"))
        at = utc(time.get("created") or info.get("time_created"))
        self.message = {"role": string(info.get("role")), "at": at, "summary": info.get("summary") is True, "id": string(info.get("id"))[:60],
                        "open": bool(info.get("last")) and not time.get("completed") and not info.get("error")}
        self._point(self.message["id"])
        chosen = obj(info.get("model"))
        model = first(info, "modelID") or first(chosen, "modelID", "id")
        out: list[Event] = []
        if model and model != self.model:
            self.model = model
            out.append(Mark(at=at, row=n, model=model))
        error = obj(info.get("error"))
        if error:
            out.append(_failed(error, utc(time.get("completed")) or at, n))
        return out or "bookkeeping"

    def _point(self, message: str) -> None:
        self.points[message] = self.made
        if len(self.points) > POINTS_KEPT:
            del self.points[next(iter(self.points))]

    def _part(self, part: Mapping[str, Any], n: int) -> Said:
        kind = string(part.get("type"))
        if kind in QUIET:
            return QUIET[kind]
        tell = PARTS.get(kind)
        return tell(self, part, n) if tell else "unknown-type"

    def _text(self, part: Mapping[str, Any], n: int) -> Said:
        text, time = string(part.get("text")).strip(), obj(part.get("time"))
        at = utc(time.get("start")) or self.message.get("at", "")
        if not text:
            return "empty"
        if self.message.get("role") == "user":
            source = "task" if self.task else "host" if part.get("synthetic") else "ignored" if part.get("ignored") else ""
            return [Injected(at=at, row=n, text=clip(text, OUTPUT_CHARS), source=source) if source else Prompt(at=at, row=n, text=clip(text, TEXT_CHARS))]
        if self.message.get("open") and not time.get("end"):
            return "progress"
        if self.message.get("summary"):
            return [Compaction(at=at, row=n, text=clip(text, TEXT_CHARS), trigger=self.trigger)]
        return [Reply(at=at, row=n, text=clip(text, TEXT_CHARS))]

    def _reasoning(self, part: Mapping[str, Any], n: int) -> Said:
        text, time = string(part.get("text")).strip(), obj(part.get("time"))
        if self.message.get("open") and not time.get("end"):
            return "progress"
        return [Thinking(at=utc(time.get("start")) or self.message.get("at", ""), row=n, text=clip(text, TEXT_CHARS))] if text else "empty"

    def _tool(self, part: Mapping[str, Any], n: int) -> Said:
        state = obj(part.get("state"))
        time, status = obj(state.get("time")), string(state.get("status"))
        if status == "pending":  # its arguments are still being written
            return "progress"
        call, tool = string(part.get("callID")) or string(part.get("id")), string(part.get("tool"))
        at = utc(time.get("start")) or self.message.get("at", "")
        out: list[Event] = [tool_call(tool, obj(state.get("input")), call=call, at=at, row=n)]
        if status in ("completed", "error"):
            out.append(_result(state, call, utc(time.get("end")) or at, n))
        return out

    def _compaction(self, part: Mapping[str, Any], _n: int) -> Said:
        self.trigger = "auto" if part.get("auto") else "manual"
        return "bookkeeping"  # the summary is the text of the next message

    def _file(self, part: Mapping[str, Any], n: int) -> Said:
        name = first(obj(part.get("source")), "path", "uri") or string(part.get("filename"))
        if string(part.get("mime")).startswith(("image/", "audio/", "video/", "application/pdf")) or not name:
            return "media"
        return [Injected(at=self.message.get("at", ""), row=n, text=clip(name, 1_000), source="file")]

    def _subtask(self, part: Mapping[str, Any], n: int) -> Said:
        said = "\n".join(filter(None, (string(part.get("description")), string(part.get("prompt")))))
        return [Injected(at=self.message.get("at", ""), row=n, text=clip(said, OUTPUT_CHARS), source="command")] if said else "empty"

    def _retry(self, part: Mapping[str, Any], n: int) -> Said:
        return [_failed(obj(part.get("error")), utc(obj(part.get("time")).get("created")), n)]

    def _step(self, part: Mapping[str, Any], n: int) -> Said:
        tokens = obj(part.get("tokens"))
        cache = obj(tokens.get("cache"))
        read, written = number(tokens.get("input")), number(tokens.get("output")) + number(tokens.get("reasoning"))
        if not (read or written or cache):
            return "empty"
        return [Usage(at=self.message.get("at", ""), row=n, message=string(part.get("id")), model=self.model, input=read, output=written,
                      cache_read=number(cache.get("read")), cache_write=number(cache.get("write")))]

    def _revert(self, revert: Mapping[str, Any], n: int) -> Said:
        """The user took back a message and what came after it."""
        to = self.points.get(string(revert.get("messageID"))[:60])
        return [Rewind(at=self.message.get("at", ""), row=n, to=to)] if to is not None else "bookkeeping"

    def _todo(self, _todo: Mapping[str, Any], _n: int) -> Said:
        return "repeat"


def _failed(error: Mapping[str, Any], at: str, n: int) -> Notice:
    name, message = string(error.get("name")), first(obj(error.get("data")), "message") or first(error, "message")
    if "Aborted" in name:
        return Notice(at=at, row=n, kind="interrupted", text=clip(message, OUTPUT_CHARS))
    return Notice(at=at, row=n, kind="api-error", text=clip(": ".join(filter(None, (name, message))), OUTPUT_CHARS))


def _result(state: Mapping[str, Any], call: str, at: str, n: int) -> ToolResult:
    facts = obj(state.get("metadata"))
    code = facts.get("exit")
    code = code if isinstance(code, int) and not isinstance(code, bool) else None
    output = string(state.get("output")) or string(state.get("error"))
    ok = state.get("status") == "completed" and code in (None, 0)
    existed = facts.get("exists")
    return ToolResult(at=at, row=n, call=call, ok=ok, exit_code=code, output=clip(output, OUTPUT_CHARS), size=len(output), agent=string(facts.get("sessionId")),
                      effect="updated" if existed is True else "created" if existed is False else "")


QUIET: Mapping[str, str] = {"step-start": "bookkeeping", "snapshot": "snapshot", "patch": "snapshot", "agent": "bookkeeping"}
ROWS: Mapping[str, Callable[[Reading, Mapping[str, Any], int], Said]] = {
    "session": Reading._session, "message": Reading._message, "part": Reading._part, "todo": Reading._todo, "revert": Reading._revert}
PARTS: Mapping[str, Callable[[Reading, Mapping[str, Any], int], Said]] = {
    "text": Reading._text, "reasoning": Reading._reasoning, "tool": Reading._tool, "compaction": Reading._compaction, "file": Reading._file,
    "subtask": Reading._subtask, "retry": Reading._retry, "step-finish": Reading._step}

__all__ = ["AGENT", "EVIDENCE", "LOCATIONS", "ROW_START", "Reading", "recognises", "start"]
