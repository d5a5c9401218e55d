"""Gemini CLI: Claude Code's fields, other names of events.

Source: google-gemini/gemini-cli docs/hooks/reference.md and packages/core/src/hooks/types.ts, seen 2026-08. Standard output has to be one JSON object:
with anything else nothing reaches the model. Nothing is fired after a compression, so the prompt that follows one brings the briefing.
"""

from passdown.hooks.payload import quoted, text

ANSWERED = ("SessionStart", "UserPromptSubmit")
REMINDED = True
RULES = ""
EVENTS = {"SessionStart": "SessionStart", "BeforeAgent": "UserPromptSubmit", "AfterAgent": "Stop", "PreCompress": "PreCompact", "SessionEnd": "SessionEnd"}
THEIRS = {ours: theirs for theirs, ours in EVENTS.items()}


def read(given: dict[str, object], word: str) -> dict[str, object]:  # noqa: ARG001  the payload names the event
    return {**given, "hook_event_name": EVENTS.get(text(given, "hook_event_name"), "")}


def envelope(event: str, said: str) -> str:
    return f'{{"hookSpecificOutput":{{"hookEventName":"{THEIRS[event]}","additionalContext":{quoted(said)}}}}}\n'


__all__ = ["ANSWERED", "EVENTS", "REMINDED", "RULES", "envelope", "read"]
