"""Copilot chat in VS Code."""

import json
from typing import Any

import pytest

from passdown.model.event import Event, Notice, Prompt, Reply, ToolCall, ToolResult
from passdown.transcripts.readers import vscode_copilot


def read(**request: Any) -> list[Event]:
    found = vscode_copilot.start().row(1, json.dumps({"requestId": "r", "timestamp": 1772704800000, "message": {"text": "Fix it"}, **request}).encode())
    assert not isinstance(found, str)
    return list(found)


def run(command: str, **more: Any) -> dict[str, Any]:
    return {"kind": "toolInvocationSerialized", "toolCallId": command, "toolId": "run_in_terminal",
            "toolSpecificData": {"kind": "terminal", "commandLine": {"original": command}, **more}}


def test_the_end_of_an_answer_that_is_being_written_waits() -> None:
    """Its last words and calls that have not ended may still change; what stands before them does not."""
    parts = [{"value": "First."}, {**run("ls"), "isComplete": True}, {"value": "Then"}, {**run("make"), "isComplete": False}]
    found = read(response=parts, modelState={"value": 0})
    assert [type(e) for e in found] == [Prompt, Reply, ToolCall, ToolResult]
    assert [type(e) for e in read(response=parts, modelState={"value": 1})] == [Prompt, Reply, ToolCall, ToolResult, Reply, ToolCall]


@pytest.mark.parametrize(("part", "ok", "code"), [
    (run("a", terminalCommandState={"exitCode": 0}), True, 0), (run("a", terminalCommandState={"exitCode": 2}), False, 2), (run("a"), None, None),
    ({**run("a"), "resultDetails": {"output": [{"value": "Command exited with code 3"}]}}, False, 3),
    ({**run("a", terminalCommandState={"exitCode": 0}), "isConfirmed": {"type": 0}}, False, 0)])
def test_how_a_command_ended(part: dict[str, Any], ok: bool | None, code: int | None) -> None:
    """By its exit code, wherever that stands; refused is failed; not told is not known."""
    [result] = [e for e in read(response=[part], result={}) if isinstance(e, ToolResult)]
    assert (result.ok, result.exit_code) == (ok, code)


def test_arguments_are_found_by_order_and_name() -> None:
    """The rounds have other ids than the parts; a call that no part shows is passed over."""
    rounds = [{"toolCalls": [{"id": "1", "name": "think", "arguments": "{}"}, {"id": "2", "name": "read_file", "arguments": '{"filePath": "/a.py"}'},
                             {"id": "3", "name": "read_file", "arguments": '{"filePath": "/b.py"}'}]}]
    parts = [{"kind": "toolInvocationSerialized", "toolCallId": c, "toolId": "copilot_readFile"} for c in ("x", "y")]
    found = read(response=parts, result={"metadata": {"toolCallRounds": rounds, "toolCallResults": {"3": {"content": [{"value": "text of b"}]}}}})
    assert [e.paths for e in found if isinstance(e, ToolCall)] == [("/a.py",), ("/b.py",)]
    assert [e.output for e in found if isinstance(e, ToolResult)] == ["", "text of b"]


def test_an_edit_is_told_once() -> None:
    """By the call that made it; without one, by what was put into the file."""
    edit = {"kind": "textEditGroup", "uri": {"fsPath": "/a.py"}, "edits": [[{"text": "y"}]]}
    call = {"kind": "toolInvocationSerialized", "toolCallId": "c", "toolId": "copilot_createFile",
            "resultDetails": {"input": '{"filePath": "/a.py", "content": "y"}'}}
    assert [e.action for e in read(response=[call, edit], result={}) if isinstance(e, ToolCall)] == ["write"]
    assert [e.action for e in read(response=[edit, edit], result={}) if isinstance(e, ToolCall)] == ["edit"]


def test_an_error_and_a_cancelled_request_are_told() -> None:
    """They explain an answer that ends in nothing."""
    found = read(response=[], result={"errorDetails": {"message": "Rate limited"}}, isCanceled=True)
    assert [(e.kind, e.text) for e in found if isinstance(e, Notice)] == [("api-error", "Rate limited"), ("interrupted", "")]


@pytest.mark.parametrize("request_", [{"response": 5}, {"response": [None, 1, {"kind": 3}]}, {"message": None}, {"result": []}, {"timestamp": "x"},
                                      {"response": [{"kind": "toolInvocationSerialized"}]}, {"response": [{"kind": "textEditGroup", "edits": [3]}]}])
def test_fields_of_another_type_raise_nothing(request_: dict[str, Any]) -> None:
    """A request of a newer or broken version is read as far as it goes."""
    row = {"requestId": "r", "message": {"text": "hi"}, **request_}
    assert isinstance(vscode_copilot.start().row(1, json.dumps(row).encode()), list | str)
