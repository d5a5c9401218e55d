"""Tools of Copilot CLI: arguments of `tool.execution_start` and results of `tool.execution_complete` to events.

Source: tool names and event types of CLI 1.0.20 and SDK 1.0.14, seen 2026-11.
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from passdown.model.event import Action, Patch, Todo, ToolCall, ToolResult
from passdown.transcripts.base import EDIT_CHARS, OUTPUT_CHARS, TEXT_CHARS, clip
from passdown.transcripts.fields import code_of
from passdown.transcripts.patches import BEGIN, parse_patch, patched_paths

ACTIONS: Mapping[str, Action] = {
    "view": "read", "read": "read", "show_file": "read", "edit": "edit", "str_replace": "edit", "str_replace_editor": "edit", "insert": "edit",
    "apply_patch": "edit", "create": "write", "bash": "shell", "powershell": "shell", "local_shell": "shell", "write_bash": "shell",
    "read_bash": "shell", "stop_bash": "shell", "write_powershell": "shell", "read_powershell": "shell", "stop_powershell": "shell",
    "grep": "search", "rg": "search", "glob": "search", "web_search": "web", "web_fetch": "web", "fetch": "web", "update_todo": "todo",
    "task": "agent", "read_agent": "agent", "write_agent": "agent", "ask_user": "ask", "exit_plan_mode": "plan"}
EDITOR: Mapping[str, Action] = {"view": "read", "create": "write"}  # commands of str_replace_editor that are no edits
CHECK = re.compile(r"^\s*[-*] \[(.)\] (.+?)\s*$", re.MULTILINE)
CODE = re.compile(r"exit(?:ed with)?(?: exit)? code:? (-?\d+)")
COMMITTED = re.compile(r"^\[[^\]\n]*?([0-9a-f]{7,40})\] ", re.MULTILINE)


def tool_call(name: str, given: Any, *, call: str, at: str, lane: str, row: int) -> ToolCall:
    """The call. given: an object, or the text of a patch."""
    args: dict[str, Any] = given if isinstance(given, dict) else {}
    action = ACTIONS.get(name, "other")
    if name == "str_replace_editor":
        action = EDITOR.get(str(args.get("command")), "edit")
    base = ToolCall(call=call, tool=name, action=action, at=at, lane=lane, row=row)
    change = msgspec.structs.replace
    patch = next((t for t in (given, *args.values()) if isinstance(t, str) and BEGIN in t), "")
    if patch and action != "shell":
        patches = parse_patch(patch)
        return change(base, action="edit", patches=patches, paths=patched_paths(patches))
    if action in ("read", "edit", "write"):
        path = _first(args, "path", "file_path")
        return change(base, paths=(path,) if path else (), patches=_patches(action, path, args))
    if action == "shell":
        return change(base, command=_first(args, "command", "input"), about=_first(args, "description"), cwd=_first(args, "cwd"))
    if action in ("search", "web"):
        return change(base, command=_first(args, "pattern", "query", "url"))
    if action == "todo":
        return change(base, todos=_todos(_first(args, "todos")), whole=True)
    return change(base, about=clip(_first(args, "prompt", "description", "question", "summary", "plan", "intent", "message"), TEXT_CHARS))


def _patches(action: Action, path: str, args: dict[str, Any]) -> tuple[Patch, ...]:
    if not path or action == "read":
        return ()
    removed = clip(_first(args, "old_str", "old_string"), EDIT_CHARS)
    added = clip(_first(args, "new_str", "new_string", "file_text", "content", "insert_text"), EDIT_CHARS)
    return (Patch(path=path, action="write" if action == "write" else "edit", removed=removed, added=added),)


def _todos(text: str) -> tuple[Todo, ...]:
    """Entries of a Markdown check list; another mark than a space or an x is one in progress."""
    status = {" ": "pending", "x": "completed", "X": "completed"}
    return tuple(Todo(text=m[2], status=status.get(m[1], "in_progress")) for m in CHECK.finditer(text))  # type: ignore[arg-type]


def result_of(data: dict[str, Any], *, call: str, at: str, lane: str, row: int) -> ToolResult:
    """How the call ended: `success` and the exit code, which older versions give in the output's last line only."""
    result, shell, error = data.get("result"), data.get("shellExecution"), data.get("error")
    text = _text(result) or _text(error)
    code = code_of(shell.get("exitCode")) if isinstance(shell, dict) else None
    if code is None:
        told = CODE.findall(text[-200:])
        code = int(told[-1]) if told else None
    success = data.get("success")
    ok = False if success is False or error or (code is not None and code != 0) else True if success or code == 0 else None
    commit = COMMITTED.search(text) if ok else None
    return ToolResult(at=at, lane=lane, row=row, call=call, ok=ok, exit_code=code, output=clip(text, OUTPUT_CHARS), size=len(text),
                      commit=commit[1] if commit else "")


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return _first(value, "content", "message", "detailedContent")
    return value if isinstance(value, str) else ""


def _first(args: dict[str, Any], *names: str) -> str:
    """The first of these arguments that is a text with something in it."""
    return next((v for n in names if isinstance(v := args.get(n), str) and v), "")


__all__ = ["result_of", "tool_call"]
