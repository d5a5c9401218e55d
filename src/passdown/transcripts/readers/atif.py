"""ATIF (Agent Trajectory Interchange Format): one JSON document of a whole session, whatever agent it was.

Source: versions 1.4 to 1.8 as libraries that write it document them (models of vtcode-exec-events, of NVIDIA's agent toolkit), seen 2026-11; a
documented schema, no real trajectory was read. Row 0 is the trajectory, then a row a step (`source` user, agent or system), then a row a sub-agent's
trajectory. What `passdown export --atif` writes is read back by this. A file is captured when it is named; its session gets a name of its own, so that
an exported session is never taken for the one it was made from.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from passdown.model.event import Event, Injected, Mark, Notice, Prompt, Reply, Thinking, ToolResult, Usage
from passdown.transcripts.base import OUTPUT_CHARS, TEXT_CHARS, Evidence, clip
from passdown.transcripts.document import cut_at, top_keys
from passdown.transcripts.fields import code_of, first, number, obj, objects, row_object, string, utc
from passdown.transcripts.named_tools import action_of, tool_call

AGENT = "atif"
ROW_START = cut_at("steps", "subagent_trajectories")
EVIDENCE: Evidence = "schema"
LOCATIONS = ()

CODE = re.compile(r"(?:[Ee]xit(?:ed with)?(?: exit)? code|returncode)[:>]? ?(-?\d+)")


def recognises(head: bytes) -> bool:
    keys = top_keys(head)
    return "schema_version" in keys and (re.search(rb'"schema_version"\s*:\s*"ATIF', head) is not None or {"steps", "agent"} <= keys)


def start(state: dict[str, Any] | None = None) -> "Reading":
    return Reading(state or {})


class Reading:
    """One trajectory."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.model: str = state.get("model", "")
        self.tools: dict[str, str] = dict(state.get("tools", {}))  # calls of the last step: a later one may have their results

    def state(self) -> dict[str, Any]:
        return {"model": self.model, "tools": self.tools}

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        row = row_object(line)
        if number == 0:
            return self._around(row, number)
        if "step_id" in row or "source" in row:
            return self._step(row, number) or "empty"
        if "schema_version" in row or "agent" in row:
            name = first(obj(row.get("agent")), "name") or first(row, "trajectory_id", "session_id")
            return [Notice(row=number, kind="subagent", text=name)]
        return "unknown-type"

    def _around(self, row: Mapping[str, Any], n: int) -> Sequence[Event]:
        agent = obj(row.get("agent"))
        self.model = string(agent.get("model_name"))
        named = first(row, "session_id", "trajectory_id")
        extra = obj(row.get("extra"))
        return [Mark(row=n, session=f"atif-{named}" if named else "", model=self.model, cwd=string(extra.get("cwd")), branch=string(extra.get("branch")),
                     version=" ".join(filter(None, (string(agent.get("name")), string(agent.get("version"))))), title=clip(string(extra.get("title")), 300))]

    def _step(self, row: Mapping[str, Any], n: int) -> list[Event] | str:
        at, source = utc(row.get("timestamp")), row.get("source")
        if row.get("is_copied_context"):
            return "duplicate"
        words, media = said(row.get("message"))
        if source == "user":
            return [Prompt(at=at, row=n, text=clip(words, TEXT_CHARS), images=media)] if words.strip() or media else "empty"
        if source == "system":
            text: list[Event] = [Injected(at=at, row=n, text=clip(words, OUTPUT_CHARS), source="system")] if words.strip() else []
            return text + self._results(row, at, n)
        return self._agent(row, words, at, n) if source == "agent" else "unknown-type"

    def _agent(self, row: Mapping[str, Any], words: str, at: str, n: int) -> list[Event]:
        out: list[Event] = []
        model, thought = string(row.get("model_name")), string(row.get("reasoning_content"))
        if model and model != self.model:
            self.model = model
            out.append(Mark(at=at, row=n, model=model))
        if thought.strip():
            out.append(Thinking(at=at, row=n, text=clip(thought.strip(), TEXT_CHARS)))
        if words.strip():
            out.append(Reply(at=at, row=n, text=clip(words.strip(), TEXT_CHARS)))
        calls = objects(row.get("tool_calls"))
        self.tools = {}
        for i, call in enumerate(calls):
            key = string(call.get("tool_call_id")) or f"{n}.{i}"
            self.tools[key] = string(call.get("function_name"))
            out.append(tool_call(self.tools[key], obj(call.get("arguments")), call=key, at=at, row=n))
        return [*out, *self._results(row, at, n), *self._tokens(row, at, n)]

    def _results(self, row: Mapping[str, Any], at: str, n: int) -> list[Event]:
        out: list[Event] = []
        for i, one in enumerate(objects(obj(row.get("observation")).get("results"))):
            output, _ = said(one.get("content"))
            call = string(one.get("source_call_id")) or next(iter(list(self.tools)[i:]), f"{n}.{i}")
            extra = obj(one.get("extra"))
            code = code_of(extra.get("exit_code"))
            if code is None and action_of(self.tools.get(call, "")) == "shell":
                told = CODE.findall(output[-400:])
                code = int(told[-1]) if told else None
            ok = extra["ok"] if isinstance(extra.get("ok"), bool) else None if code is None else code == 0
            out.append(ToolResult(at=at, row=n, call=call, ok=ok, exit_code=code, output=clip(output, OUTPUT_CHARS), size=len(output)))
        return out

    def _tokens(self, row: Mapping[str, Any], at: str, n: int) -> list[Event]:
        used = obj(row.get("metrics"))
        counts = [number(used.get(k)) for k in ("prompt_tokens", "completion_tokens", "cached_tokens")]
        if not any(counts):
            return []
        return [Usage(at=at, row=n, message=str(row.get("step_id", n)), model=self.model, input=max(counts[0] - counts[2], 0), output=counts[1],
                      cache_read=counts[2])]


def said(content: Any) -> tuple[str, int]:
    """The text of a message, a string or parts, and how many images it holds."""
    if isinstance(content, str):
        return content, 0
    parts = objects(content)
    return "\n".join(string(p.get("text")) for p in parts if p.get("text")), sum(p.get("type") == "image" for p in parts)


__all__ = ["AGENT", "LOCATIONS", "ROW_START", "Reading", "recognises", "start"]
