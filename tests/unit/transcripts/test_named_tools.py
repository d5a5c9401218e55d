"""Tools that are known by their name."""

from typing import Any

import pytest

from passdown.model.event import Action, Patch, Todo
from passdown.transcripts.named_tools import action_of, place, tool_call


@pytest.mark.parametrize(("name", "action"), [
    ("read_file", "read"), ("copilot_readFile", "read"), ("ReadFile", "read"), ("replace_string_in_file", "edit"), ("copilot_replaceString", "edit"),
    ("run_shell_command", "shell"), ("run_in_terminal", "shell"), ("Bash", "shell"), ("write_todos", "todo"), ("manage_todo_list", "todo"),
    ("grep_search", "search"), ("fetch_webpage", "web"), ("runSubagent", "agent"), ("exit_plan_mode", "plan"), ("mcp_rates_lookup", "other")])
def test_one_tool_has_one_action_however_it_is_spelled(name: str, action: Action) -> None:
    """Case, underscores and a host's prefix make no difference."""
    assert action_of(name) == action


@pytest.mark.parametrize("args", [
    {"file_path": "a.py", "old_string": "x", "new_string": "y"}, {"filePath": "a.py", "oldString": "x", "newString": "y"},
    {"path": "a.py", "old_str": "x", "new_str": "y"}, {"replacements": [{"filePath": "a.py", "oldString": "x", "newString": "y"}]}])
def test_an_edit_is_told_whatever_its_arguments_are_called(args: dict[str, Any]) -> None:
    """The file, what was taken out and what was put in."""
    call = tool_call("edit", args, call="c")
    assert (call.paths, call.patches) == (("a.py",), (Patch(path="a.py", removed="x", added="y"),))


def test_a_patch_is_read_from_any_argument() -> None:
    """`apply_patch` names its files in the text alone."""
    call = tool_call("apply_patch", {"input": "*** Begin Patch\n*** Update File: a.py\n-x\n+y\n*** End Patch"}, call="c")
    assert (call.action, call.paths) == ("edit", ("a.py",))


def test_a_command_may_be_a_list_of_words() -> None:
    """The script of `bash -lc`, and the folder in which it ran."""
    call = tool_call("shell", {"command": ["bash", "-lc", "pytest -q"], "workdir": "/home/ann/shop"}, call="c")
    assert (call.command, call.cwd) == ("pytest -q", "/home/ann/shop")


def test_a_list_of_tasks_is_whole() -> None:
    """The statuses of all agents become ours; one that is not known is left out."""
    call = tool_call("manage_todo_list", {"todoList": [{"title": "a", "status": "not-started"}, {"title": "b", "status": "blocked"}]}, call="c")
    assert (call.todos, call.whole) == ((Todo("a", "pending"), Todo("b", None)), True)


def test_the_editor_of_many_commands_reads_creates_and_edits() -> None:
    """Its `command` says which."""
    calls = [tool_call("str_replace_editor", {"command": c, "path": "a"}, call="c") for c in ("view", "create", "str_replace")]
    assert [c.action for c in calls] == ["read", "write", "edit"]


@pytest.mark.parametrize(("given", "path"), [("file:///home/ann/a.py", "/home/ann/a.py"), ("file:///c:/shop/a.py", "c:/shop/a.py"), ("src/a.py", "src/a.py")])
def test_a_place_may_be_an_address(given: str, path: str) -> None:
    """What stands behind `file:` is the path, on Windows without the first stroke."""
    assert place(given) == path
