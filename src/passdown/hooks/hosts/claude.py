"""Claude Code, Codex and Qwen Code: Claude Code's own form.

Sources: Claude Code hooks reference (2.1.2xx), Codex 0.169 `hooks/src/schema.rs`, Qwen Code 0.24.4, seen 2026-11. Codex refuses any other key than
the two. Claude Code spills a text of over 10,000 characters to a file, Codex one of over 2,500 tokens.
"""

from passdown.hooks.payload import quoted

ANSWERED = ("SessionStart", "UserPromptSubmit", "PreToolUse")
REMINDED = False  # a start with the source `compact` follows
RULES = ""


def read(given: dict[str, object], word: str) -> dict[str, object]:  # noqa: ARG001  the payload names the event
    return given


def envelope(event: str, said: str) -> str:
    return f'{{"hookSpecificOutput":{{"hookEventName":"{event}","additionalContext":{quoted(said)}}}}}\n'


__all__ = ["ANSWERED", "REMINDED", "RULES", "envelope", "read"]
