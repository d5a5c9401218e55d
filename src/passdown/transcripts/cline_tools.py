"""What Cline and Roo Code show of their tools (`ui_messages.json`), as tool calls."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from passdown.model.event import Action, Patch, Todo, TodoStatus, ToolCall
from passdown.transcripts.base import EDIT_CHARS, TEXT_CHARS, clip
from passdown.transcripts.fields import first, objects, string

ACTIONS: Mapping[str, Action] = {
    **dict.fromkeys(("editedExistingFile", "appliedDiff", "insertContent", "searchAndReplace"), "edit"), "newFileCreated": "write", "fileDeleted": "delete",
    "readFile": "read", **dict.fromkeys(("listFilesTopLevel", "listFilesRecursive", "listCodeDefinitionNames", "searchFiles", "codebaseSearch"), "search"),
    "webFetch": "web", "webSearch": "web", "updateTodoList": "todo", "newTask": "agent"}
SEARCH, MIDDLE, REPLACE = re.compile(r"[<-]{3,} ?SEARCH"), re.compile(r"={5,}"), re.compile(r"[>+]{3,} ?REPLACE")
HEAD = re.compile(r":(?:start|end)_line:|(-{5,})$")  # below SEARCH: where it stands, and a rule behind which the text begins
CHECK_BOX = re.compile(r"^\s*[-*] \[([ xX~-])\] (.+)$", re.MULTILINE)
STATUS: Mapping[str, TodoStatus] = {
    " ": "pending", "x": "completed", "X": "completed", "~": "in_progress", "-": "in_progress", "pending": "pending", "in_progress": "in_progress",
    "completed": "completed"}


def shown_tool(facts: Mapping[str, Any], *, call: str, at: str, row: int) -> ToolCall:
    """The call that a message of kind `tool` shows."""
    tool, path = string(facts.get("tool")), string(facts.get("path"))
    action = ACTIONS.get(tool, "other")
    patches = _patches(action, path, facts)
    files = (path,) if path and action in ("read", "edit", "write", "delete") else ()
    several = tuple(dict.fromkeys(p for f in objects(facts.get("batchFiles")) + objects(facts.get("batchDiffs")) if (p := string(f.get("path")))))
    return ToolCall(at=at, row=row, call=call, tool=tool, action=action, paths=files or several, patches=patches,
                    command=clip(first(facts, "regex", "query", "path", "url"), 2_000) if action in ("search", "web") else "",
                    about=clip(first(facts, "reason"), TEXT_CHARS) or (clip(string(facts.get("content")), TEXT_CHARS) if action == "agent" else ""),
                    todos=_listed(facts.get("todos")) if action == "todo" else (), whole=action == "todo")


def checklist(text: str) -> tuple[Todo, ...]:
    """The entries of a list of check boxes."""
    return tuple(Todo(text=clip(m[2].strip(), 500), status=STATUS[m[1]]) for m in CHECK_BOX.finditer(text))


def _listed(todos: Any) -> tuple[Todo, ...]:
    return tuple(Todo(text=clip(string(t.get("content")), 500), status=STATUS.get(str(t.get("status")))) for t in objects(todos))


def _patches(action: Action, path: str, facts: Mapping[str, Any]) -> tuple[Patch, ...]:
    if not path or action not in ("edit", "write", "delete"):
        return ()
    diff = first(facts, "diff", "content")
    if action == "delete":
        return (Patch(path=path, action="delete"),)
    if action == "write":
        return (Patch(path=path, action="write", added=clip(first(facts, "content", "diff"), EDIT_CHARS)),)
    blocks = list(_blocks(diff))
    if blocks:
        return tuple(Patch(path=path, removed=clip(old.rstrip("\n"), EDIT_CHARS), added=clip(new.rstrip("\n"), EDIT_CHARS)) for old, new in blocks)
    rows = diff.split("\n")
    if any(row.startswith("@@") for row in rows):
        removed, added = ("\n".join(r[1:] for r in rows if r.startswith(sign) and not r.startswith(sign * 3)) for sign in "-+")
        return (Patch(path=path, removed=clip(removed, EDIT_CHARS), added=clip(added, EDIT_CHARS)),)
    return (Patch(path=path, added=clip(diff, EDIT_CHARS)),)


def _blocks(diff: str) -> Iterator[tuple[str, str]]:
    """Old and new text of each search-and-replace block; one that does not end is none."""
    old: list[str] | None = None
    new: list[str] | None = None
    head = True
    for line in diff.split("\n"):
        if old is None:
            old, head = [] if SEARCH.match(line) else None, True
        elif new is None:
            if MIDDLE.fullmatch(line):
                new = []
            elif head and (found := HEAD.match(line)):
                head = not found[1]
            else:
                old.append(line)
                head = False
        elif REPLACE.match(line):
            yield "\n".join(old), "\n".join(new)
            old = new = None
        else:
            new.append(line)


__all__ = ["checklist", "shown_tool"]
