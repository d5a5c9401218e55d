"""A session as a trajectory."""

import json
from typing import Any

import msgspec

from passdown.formats.trajectory import trajectory
from passdown.model.event import Compaction, Event, Mark, Patch, Prompt, Reply, Rewind, Thinking, Todo, ToolCall, ToolResult, Usage
from passdown.model.session import Session, UsageFact
from passdown.transcripts.readers import atif
from passdown.transcripts.rows import read_rows

AT = "2026-03-05T10:00:00Z"
EVENTS: tuple[Event, ...] = (
    Mark(n=0, at=AT, session="s", model="pro", version="2.1"), Prompt(n=1, at=AT, text="Fix it"), Thinking(n=2, text="A float."), Reply(n=3, text="I look."),
    ToolCall(n=4, call="a", tool="Bash", action="shell", command="pytest -q", cwd="/shop"),
    ToolCall(n=5, call="b", tool="Edit", action="edit", paths=("a.py",), patches=(Patch("a.py", removed="x", added="y"),)),
    Usage(n=6, message="m", model="pro", input=5, output=1), Usage(n=7, message="m", model="pro", input=5, output=9, cache_read=3),
    ToolResult(n=8, call="a", ok=False, exit_code=1, output="1 failed"), ToolResult(n=9, call="b", ok=True, output="edited"), Reply(n=10, text="Done."),
    ToolCall(n=11, lane="tester", call="t", tool="Read", action="read", paths=("b.py",)), Compaction(n=12, text="So far: fixed."))


def steps(*events: Event, **facts: Any) -> list[dict[str, Any]]:
    found = trajectory(Session("s", "claude-code", **facts), events)["steps"]
    assert isinstance(found, list)
    return found


def test_an_answer_of_the_model_is_one_step() -> None:
    """Thought, words and calls together, each result with its call; what is said after a result is the next step."""
    user, first, second, summary = steps(*EVENTS)
    assert (user["source"], user["message"], user["timestamp"]) == ("user", "Fix it", AT)
    assert (first["reasoning_content"], first["message"], [c["function_name"] for c in first["tool_calls"]]) == ("A float.", "I look.", ["Bash", "Edit"])
    assert first["observation"]["results"][0] == {"source_call_id": "a", "content": "1 failed", "extra": {"exit_code": 1, "ok": False}}
    assert (second["message"], summary["source"]) == ("Done.", "system")
    assert [s["step_id"] for s in (user, first, second, summary)] == [1, 2, 3, 4]


def test_the_last_count_of_an_answer_stands() -> None:
    """Tokens that were cached are part of the prompt."""
    assert steps(*EVENTS)[1]["metrics"] == {"prompt_tokens": 8, "completion_tokens": 9, "cached_tokens": 3}


def test_what_was_taken_back_is_left_out() -> None:
    """A trajectory is one line; what a rewind took off it is not on it."""
    found = steps(*EVENTS[:2], Prompt(n=2, text="No"), Reply(n=3, text="Gone"), Rewind(n=4, to=2), Prompt(n=5, text="Yes"))
    assert [s["message"] for s in found] == ["Fix it", "Yes"]


def test_a_sub_agent_is_a_trajectory_inside() -> None:
    """Its steps are not those of the main one."""
    [inner] = trajectory(Session("s", "claude-code"), EVENTS)["subagent_trajectories"]
    assert (inner["trajectory_id"], inner["steps"][0]["tool_calls"][0]["arguments"]) == ("tester", {"path": "b.py"})


def test_a_cost_is_told_only_where_all_of_it_is_known() -> None:
    """A sum with a gap would be too small."""
    priced, unpriced = UsageFact("pro", input=5, output=9, cache_read=3, cost=0.02), UsageFact("other", input=1)
    whole = trajectory(Session("s", "codex", usage=(priced,)), ())["final_metrics"]
    assert whole == {"total_prompt_tokens": 8, "total_completion_tokens": 9, "total_cached_tokens": 3, "total_cost_usd": 0.02, "total_steps": 0}
    assert "total_cost_usd" not in trajectory(Session("s", "codex", usage=(priced, unpriced)), ())["final_metrics"]


def test_what_is_written_is_read_back() -> None:
    """The reader of ATIF gives the same prompts, words, commands, edits, to-dos and results."""
    todo = ToolCall(n=13, call="c", tool="TodoWrite", action="todo", todos=(Todo("Round it", "in_progress"),), whole=True)
    document = json.dumps(trajectory(Session("s", "claude-code", title="Rounding", branch="main"), (*EVENTS, todo))).encode()
    reading = atif.start()
    found = [e for n, _, row in read_rows([document], atif.ROW_START) if isinstance(row, bytes) and not isinstance(f := reading.row(n, row), str) for e in f]
    bare = [msgspec.structs.replace(e, n=0, row=0, at="", lane="") for e in found]
    expected = [msgspec.structs.replace(e, n=0, row=0, at="", lane="") for e in (EVENTS[1], *EVENTS[2:4], EVENTS[5], EVENTS[10], todo)]
    assert [e for e in expected if e not in bare] == []
    results = [e for e in bare if isinstance(e, ToolResult)]
    assert [(r.call, r.ok, r.exit_code, r.output) for r in results] == [("a", False, 1, "1 failed"), ("b", True, None, "edited")]
    assert isinstance(found[0], Mark)
    assert (found[0].session, found[0].branch, found[0].title, found[0].version) == ("atif-s", "main", "Rounding", "claude-code 2.1")
