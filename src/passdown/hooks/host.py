"""Which host fires a hook, and its module in `hooks.hosts`."""

from passdown.hooks.payload import quoted, text

TYPE_CHECKING = False  # as `typing` has it; importing that costs more than a hook may
if TYPE_CHECKING:
    from typing import Protocol

    class Host(Protocol):
        """See `hooks.hosts`."""

        @property
        def ANSWERED(self) -> tuple[str, ...]: ...
        @property
        def REMINDED(self) -> bool: ...
        @property
        def RULES(self) -> str: ...
        def read(self, given: dict[str, object], word: str) -> dict[str, object]: ...
        def envelope(self, event: str, said: str) -> str: ...


MAX_CHARS = 9_000
EVENTS = frozenset(("SessionStart", "UserPromptSubmit", "PreToolUse", "Stop", "SubagentStop", "PreCompact", "PostCompact", "SessionEnd"))
MODULES = {"claude-code": "claude", "codex": "claude", "qwen-code": "claude", "gemini-cli": "gemini_cli", "copilot-cli": "copilot_cli",
           "vscode-copilot": "vscode_copilot", "cursor": "cursor", "opencode": "opencode", "windsurf": "windsurf", "cline": "cline"}
WORDS = {"claude": "claude-code"}  # short names in commands that earlier releases installed
# Who runs hooks that were installed for another (cursor.com/docs/reference/third-party-hooks, code.visualstudio.com agent hooks, seen 2026-09).
GUESTS = {"claude-code": ("cursor", "vscode-copilot"), "copilot-cli": ("vscode-copilot",)}
PRODUCTS = (  # keys of a payload that show who wrote it, the surest first
    (("cursor_version",), "cursor"), (("hookEventName", "sessionId"), "vscode-copilot"), (("agent_action_name",), "windsurf"),
    (("hookName", "taskId"), "cline"))
HOLDS = frozenset(("claude-code", "qwen-code"))  # that take a refusal of a tool call in Claude Code's form


def named(word: str) -> str:
    """The host that the installed command names; "" for one that we do not know."""
    word = WORDS.get(word, word)
    return word if word in MODULES else ""


def detect(given: dict[str, object]) -> str:
    """Which product wrote this payload; "" when it does not show. The environment tells nothing: it leaks from one agent into another that it starts."""
    for keys, product in PRODUCTS:
        if all(key in given for key in keys):
            return product
    if "sessionId" in given and "hook_event_name" not in given:
        return "copilot-cli"
    return _by_transcript(text(given, "transcript_path").replace("\\", "/"))


def who(called: str, given: dict[str, object]) -> str:
    """Whom to answer: the host that was named, or one that runs its hooks; "" when the payload is of neither."""
    found = detect(given) or called
    return found if found == called or found in GUESTS.get(called, ()) else ""


def of(name: str) -> "Host":
    """The host's module."""
    module: Host = __import__(f"passdown.hooks.hosts.{MODULES[name]}", fromlist=["read"])
    return module


def _by_transcript(path: str) -> str:
    for part, product in (("/.qwen/", "qwen-code"), ("/.gemini/", "gemini-cli"), ("/.claude/projects/", "claude-code")):
        if part in path:
            return product
    return "codex" if "/rollout-" in path and ("/sessions/" in path or "/archived_sessions/" in path) else ""


def refusal(said: str) -> str:
    """The answer that holds a tool call back, in Claude Code's form."""
    return f'{{"hookSpecificOutput":{{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":{quoted(said[:MAX_CHARS])}}}}}\n'


__all__ = ["EVENTS", "GUESTS", "HOLDS", "MAX_CHARS", "MODULES", "detect", "named", "of", "refusal", "who"]
