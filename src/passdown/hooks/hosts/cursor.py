"""Cursor, command line and IDE: its own names, no working directory, mostly no transcript path.

Sources: cursor.com/docs/hooks and cursor.com/docs/reference/third-party-hooks, client 3.20, seen 2026-09. `additional_context` of a prompt is not
documented, but taken. In the IDE a start's answer may come too late and is then dropped in silence: the rules file (`integrations.rules`) says it too.
It runs hooks that were installed for Claude Code as well, under either name of the event.
"""

import os

from passdown.hooks.payload import quoted, text

ANSWERED = ("SessionStart", "UserPromptSubmit")
REMINDED = True
RULES = ".cursor/rules/passdown.mdc"
EVENTS = {"sessionStart": "SessionStart", "beforeSubmitPrompt": "UserPromptSubmit", "stop": "Stop", "subagentStop": "SubagentStop",
          "preCompact": "PreCompact", "sessionEnd": "SessionEnd"}


def read(given: dict[str, object], word: str) -> dict[str, object]:  # noqa: ARG001  the payload names the event
    name, session = text(given, "hook_event_name"), text(given, "conversation_id") or text(given, "session_id")
    cwd = text(given, "cwd") or root(given)
    return {"hook_event_name": EVENTS.get(name, name), "session_id": session, "cwd": cwd, "prompt": text(given, "prompt"), "source": "startup",
            "turn_id": text(given, "generation_id"), "agent_transcript_path": text(given, "agent_transcript_path"),
            "transcript_path": text(given, "transcript_path") or place(cwd, session)}


def root(given: dict[str, object]) -> str:
    """The first folder of the workspace."""
    roots = given.get("workspace_roots")
    first = roots[0] if isinstance(roots, list) and roots else ""
    return first if isinstance(first, str) else ""


def place(cwd: str, session: str) -> str:
    """Where the session's transcript lies: flat from the command line, in a folder of its own from the IDE."""
    if not cwd or not session:
        return ""
    slug = "".join(c if c.isascii() and c.isalnum() else "-" for c in cwd.replace("\\", "/").strip("/"))
    folder, name = os.path.join(os.path.expanduser("~"), ".cursor", "projects", slug, "agent-transcripts"), os.path.basename(session)
    nested = os.path.join(folder, name, f"{name}.jsonl")
    return nested if os.path.exists(nested) else os.path.join(folder, f"{name}.jsonl")


def envelope(event: str, said: str) -> str:
    return f'{{{"" if event == "SessionStart" else chr(34) + "continue" + chr(34) + ":true,"}"additional_context":{quoted(said)}}}\n'


__all__ = ["ANSWERED", "EVENTS", "REMINDED", "RULES", "envelope", "read"]
