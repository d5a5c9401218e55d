"""A session as a trajectory: ATIF (Agent Trajectory Interchange Format), version 1.7.

Source: the models of ATIF 1.4 to 1.7 as libraries document them, seen 2026-11. A step of the agent is one answer of the model: what it thought and said,
its calls, and their results, wherever these came later. Each sub-agent is a trajectory inside; what was taken back by a rewind is left out. Arguments
are what the kept events have of them (excerpts of edits, not whole files), outputs are clipped as kept.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from passdown.model.event import Compaction, Event, Injected, Mark, Prompt, Reply, Rewind, Thinking, ToolCall, ToolResult, Usage
from passdown.model.session import Session

SCHEMA = "ATIF-v1.7"
Step = dict[str, Any]


def trajectory(session: Session, events: Iterable[Event]) -> dict[str, Any]:
    """The document, of JSON values. events: the session's kept events, in order."""
    lanes: dict[str, Lane] = {"": Lane()}
    marks = Mark()
    for event in events:
        if isinstance(event, Mark):
            marks = Mark(version=event.version or marks.version, model=marks.model or event.model)
        elif not event.lane.startswith("fork:"):  # copied from another session, which has it
            lanes.setdefault(event.lane, Lane()).add(event)
    agent = {"name": session.agent, "version": marks.version or "unknown", **({"model_name": marks.model} if marks.model else {})}
    main = lanes.pop("")
    inner = [{"schema_version": SCHEMA, "trajectory_id": name, "agent": agent, "steps": lane.numbered()} for name, lane in lanes.items() if lane.steps]
    about = {key: value for key in ("title", "branch", "cwd", "head", "parent") if (value := getattr(session, key))}
    return {"schema_version": SCHEMA, "session_id": session.id, "agent": agent, "steps": main.numbered(), "final_metrics": totals(session, len(main.steps)),
            **({"extra": about} if about else {}), **({"subagent_trajectories": inner} if inner else {})}


def totals(session: Session, steps: int) -> dict[str, Any]:
    """Tokens of the whole session; a cost only where all its models have a price."""
    use = session.usage
    costs = [u.cost for u in use]
    cost = {"total_cost_usd": round(sum(c for c in costs if c is not None), 6)} if costs and None not in costs else {}
    return {"total_prompt_tokens": sum(u.input + u.cache_read + u.cache_write for u in use), "total_completion_tokens": sum(u.output for u in use),
            "total_cached_tokens": sum(u.cache_read for u in use), **cost, "total_steps": steps}


class Lane:
    """The steps of one thread, as they come."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, Step]] = []  # with the number of its first event
        self.open = False  # the last step is the agent's, and its model may go on in it
        self.calls: dict[str, Step] = {}
        self.used: dict[str, Step] = {}

    def add(self, event: Event) -> None:
        match event:
            case Prompt():
                self._step(event, "user", message=event.text)
            case Injected():
                self._step(event, "system", message=event.text, extra={"injected_by": event.source or "host"})
            case Compaction():
                self._step(event, "system", message=event.text, extra={"compaction": event.trigger or "auto"})
            case Thinking():
                step = self._agent(event)
                step["reasoning_content"] = "\n\n".join(filter(None, (step.get("reasoning_content", ""), event.text)))
            case Reply():
                step = self._agent(event)
                step["message"] = "\n\n".join(filter(None, (step["message"], event.text)))
            case ToolCall():
                step = self._agent(event)
                step.setdefault("tool_calls", []).append({"tool_call_id": event.call, "function_name": event.tool, "arguments": arguments(event)})
                self.calls[event.call] = step
            case ToolResult():
                self._result(event)
            case Usage(total=False):
                self._metrics(event)
            case Rewind():
                self.steps = [(n, step) for n, step in self.steps if n < event.to]
                self.open = False
            case _:
                pass

    def numbered(self) -> list[Step]:
        return [{"step_id": i, **step} for i, (_, step) in enumerate(self.steps, 1)]

    def _step(self, event: Event, source: str, **more: Any) -> Step:
        step = {**({"timestamp": event.at} if event.at else {}), "source": source, **more}
        self.steps.append((event.n, step))
        self.open = False
        return step

    def _agent(self, event: Event) -> Step:
        """The step in which the model is speaking; a new one after a result came."""
        if not self.open:
            self._step(event, "agent", message="")
            self.open = True
        return self.steps[-1][1]

    def _result(self, event: ToolResult) -> None:
        step = self.calls.get(event.call)
        if step is None:
            return
        told = {"exit_code": event.exit_code, "ok": event.ok}
        extra = {k: v for k, v in told.items() if v is not None}
        result = {"source_call_id": event.call, "content": event.output, **({"extra": extra} if extra else {})}
        step.setdefault("observation", {"results": []})["results"].append(result)
        self.open = False

    def _metrics(self, event: Usage) -> None:
        """Tokens of an answer; a later count of the same answer replaces the earlier."""
        step = self.used.get(event.message) if event.message else None
        step = step or next((s for _, s in reversed(self.steps) if s["source"] == "agent"), None)
        if step is None:
            return
        self.used[event.message] = step
        if event.model:
            step["model_name"] = event.model
        step["metrics"] = {"prompt_tokens": event.input + event.cache_read + event.cache_write, "completion_tokens": event.output,
                           "cached_tokens": event.cache_read}


def arguments(call: ToolCall) -> dict[str, Any]:
    """What is kept of a call's arguments, under the names that most tools give them."""
    return dict(_arguments(call))


def _arguments(call: ToolCall) -> Iterator[tuple[str, Any]]:
    if call.paths:
        yield "path", call.paths[0]
    if len(call.paths) > 1:
        yield "paths", list(call.paths)
    if call.command:
        yield {"search": "pattern", "web": "url"}.get(call.action, "command"), call.command
    if call.cwd:
        yield "cwd", call.cwd
    if call.about:
        yield "description", call.about
    edits = [{"path": p.path, "old_string": p.removed, "new_string": p.added, "action": p.action} for p in call.patches]
    if len(edits) == 1:
        yield from ((k, v) for k, v in edits[0].items() if k in ("old_string", "new_string"))
    elif edits:
        yield "edits", edits
    if call.todos:
        yield "todos", [{"content": t.text, "status": t.status or "pending"} for t in call.todos]


__all__ = ["trajectory"]
