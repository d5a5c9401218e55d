"""Copilot chat in VS Code: Claude Code's answers, `hookEventName` and `sessionId` in camel case.

Source: code.visualstudio.com/docs/agent-customization/hooks and microsoft/vscode-docs docs/copilot/customization/hooks.md, seen 2026-09. It also runs
hooks that were installed for Claude Code and for Copilot CLI, with its own payload.
"""

from passdown.hooks.hosts.claude import envelope
from passdown.hooks.payload import text

ANSWERED = ("SessionStart", "UserPromptSubmit")
REMINDED = True
RULES = ""
SOURCES = {"new": "startup"}


def read(given: dict[str, object], word: str) -> dict[str, object]:  # noqa: ARG001  the payload names the event
    event, source = text(given, "hookEventName"), text(given, "source")
    return {**given, "hook_event_name": event[:1].upper() + event[1:], "session_id": text(given, "sessionId"), "source": SOURCES.get(source, source)}


__all__ = ["ANSWERED", "REMINDED", "RULES", "envelope", "read"]
