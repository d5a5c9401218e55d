"""Copilot CLI: fields in camel case, and no name of the event, which is therefore a word of the installed command.

Sources: docs.github.com copilot-cli-reference/cli-hooks-reference, npm @github/copilot 1.0.20, seen 2026-11. The answer to a start has its text at the
top. Only `agentStop` says where the transcript is; it lies at one place for each session. Version 1.0.82 injects a start's text again with every turn.
"""

import os

from passdown.hooks.payload import quoted, text
from passdown.hooks.place import variable

ANSWERED = ("SessionStart",)
REMINDED = False
RULES = ""
EVENTS = {"sessionStart": "SessionStart", "userPromptSubmitted": "UserPromptSubmit", "agentStop": "Stop", "subagentStop": "SubagentStop",
          "preCompact": "PreCompact", "sessionEnd": "SessionEnd"}
SOURCES = {"new": "startup"}


def read(given: dict[str, object], word: str) -> dict[str, object]:
    session, source = text(given, "sessionId"), text(given, "source")
    return {"hook_event_name": EVENTS.get(word, ""), "session_id": session, "cwd": text(given, "cwd"), "prompt": text(given, "prompt"),
            "source": SOURCES.get(source, source),
            "transcript_path": text(given, "transcriptPath") or place(session)}


def place(session: str) -> str:
    """Where the session's transcript lies."""
    home = variable("COPILOT_HOME") or os.path.join(os.path.expanduser("~"), ".copilot")
    return os.path.join(home, "session-state", os.path.basename(session), "events.jsonl") if session else ""


def envelope(event: str, said: str) -> str:  # noqa: ARG001  only a start is answered
    return f'{{"additionalContext":{quoted(said)}}}\n'


__all__ = ["ANSWERED", "EVENTS", "REMINDED", "RULES", "envelope", "read"]
