"""Copilot CLI events."""

import json
from typing import Any

import pytest

from passdown.model.event import Event, Injected, Mark, Notice, Prompt, Reply, Rewind, Thinking, ToolCall, ToolResult, Usage
from passdown.transcripts.base import UnreadableRowError
from passdown.transcripts.readers import copilot_cli


def row(kind: str, data: dict[str, Any], row_id: str = "", **envelope: Any) -> bytes:
    return json.dumps({"type": kind, "data": data, "id": row_id, "timestamp": "2026-03-02T09:00:00.000Z", **envelope}).encode()


def read(*rows: bytes) -> list[Event]:
    reading = copilot_cli.start()
    return [e for n, line in enumerate(rows) if not isinstance(found := reading.row(n, line), str) for e in found]


def of(kind: type[Event], *rows: bytes) -> list[Any]:
    return [e for e in read(*rows) if isinstance(e, kind)]


def start(tool: str, arguments: Any, **data: Any) -> bytes:
    return row("tool.execution_start", {"toolCallId": "c", "toolName": tool, "arguments": arguments, **data})


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({"content": "hi"}, Prompt),
        ({"content": "hi", "source": "user"}, Prompt),
        ({"content": "hi", "source": "skill-x"}, Injected),
        ({"content": "hi", "isAutopilotContinuation": True}, Injected),
        ({"content": "hi", "parentAgentTaskId": "t"}, Injected),
    ],
)
def test_only_what_the_user_typed_is_a_prompt(data: dict[str, Any], kind: type[Event]) -> None:
    """Texts of skills, the autopilot and tasks are injected."""
    assert [type(e) for e in read(row("user.message", data))] == [kind]


def test_an_empty_prompt_is_taken_from_its_transformed_form() -> None:
    """Some sessions hold the words in `transformedContent` only, inside the host's wrappers."""
    data = {"content": "", "transformedContent": "<current_datetime>now</current_datetime>\n\nhello\n\n<reminder>\nx\n</reminder>"}
    assert of(Prompt, row("user.message", data))[0].text == "hello"


@pytest.mark.parametrize(
    ("tool", "arguments", "action", "paths"),
    [
        ("view", {"path": "/a.py"}, "read", ("/a.py",)),
        ("create", {"path": "/a.py", "file_text": "x"}, "write", ("/a.py",)),
        ("edit", {"path": "/a.py", "old_str": "x", "new_str": "y"}, "edit", ("/a.py",)),
        ("str_replace_editor", {"command": "view", "path": "/a.py"}, "read", ("/a.py",)),
        ("str_replace_editor", {"command": "create", "path": "/a.py", "file_text": "x"}, "write", ("/a.py",)),
        ("apply_patch", "*** Begin Patch\n*** Delete File: b.py\n*** End Patch", "edit", ("b.py",)),
        ("apply_patch", {"patch": "*** Begin Patch\n*** Update File: b.py\n-x\n+y\n*** End Patch"}, "edit", ("b.py",)),
        ("bash", {"command": "ls"}, "shell", ()),
        ("grep", {"pattern": "x"}, "search", ()),
        ("from-a-server", {"any": 1}, "other", ()),
        ("view", None, "read", ()),
    ],
)
def test_tools_are_read(tool: str, arguments: Any, action: str, paths: tuple[str, ...]) -> None:
    """Each tool has its action, and its path where it names one."""
    (made,) = of(ToolCall, start(tool, arguments))
    assert (made.action, made.paths) == (action, paths)


@pytest.mark.parametrize(
    ("data", "ok", "code"),
    [
        ({"success": True, "result": {"content": "fine"}}, True, None),
        ({"success": False, "error": {"message": "no"}}, False, None),
        ({"success": True, "result": {"content": "x\n<exited with exit code 2>"}}, False, 2),
        ({"success": True, "result": {"content": "x\n<exited with exit code 0>"}}, True, 0),
        ({"success": True, "result": {"content": "x"}, "shellExecution": {"exitCode": 1}}, False, 1),
        ({}, None, None),
    ],
)
def test_a_result_knows_how_the_call_ended(data: dict[str, Any], ok: bool | None, code: int | None) -> None:
    """Success, error and exit code in the forms of all versions."""
    (result,) = of(ToolResult, row("tool.execution_complete", {"toolCallId": "c", **data}))
    assert (result.ok, result.exit_code) == (ok, code)


def test_a_sub_agents_rows_are_in_its_lane() -> None:
    """Rows with an agent's id, or whose data names the call that began it, are apart from the main thread."""
    events = read(
        row("assistant.message", {"content": "a"}, agentId="x"), start("view", {"path": "p"}, parentToolCallId="y"), row("assistant.message", {"content": "b"})
    )
    assert [e.lane for e in events] == ["x", "y", ""]


def test_an_answer_holds_thought_and_words() -> None:
    """Both are events; the calls that it asks for have rows of their own."""
    assert [type(e) for e in read(row("assistant.message", {"content": "b", "reasoningText": "a"}))] == [Thinking, Reply]
    assert copilot_cli.start().row(0, row("assistant.message", {"content": "", "toolRequests": [{}]})) == "repeat"


def test_a_rewind_points_at_the_named_row() -> None:
    """The named row and what follows it are off the live branch."""
    events = read(
        row("user.message", {"content": "a"}, "id-a"),
        row("user.message", {"content": "b"}, "id-b"),
        row("assistant.message", {"content": "c"}, "id-c"),
        row("session.snapshot_rewind", {"upToEventId": "id-b", "eventsRemoved": 2}, "id-d"),
    )
    assert isinstance(events[-1], Rewind)
    assert events[events[-1].to] == events[1]


def test_a_rewind_to_a_row_that_is_not_known_is_a_notice() -> None:
    """Nothing is taken off the branch on a guess."""
    assert [e.kind for e in of(Notice, row("session.snapshot_rewind", {"upToEventId": "gone"}))] == ["rewind"]


def test_the_shutdown_tells_the_tokens_of_every_model() -> None:
    """One total a model; a later shutdown of a resumed session replaces it."""
    usage = {"inputTokens": 10, "outputTokens": 2, "cacheReadTokens": 5, "cacheWriteTokens": 1}
    found = of(Usage, row("session.shutdown", {"modelMetrics": {"m1": {"usage": usage}, "m2": {"usage": {}}}}))
    assert [(u.model, u.message, u.total, u.input) for u in found] == [("m1", "m1", True, 10), ("m2", "m2", True, 0)]


def test_places_and_models_are_told() -> None:
    """Start, resume, change of folder and change of model are marks."""
    marks = of(
        Mark,
        row("session.start", {"sessionId": "s", "selectedModel": "m", "context": {"cwd": "/a", "branch": "x"}}),
        row("session.context_changed", {"cwd": "/b"}),
        row("session.model_change", {"newModel": "n"}),
        row("session.model_change", {"newModel": "n"}),
    )
    assert [(m.session, m.cwd, m.branch, m.model) for m in marks] == [("s", "/a", "x", "m"), ("", "/b", "", ""), ("", "", "", "n")]


def test_broken_and_unknown_rows_are_told_apart() -> None:
    """What is no JSON object is unreadable, a type of tomorrow is unknown."""
    for line in (b"{", b"[]", b"\xff"):
        with pytest.raises(UnreadableRowError):
            copilot_cli.start().row(0, line)
    assert copilot_cli.start().row(0, row("from.tomorrow", {})) == "unknown-type"
