"""Cline: executables named after their events; a task is a session.

Source: cline/cline .clinerules/hooks/README.md and sdk/packages/core/src/hooks, seen 2026-08. What is said reaches the next request to the model. The
fields of an event stand in an object that has the event's name. The task's files lie below the editor's own folder.
"""

import os

from passdown.hooks.payload import quoted, text

ANSWERED = ("SessionStart", "UserPromptSubmit")
REMINDED = True
RULES = ""
EVENTS = {"TaskStart": "SessionStart", "TaskResume": "SessionStart", "UserPromptSubmit": "UserPromptSubmit", "PreCompact": "PreCompact",
          "TaskComplete": "Stop", "TaskCancel": "SessionEnd", "SessionShutdown": "SessionEnd"}
EDITORS = ("Code", "Code - Insiders", "Cursor", "Windsurf", "VSCodium")
USERS = (".config/{editor}/User", "Library/Application Support/{editor}/User", "AppData/Roaming/{editor}/User")
TASKS = "globalStorage/saoudrizwan.claude-dev/tasks"
FILE = "ui_messages.json"


def read(given: dict[str, object], word: str) -> dict[str, object]:  # noqa: ARG001  the payload names the event
    name, task = text(given, "hookName"), text(given, "taskId")
    own, roots = given.get(name[:1].lower() + name[1:]), given.get("workspaceRoots")
    told: dict[str, object] = own if isinstance(own, dict) else {}
    first = roots[0] if isinstance(roots, list) and roots else ""
    return {"hook_event_name": EVENTS.get(name, ""), "session_id": task, "cwd": first, "prompt": text(told, "prompt"),
            "source": "resume" if name == "TaskResume" else "startup", "transcript_path": place(task)}


def place(task: str) -> str:
    """The task's conversation as `agentstores` names it, in whichever editor or command line it runs; "" where none is found."""
    home, name = os.path.expanduser("~"), os.path.basename(task)
    folders = [os.path.join(home, user.format(editor=editor), TASKS) for user in USERS for editor in EDITORS]
    for folder in [*folders, os.path.join(home, ".cline", "data", "tasks")]:
        if name and os.path.isdir(os.path.join(folder, name)):
            return f"{os.path.join(folder, name, FILE)}#{name}"
    return ""


def envelope(event: str, said: str) -> str:  # noqa: ARG001  the same for all of them
    return f'{{"cancel":false,"contextModification":{quoted(said)},"errorMessage":""}}\n'


__all__ = ["ANSWERED", "EVENTS", "REMINDED", "RULES", "envelope", "read"]
