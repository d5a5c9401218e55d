"""Codex CLI: `~/.codex/sessions/YYYY/MM/DD/rollout-<time>-<id>.jsonl[.zst]`, one JSON object a line, appended only.

Source: rollouts of versions 0.118 to 0.126 and the row types of 0.169, seen 2026-11. Rows are `{timestamp, type, payload}`;
before 0.32 the payload stood bare. What is said stands there up to three times, as `event_msg` (legacy history), as
`item_completed` (paginated history) and as `response_item`: the first one seen is the event, the others are `repeat`.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from passdown.model.event import Compaction, Event, Injected, Mark, Notice, Prompt, Reply, Rewind, Thinking, ToolResult, Usage
from passdown.model.json_values import BROKEN_JSON
from passdown.transcripts.base import OUTPUT_CHARS, TEXT_CHARS, Evidence, UnreadableRowError, clip, clip_given
from passdown.transcripts.codex_rows import BARE, BARE_PAYLOAD, INJECTED, LOOSE, QUIET, REQUEST, ROW, TOLD, Payload, Row
from passdown.transcripts.codex_tools import RUNNING, WROTE_TO, result_of, tool_call
from passdown.transcripts.fields import code_of, number

AGENT = "codex"
ROW_START = None
EVIDENCE: Evidence = "sample"
LOCATIONS = (
    ".codex/sessions/**/rollout-*.jsonl", ".codex/sessions/**/rollout-*.jsonl.zst",
    ".codex/archived_sessions/rollout-*.jsonl", ".codex/archived_sessions/rollout-*.jsonl.zst")

LONG_META = re.compile(rb'[\xef\xbb\xbf\0\s]*\{"timestamp":"[^"]{10,40}",(?:"ordinal":\d+,)?"type":"session_meta","payload":\{')
SAID_KEPT = 16  # sayings that are remembered, to know them again in another form
CALLS_KEPT = 200  # calls without a known exit code, and exit codes that came before the output
TURNS_KEPT = 200  # prompts that a later rollback can go back to

def recognises(head: bytes) -> bool:
    """Whether one of the first rows is Codex's: the envelope with a payload, or the bare form of 2025.

    The first row holds instructions and tools and may be longer than the head.
    """
    if LONG_META.match(head):
        return True
    for line in head.removeprefix(b"\xef\xbb\xbf").splitlines()[:40]:
        try:
            row = LOOSE(line.strip(b"\0"))
        except BROKEN_JSON:
            continue
        if not isinstance(row, dict):
            continue
        if isinstance(row.get("payload"), dict) and row.get("type") in ("session_meta", "response_item", "event_msg", "turn_context", "compacted"):
            return True
        if row.get("record_type") == "state" or {"id", "timestamp", "instructions"} <= row.keys():
            return True
    return False


def start(state: dict[str, Any] | None = None) -> "Reading":
    return Reading(state or {})


class Reading:
    """One rollout being read."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.session: str = state.get("session", "")
        self.parent: str = state.get("parent", "")
        self.cwd: str = state.get("cwd", "")
        self.model: str = state.get("model", "")
        self.made: int = state.get("made", 0)  # events so far
        self.total: list[int] = list(state.get("total", ()))  # tokens of the last count
        self.said: dict[str, list[str]] = {k: list(v) for k, v in state.get("said", {}).items()}  # digest -> forms in which it was seen
        self.codes: dict[str, int] = dict(state.get("codes", {}))  # call -> exit code told before its output
        self.open: dict[str, str] = dict(state.get("open", {}))  # call -> what its result needs to know of it, see `codex_tools`
        self.turns: list[int] = list(state.get("turns", ()))  # numbers of the prompts

    def state(self) -> dict[str, Any]:
        return {"session": self.session, "parent": self.parent, "cwd": self.cwd, "model": self.model, "made": self.made, "total": self.total, "said": self.said,
                "codes": self.codes, "open": self.open, "turns": self.turns}

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        row = _decoded(line)
        payload = row.payload
        if payload is None:
            payload = _bare(row, line)
            if payload is None:
                return "bookkeeping" if row.record_type == "state" else "unknown-type"
        at = row.timestamp if isinstance(row.timestamp, str) else ""
        found = self._events(str(row.type), payload, at, number)
        if isinstance(found, str):
            return found
        for i, event in enumerate(found):
            if isinstance(event, Prompt):
                self.turns.append(self.made + i)
                del self.turns[:-TURNS_KEPT]
        self.made += len(found)
        return found

    def _events(self, kind: str, p: Payload, at: str, row: int) -> Sequence[Event] | str:
        inner = _str(p.type)
        handler = HANDLERS.get(kind) or HANDLERS.get(inner) or (HANDLERS["message"] if not inner and p.role else None)
        if handler:
            return handler(self, p, at, row)
        if inner in TOLD:
            return _notice(TOLD[inner], p, at, row)
        if kind in TOLD:
            return _notice(TOLD[kind], p, at, row)
        return QUIET.get(inner) or QUIET.get(kind) or "unknown-type"

    # -- the session

    def _meta(self, p: Payload, at: str, row: int) -> Sequence[Event] | str:
        own = _str(p.id)
        if self.session and own == self.session:
            return "duplicate"
        if self.session:  # a fork carries its parent's head on
            known, self.parent = self.parent, self.parent or own
            return "duplicate" if known or not own else [Mark(at=at, row=row, parent=own)]
        self.session, self.cwd = own, _str(p.cwd)
        git: dict[str, Any] = p.git if isinstance(p.git, dict) else {}
        role, self.parent = _subagent(p)
        return [Mark(at=at, row=row, session=own, cwd=self.cwd, branch=_str(git.get("branch")), commit=_str(git.get("commit_hash")),
                     version=_str(p.cli_version), parent=self.parent, subagent=role)]

    def _turn(self, p: Payload, at: str, row: int) -> Sequence[Event] | str:
        cwd, model = _str(p.cwd), _str(p.model)
        changed = Mark(at=at, row=row, cwd=cwd if cwd != self.cwd else "", model=model if model != self.model else "")
        self.cwd, self.model = cwd or self.cwd, model or self.model
        return [changed] if changed.cwd or changed.model else "bookkeeping"

    def _title(self, p: Payload, at: str, row: int) -> Sequence[Event] | str:
        return [Mark(at=at, row=row, title=_str(p.thread_name))] if p.thread_name else "bookkeeping"

    def _tokens(self, p: Payload, at: str, row: int) -> Sequence[Event] | str:
        info: dict[str, Any] = p.info if isinstance(p.info, dict) else {}
        total = info.get("total_token_usage")
        if not isinstance(total, dict):
            return "bookkeeping"
        counts = [number(total.get(k)) for k in ("input_tokens", "cached_input_tokens", "output_tokens")]
        if counts == self.total or not any(counts):
            return "repeat"
        self.total = counts
        whole, cached, output = counts
        return [Usage(at=at, row=row, model=self.model, input=max(whole - cached, 0), cache_read=cached, output=output, total=True)]

    # -- what is said

    def _user_event(self, p: Payload, at: str, row: int) -> Sequence[Event] | str:
        return self._user(_str(p.message), len(_list(p.images)) + len(_list(p.local_images)), "event", at, row)

    def _agent_event(self, p: Payload, at: str, row: int) -> Sequence[Event] | str:
        return self._reply(_str(p.message), "event", at, row)

    def _message(self, p: Payload, at: str, row: int) -> Sequence[Event] | str:
        if p.role == "assistant":
            return self._reply(_text(p.content), "item", at, row)
        if p.role == "user":
            return self._user(_text(p.content), _images(p.content), "item", at, row)
        return QUIET.get(_str(p.role), "unknown-type")

    def _item(self, p: Payload, at: str, row: int) -> Sequence[Event] | str:
        item: dict[str, Any] = p.item if isinstance(p.item, dict) else {}
        kind = _str(item.get("type")).lower()
        words = _text(item.get("content")) or _str(item.get("text"))
        if kind == "usermessage":
            return self._user(words, _images(item.get("content")), "paginated", at, row)
        if kind == "agentmessage":
            return self._reply(words, "paginated", at, row)
        if kind == "reasoning":
            return self._thoughts([_str(t) for t in _list(item.get("summary_text"))], "paginated", at, row)
        if kind == "plan" and words:
            return self._reply(words, "paginated", at, row)
        return "repeat" if kind else "empty"  # commands, file changes and searches have rows of their own

    def _user(self, text: str, images: int, form: str, at: str, row: int) -> Sequence[Event] | str:
        context, found, request = text.partition(REQUEST)
        said = (request if found else text).strip()
        if not said and not images:
            return "empty"
        if said.startswith(INJECTED):
            return [Injected(at=at, row=row, text=clip_given(said), source=_source(said))] if self._new("host", said, form) else "repeat"
        if not self._new("user", said or f"{images} images", form):
            return "repeat"
        before = [Injected(at=at, row=row, text=clip_given(context.strip()), source="ide")] if found and context.strip() else []
        return [*before, Prompt(at=at, row=row, text=clip(said, TEXT_CHARS), images=images)]

    def _reply(self, text: str, form: str, at: str, row: int) -> Sequence[Event] | str:
        said = text.strip()
        if not said:
            return "empty"
        return [Reply(at=at, row=row, text=clip(said, TEXT_CHARS))] if self._new("agent", said, form) else "repeat"

    def _reasoning(self, p: Payload, at: str, row: int) -> Sequence[Event] | str:
        return self._thoughts([_text([b]) for b in [*_list(p.summary), *_list(p.content)]], "item", at, row)

    def _thought(self, p: Payload, at: str, row: int) -> Sequence[Event] | str:
        return self._thoughts([_str(p.text)], "event", at, row)

    def _thoughts(self, texts: list[str], form: str, at: str, row: int) -> Sequence[Event] | str:
        texts = [t for t in texts if t.strip()]
        new = [Thinking(at=at, row=row, text=clip(t.strip(), TEXT_CHARS)) for t in texts if self._new("thought", t, form)]
        return new or ("repeat" if texts else "empty")

    def _new(self, who: str, text: str, form: str) -> bool:
        """Whether this is said anew: not the other form of one of the last sayings. The same words in the same form again are said again."""
        key = hashlib.blake2b("".join([who, *text.split()]).encode("utf-8", "replace"), digest_size=6).hexdigest()
        forms = self.said.pop(key, [])
        known = bool(forms) and form not in forms
        self.said[key] = [*forms, form] if known else [form]
        _bound(self.said, SAID_KEPT)
        return not known

    # -- tools

    def _call(self, p: Payload, at: str, row: int) -> Sequence[Event] | str:
        given = p.arguments if p.arguments is not None else p.input if p.input is not None else p.action
        call = _str(p.call_id) or _str(p.id) or f"row-{row}"
        name = _str(p.name) or _str(p.type).removesuffix("_call")
        event, needs = tool_call(name, given, call=call, at=at, row=row)
        if event.action != "web":  # a web search has no output row
            self.open[call] = needs
            _bound(self.open, CALLS_KEPT)
        return [event]

    def _output(self, p: Payload, at: str, row: int) -> Sequence[Event] | str:
        call = _str(p.call_id)
        needs = self.open.pop(call, "")
        result, running = result_of(p.output, needs, self.codes.pop(call, None), call=call, at=at, row=row)
        if running:
            self.open[call] = RUNNING + running
            return [result]
        begun = self._begun(needs) if result.exit_code is not None else ""
        if not begun:
            return [result]
        del self.open[begun]
        return [result, msgspec.structs.replace(result, call=begun)]

    def _begun(self, needs: str) -> str:
        """The call that began the command to which this one wrote, while it is not known how that ended."""
        process = needs.removeprefix(WROTE_TO) if needs.startswith(WROTE_TO) else ""
        return next((call for call, state in self.open.items() if process and state == RUNNING + process), "")

    def _exec_end(self, p: Payload, at: str, row: int) -> Sequence[Event] | str:
        """The exit code: kept for the output that follows, or the late end of a command that was still running when its output was given."""
        call, code = _str(p.call_id), code_of(p.exit_code)
        if code is None:
            return "repeat"
        if not self.open.get(call, "").startswith(RUNNING):
            if call in self.open:
                self.codes[call] = code
                _bound(self.codes, CALLS_KEPT)
            return "repeat"
        del self.open[call]
        output = _str(_loose(p.aggregated_output))
        return [ToolResult(at=at, row=row, call=call, ok=code == 0, exit_code=code, output=clip_given(output), size=len(output))]

    # -- turns of the conversation

    def _compacted(self, p: Payload, at: str, row: int) -> Sequence[Event] | str:
        return [Compaction(at=at, row=row, text=clip(_str(p.message), TEXT_CHARS))]

    def _aborted(self, p: Payload, at: str, row: int) -> Sequence[Event] | str:
        return [Notice(at=at, row=row, kind="interrupted", text=_str(p.reason))]

    def _rollback(self, p: Payload, at: str, row: int) -> Sequence[Event] | str:
        turns = min(number(p.num_turns), len(self.turns))
        if turns < 1:
            return "bookkeeping"
        to = self.turns[-turns]
        del self.turns[-turns:]
        return [Rewind(at=at, row=row, to=to)]


Handler = Callable[[Reading, Payload, str, int], Sequence[Event] | str]
HANDLERS: Mapping[str, Handler] = {
    "session_meta": Reading._meta, "turn_context": Reading._turn, "thread_name_updated": Reading._title, "token_count": Reading._tokens,
    "user_message": Reading._user_event, "agent_message": Reading._agent_event, "message": Reading._message, "item_completed": Reading._item,
    "reasoning": Reading._reasoning, "agent_reasoning": Reading._thought, "agent_reasoning_raw_content": Reading._thought,
    "function_call": Reading._call, "custom_tool_call": Reading._call, "local_shell_call": Reading._call, "web_search_call": Reading._call,
    "tool_search_call": Reading._call, "image_generation_call": Reading._call,
    "function_call_output": Reading._output, "custom_tool_call_output": Reading._output, "exec_command_end": Reading._exec_end,
    "compacted": Reading._compacted, "turn_aborted": Reading._aborted, "thread_rolled_back": Reading._rollback,
}


def _decoded(line: bytes) -> Row:
    """The typed row; one whose payload is no object keeps its type. Raises `UnreadableRowError`."""
    try:
        return ROW(line)
    except msgspec.ValidationError:
        pass
    except BROKEN_JSON as e:
        raise UnreadableRowError from e
    value = _loose(line)
    if not isinstance(value, dict):
        raise UnreadableRowError
    return Row(timestamp=value.get("timestamp"), type=value.get("type"))


def _loose(raw: bytes | msgspec.Raw) -> Any:
    try:
        return LOOSE(raw)
    except BROKEN_JSON as e:
        raise UnreadableRowError from e


def _bare(row: Row, line: bytes) -> Payload | None:
    """The payload of a row of 2025, which is the row itself; its first row is the session."""
    if isinstance(row.type, str) and row.type in BARE:
        return BARE_PAYLOAD(line)
    if row.id and not row.type and not row.record_type:
        row.type = "session_meta"
        return BARE_PAYLOAD(line)
    return None


def _subagent(p: Payload) -> tuple[str, str]:
    """(role, parent session) of a rollout: a sub-agent's `source` is an object, such as `{"subagent": {"thread_spawn": {…}}}`."""
    parent = _str(p.parent_thread_id) or _str(p.forked_from_id)
    if not isinstance(p.source, dict):
        return "", parent
    inner: Any = p.source.get("subagent", p.source)
    role = _str(p.agent_role) or _str(p.agent_nickname)
    if isinstance(inner, dict):
        name, facts = next(iter(inner.items()), ("subagent", {}))
        facts = facts if isinstance(facts, dict) else {}
        role = role or _str(facts.get("agent_role")) or _str(facts.get("agent_nickname")) or str(name)
        parent = _str(facts.get("parent_thread_id")) or parent
    return role or _str(inner) or "subagent", parent


def _notice(kind: str, p: Payload, at: str, row: int) -> Sequence[Event] | str:
    review: dict[str, Any] = p.review_output if isinstance(p.review_output, dict) else {}
    words = _str(p.message) or _str(review.get("overall_explanation")) or _text(p.content) or _str(p.content)
    return [Notice(at=at, row=row, kind=kind, text=clip(words, OUTPUT_CHARS))] if words.strip() else "bookkeeping"


def _source(said: str) -> str:
    """The tag or title with which injected text begins."""
    return "instructions" if said[0] == "#" else said[1:].partition(">")[0].replace(" ", "-")


def _text(content: Any) -> str:
    """Text of a string or of a list of content parts; the brackets that Codex puts around an image are none."""
    if isinstance(content, str):
        return content
    parts = [_str(b.get("text")) for b in _list(content) if isinstance(b, dict)]
    return "\n".join(t for t in parts if t and not t.startswith("<image name=") and t not in ("<image>", "</image>"))


def _images(content: Any) -> int:
    return sum(isinstance(b, dict) and "image" in _str(b.get("type")).lower() for b in _list(content))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _str(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _bound(memory: dict[str, Any], limit: int) -> None:
    """Forgets what was remembered first."""
    while len(memory) > limit:
        del memory[next(iter(memory))]
