"""The tools of Claude Code, and of agents that took over their names, as tool calls.

Source: `sdk-tools.d.ts` of @anthropic-ai/claude-agent-sdk 0.3.329 and transcripts of versions 1.0.98 to 2.1.12x, seen 2026-11.
"""

from collections.abc import Mapping
from typing import Any, get_args

from passdown.model.event import Action, Patch, Todo, TodoStatus, ToolCall
from passdown.transcripts.base import EDIT_CHARS, TEXT_CHARS, clip

ACTIONS: Mapping[str, Action] = {
    "Read": "read", "NotebookRead": "read", "Edit": "edit", "MultiEdit": "edit", "NotebookEdit": "edit", "Write": "write",
    "Bash": "shell", "PowerShell": "shell", "Grep": "search", "Glob": "search", "ToolSearch": "search", "LS": "search",
    "TodoWrite": "todo", "TaskCreate": "todo", "TaskUpdate": "todo", "Agent": "agent", "Task": "agent", "Skill": "other",
    "AskUserQuestion": "ask", "WebFetch": "web", "WebSearch": "web", "ExitPlanMode": "plan",
}
STATUSES = frozenset(get_args(TodoStatus))
ABOUT = ("description", "prompt", "plan", "question", "skill", "reason")  # first that is given says what a call is for


def text(value: Any, limit: int = TEXT_CHARS) -> str:
    """`value` clipped when it is a string, else ""."""
    return clip(value, limit) if isinstance(value, str) else ""


def questions(given: Any) -> str:
    """The questions put to the user with their options, a line each."""
    out = []
    for q in given if isinstance(given, list) else []:
        if isinstance(q, dict):
            labels = [str(o.get("label", "")) for o in q.get("options") or [] if isinstance(o, dict)]
            out.append(text(q.get("question")) + (f" ({' / '.join(labels)})" if labels else ""))
    return "\n".join(out)


def todos(tool: str, given: Mapping[str, Any]) -> tuple[Todo, ...]:
    """Entries of a to-do call: the whole list of TodoWrite, or the one of TaskCreate and TaskUpdate."""
    if tool == "TodoWrite":
        rows = given.get("todos")
        return tuple(_todo(r, r.get("content")) for r in rows if isinstance(r, dict)) if isinstance(rows, list) else ()
    if tool == "TaskUpdate":
        return (_todo(given, given.get("subject"), str(given.get("taskId", ""))),)
    return ()  # the id of a TaskCreate comes with its result


def _todo(row: Mapping[str, Any], words: Any, key: str = "") -> Todo:
    status = row.get("status")
    return Todo(text=text(words, 500), status=status if status in STATUSES else None, id=key)


def patches(tool: str, given: Mapping[str, Any], path: str) -> tuple[Patch, ...]:
    """What an edit or write does to its file."""
    if tool == "Write":
        return (Patch(path=path, action="write", added=text(given.get("content"), EDIT_CHARS)),)
    edits = given.get("edits") if tool == "MultiEdit" else [given]
    return tuple(
        Patch(path=path, removed=text(e.get("old_string"), EDIT_CHARS), added=text(e.get("new_string") or e.get("new_source"), EDIT_CHARS))
        for e in (edits if isinstance(edits, list) else []) if isinstance(e, dict))


def command(action: Action, given: Mapping[str, Any]) -> str:
    """The command line of a shell call, the pattern of a search (and where), the address or query of a web call."""
    if action == "shell":
        return text(given.get("command"))
    if action == "search":
        return " ".join(filter(None, (text(given.get("pattern") or given.get("query"), 2_000), text(given.get("path") or given.get("glob"), 500))))
    return text(given.get("url") or given.get("query"), 2_000) if action == "web" else ""


def tool_call(tool: str, call: str, given: Mapping[str, Any], *, at: str, lane: str, row: int) -> ToolCall:
    """One `tool_use` block."""
    action = ACTIONS.get(tool, "other")
    path = text(given.get("file_path") or given.get("notebook_path") or given.get("path"), 1_000) if action in ("read", "edit", "write") else ""
    about = questions(given.get("questions")) if action == "ask" else next((t for k in ABOUT if (t := text(given.get(k)))), "")
    if action == "agent" and given.get("prompt") and given.get("description"):
        about = f"{text(given['description'])}\n{text(given['prompt'])}"
    return ToolCall(
        at=at, lane=lane, row=row, call=call, tool=tool, action=action, paths=(path,) if path else (), command=command(action, given), about=about,
        patches=patches(tool, given, path) if action in ("edit", "write") else (),
        todos=todos(tool, given) if action == "todo" else (), whole=tool == "TodoWrite")


__all__ = ["ACTIONS", "text", "tool_call"]
