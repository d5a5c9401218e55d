"""The hosts that fire hooks: who it is, and the answer that each takes.

Sources: Claude Code hooks reference (2.1.2xx) and Codex 0.169 `hooks/src/schema.rs`, seen 2026-11. Both take
`{"hookSpecificOutput": {"hookEventName": …, "additionalContext": …}}` for the two events that can be answered; Codex refuses any other key.
Claude Code spills a text of over 10,000 characters to a file, Codex one of over 2,500 tokens.
"""

from passdown.hooks.payload import quoted, text

MAX_CHARS = 9_000
NAMES = {"claude-code": "claude-code", "claude": "claude-code", "codex": "codex"}
ANSWERED = ("SessionStart", "UserPromptSubmit")
EVENTS = frozenset((*ANSWERED, "Stop", "SubagentStop", "PreCompact", "PostCompact", "SessionEnd"))


def named(word: str) -> str:
    """The host that the installed command names; "" for one that we do not know."""
    return NAMES.get(word, "")


def detect(given: dict[str, object]) -> str:
    """Which product wrote this payload; "" when it does not show.

    VS Code and Cursor run hooks that were installed for Claude Code (microsoft/vscode-docs, ponytail docs/cursor-hooks.md, seen 2026-09). The
    environment tells nothing: it leaks from one agent into another that is started by it.
    """
    for keys, product in ((("cursor_version",), "cursor"), (("hookEventName", "sessionId"), "vscode"), (("agent_action_name",), "windsurf"),
                          (("hookName", "taskId"), "cline")):
        if all(key in given for key in keys):
            return product
    return _by_transcript(text(given, "transcript_path").replace("\\", "/"))


def _by_transcript(path: str) -> str:
    if "/.qwen/" in path:
        return "qwen"
    if "/rollout-" in path and ("/sessions/" in path or "/archived_sessions/" in path):
        return "codex"
    return "claude-code" if "/.claude/projects/" in path else ""


def envelope(event: str, said: str) -> str:
    """The one JSON object that carries `said` into the conversation; "" for an event that takes no answer."""
    if event not in ANSWERED:
        return ""
    return f'{{"hookSpecificOutput":{{"hookEventName":"{event}","additionalContext":{quoted(said[:MAX_CHARS])}}}}}\n'


__all__ = ["ANSWERED", "EVENTS", "MAX_CHARS", "NAMES", "detect", "envelope", "named"]
