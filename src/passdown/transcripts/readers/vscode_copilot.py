"""Copilot chat in VS Code: `<User>/workspaceStorage/<hash>/chatSessions/<session>.jsonl` (a log of changes) or `.json` (one document).

Source: VS Code's chat session store as of 2026-07 as others document it (specstoryai/getspecstory `COPILOTIDE-FORMAT.md`, VS Code's
`objectMutationLog`), seen 2026-11; a documented schema, no real session was read. Both forms are read as a whole (`transcripts.mutations`): row 0 is
the session, then a row a request, which is a prompt and all that answered it. The last text of an answer that is still being written is left for later.
Where a session ran stands in `workspace.json` beside the folder.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from passdown.model.event import Event, Injected, Mark, Notice, Patch, Prompt, Reply, Thinking, ToolCall, ToolResult, Usage
from passdown.transcripts.base import EDIT_CHARS, OUTPUT_CHARS, TEXT_CHARS, Evidence, clip
from passdown.transcripts.document import top_keys
from passdown.transcripts.fields import code_of, first, number, obj, objects, row_object, string, utc
from passdown.transcripts.mutations import cut_session
from passdown.transcripts.named_tools import place, plain_name, tool_call

AGENT = "vscode-copilot"
ROW_START = cut_session
EVIDENCE: Evidence = "schema"
EDITORS = ("Code", "Code - Insiders", "VSCodium")
LOCATIONS = tuple(
    f"{base}/{editor}/User/{folder}/*.{ending}" for base in (".config", "Library/Application Support", "AppData/Roaming") for editor in EDITORS
    for folder in ("workspaceStorage/*/chatSessions", "globalStorage/emptyWindowChatSessions") for ending in ("json", "jsonl"))

SESSION_KEYS = frozenset(("requesterUsername", "responderUsername", "creationDate", "initialLocation"))
LOG = re.compile(rb'\s*\{\s*"kind"\s*:\s*0\s*,\s*"v"\s*:\s*')
CODE = re.compile(r"(?:exited with (?:exit )?code|[Ee]xit code):? (-?\d+)")
ENDED = (1, 2, 3)  # `modelState.value` of a request that was answered, cancelled or failed
FENCE = re.compile(r"\s*```\w*\s*")


def recognises(head: bytes) -> bool:
    """Whether it begins as a session with requests, or as the log of one."""
    log = LOG.match(head)
    keys = top_keys(head[log.end():] if log else head)
    return bool(keys & SESSION_KEYS) and ("requests" in keys or bool(log) or "sessionId" in keys)


def start(state: dict[str, Any] | None = None) -> "Reading":
    return Reading(state or {})


class Reading:
    """One session."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.model: str = state.get("model", "")

    def state(self) -> dict[str, Any]:
        return {"model": self.model}

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        row = row_object(line)
        if "requestId" in row or "message" in row:
            return self._request(row, number) or "empty"
        if "sessionId" not in row and "creationDate" not in row:
            return "unknown-type"
        mark = Mark(at=utc(row.get("creationDate")), row=number, session=string(row.get("sessionId")), title=clip(first(row, "customTitle", "name"), 300))
        return [mark] if mark.session or mark.title else "bookkeeping"

    def _request(self, row: dict[str, Any], n: int) -> list[Event]:
        at, model = utc(row.get("timestamp")), string(row.get("modelId"))
        out: list[Event] = []
        if model and model != self.model:
            self.model = model
            out.append(Mark(at=at, row=n, model=model))
        out += _prompt(row, at, n)
        out += _Answer(row, at, n).events()
        return out


def _prompt(row: Mapping[str, Any], at: str, n: int) -> Iterator[Event]:
    message = row.get("message")
    words = (string(message) or string(obj(message).get("text"))).strip()
    attached = objects(obj(row.get("variableData")).get("variables"))
    images = sum(v.get("kind") == "image" for v in attached)
    if row.get("isSystemInitiated") or row.get("isHidden"):
        if words:
            yield Injected(at=at, row=n, text=clip(words, OUTPUT_CHARS), source="host")
    elif words or images:
        yield Prompt(at=at, row=n, text=clip(words, TEXT_CHARS), images=images)


class _Answer:
    """The parts of one answer, with the arguments and results of its calls, which stand apart from them under other ids."""

    def __init__(self, row: dict[str, Any], at: str, n: int) -> None:
        self.row, self.at, self.n = row, at, n
        result = obj(row.get("result"))
        self.error, self.metadata = obj(result.get("errorDetails")), obj(result.get("metadata"))
        self.results = obj(self.metadata.get("toolCallResults"))
        self.calls = [call for round_ in objects(self.metadata.get("toolCallRounds")) for call in objects(round_.get("toolCalls"))]
        self.running = not (isinstance(row.get("result"), dict) or row.get("isCanceled") or obj(row.get("modelState")).get("value") in ENDED)
        self.edited: set[str] = set()

    def events(self) -> list[Event]:
        out: list[Event] = []
        words: list[str] = []
        for part in self._parts():
            text = _text_of(part)
            if text is not None:
                words.append(text)
                continue
            found = list(self._part(part))
            if found:
                out += self._said(words)
                words = []
            out += found
        if not self.running:
            out += self._said(words)
        return [*out, *self._rest()]

    def _parts(self) -> list[dict[str, Any]]:
        """In order; a call that is written again as it goes on stands where it first stood, as it was last."""
        parts: dict[str, dict[str, Any]] = {}
        for i, part in enumerate(objects(self.row.get("response"))):
            parts[string(part.get("toolCallId")) or str(i)] = part
        return list(parts.values())

    def _said(self, words: list[str]) -> list[Event]:
        said = "".join(w for w in words if not FENCE.fullmatch(w)).strip()
        return [Reply(at=self.at, row=self.n, text=clip(said, TEXT_CHARS))] if said else []

    def _part(self, part: dict[str, Any]) -> Iterator[Event]:
        kind = string(part.get("kind"))
        if kind == "toolInvocationSerialized" or kind == "toolInvocation":
            yield from self._invocation(part)
        elif kind == "thinking":
            value = part.get("value")
            thought = "\n".join(map(str, value)) if isinstance(value, list) else string(value)
            if thought.strip():
                yield Thinking(at=self.at, row=self.n, text=clip(thought.strip(), TEXT_CHARS))
        elif kind in ("textEditGroup", "notebookEditGroup"):
            yield from self._edits(part)
        elif kind in ("warning", "confirmation"):
            words = "\n".join(filter(None, (string(part.get("title")), markdown(part.get("content") or part.get("message")))))
            yield Notice(at=self.at, row=self.n, kind="host", text=clip(words, OUTPUT_CHARS))

    def _invocation(self, part: dict[str, Any]) -> Iterator[Event]:
        """A call and how it ended; one that is still running may change, and is told when it ended."""
        complete = part.get("isComplete", not self.running) is True
        if self.running and not complete:
            return
        told = self._arguments(string(part.get("toolId")))
        details = obj(part.get("resultDetails"))
        specific = obj(part.get("toolSpecificData"))
        args = obj(told.get("arguments")) or obj(details.get("input")) or _specific_args(specific)
        call = tool_call(string(told.get("name")) or string(part.get("toolId")) or "unknown", args, call=string(part.get("toolCallId")) or f"{self.n}",
                         at=self.at, row=self.n)
        call = _with_command(call, specific, markdown(part.get("invocationMessage")))
        if call.action in ("edit", "write"):
            self.edited.update(call.paths)
        yield call
        if complete:
            yield self._result(call, part, string(told.get("id")), details, specific)

    def _arguments(self, tool: str) -> dict[str, Any]:
        """The next call of this tool in the rounds: ids differ, so that order and name have to tell."""
        name = plain_name(tool)
        for i, call in enumerate(self.calls):
            other = plain_name(string(call.get("name")))
            if name and (other.startswith(name) or name.startswith(other)) and other:
                del self.calls[: i + 1]
                return call
        return {}

    def _result(self, call: ToolCall, part: dict[str, Any], id_: str, details: dict[str, Any], specific: dict[str, Any]) -> ToolResult:
        output = _content(self.results.get(id_)) or _content(details.get("output")) or markdown(obj(specific.get("terminalCommandOutput")).get("text"))
        code = code_of(obj(specific.get("terminalCommandState")).get("exitCode"))
        if code is None and call.action == "shell":
            found = CODE.findall(output)
            code = int(found[-1]) if found else None
        refused = obj(part.get("isConfirmed")).get("type") == 0 or part.get("isConfirmed") is False
        failed = refused or details.get("isError") is True or code not in (None, 0)
        ok = False if failed else None if call.action == "shell" and code is None else True
        return ToolResult(at=self.at, row=self.n, call=call.call, ok=ok, exit_code=code,
                          output=clip(output, OUTPUT_CHARS), size=len(output))

    def _edits(self, part: dict[str, Any]) -> Iterator[Event]:
        """What was put into a file, where no call of a tool told it."""
        path = uri(part.get("uri"))
        if not path or path in self.edited or (self.running and not part.get("done")):
            return
        groups = part.get("edits")
        texts = [string(e.get("text")) for group in groups if isinstance(groups, list) for e in objects(group)] if isinstance(groups, list) else []
        self.edited.add(path)
        patch = Patch(path=path, added=clip("\n".join(t for t in texts if t), EDIT_CHARS))
        yield ToolCall(at=self.at, row=self.n, call=f"{self.n}.{path}", tool=string(part["kind"]), action="edit", paths=(path,), patches=(patch,))

    def _rest(self) -> Iterator[Event]:
        """How it ended, and its tokens."""
        if self.error.get("message"):
            yield Notice(at=self.at, row=self.n, kind="api-error", text=clip(string(self.error["message"]), OUTPUT_CHARS))
        if self.row.get("isCanceled"):
            yield Notice(at=self.at, row=self.n, kind="interrupted")
        tokens = [number(self.row.get(k) or self.metadata.get(k)) for k in ("promptTokens", "completionTokens")]
        tokens[1] = tokens[1] or number(self.metadata.get("outputTokens"))
        if any(tokens) and not self.running:
            yield Usage(at=self.at, row=self.n, message=string(self.row.get("requestId")), model=string(self.row.get("modelId")), input=tokens[0],
                        output=tokens[1])


def markdown(value: Any) -> str:
    """A text that VS Code keeps as such or as `{value}`."""
    return string(value) or string(obj(value).get("value"))


def _text_of(part: dict[str, Any]) -> str | None:
    """The words of a part that is text, and of a reference inside a sentence; None for other parts."""
    kind = part.get("kind")
    if kind in (None, "markdownContent", "text", "markdownVuln"):
        return markdown(part.get("content") or part.get("value"))
    if kind != "inlineReference":
        return None
    target = obj(part.get("inlineReference"))
    return string(part.get("name")) or string(target.get("name")) or uri(target.get("uri") or target).rsplit("/", 1)[-1]


def uri(value: Any) -> str:
    """The path of a place that VS Code keeps as an object or an address."""
    where = obj(value)
    return string(where.get("fsPath")) or string(where.get("path")) or place(string(value))


def _specific_args(specific: dict[str, Any]) -> dict[str, Any]:
    raw = obj(specific.get("rawInput"))
    return raw or {k: specific[k] for k in ("todoList", "prompt", "description") if k in specific}


def _with_command(call: ToolCall, specific: dict[str, Any], shown: str) -> ToolCall:
    """The call with the command that ran: the user and the tool may have changed what was asked for."""
    line = specific.get("commandLine")
    ran = (first(obj(line), "userEdited", "toolEdited", "original") or string(line) or string(specific.get("command"))) if specific else ""
    replace = msgspec.structs.replace
    if ran:
        return replace(call, action="shell", command=clip(ran, TEXT_CHARS))
    return replace(call, about=clip(shown, 500)) if shown and not (call.about or call.command or call.paths or call.todos) else call


def _content(value: Any) -> str:
    """The texts of a tool's result; what is a tree of formatting is left out."""
    parts = obj(value).get("content") if isinstance(value, dict) else value
    if isinstance(parts, str):
        return parts
    return "\n".join(t for p in objects(parts) if (t := string(p.get("value")) or string(p.get("text"))))


__all__ = ["AGENT", "LOCATIONS", "ROW_START", "Reading", "recognises", "start"]
