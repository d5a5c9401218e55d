"""Claude Code: hooks in `settings.json`, skills in `~/.claude/skills`.

Source: code.claude.com/docs/en/{hooks,settings,skills} and the changelog, versions up to 2.1.329, seen 2026-11.
Before 2.1.101 one event name that the version did not know made it skip the whole settings file, the user's own settings with it, so an
event is left out for a version that is known to be older than it. `timeout` is in seconds; SessionEnd hooks share 1.5 s unless a settings
file (not a plugin) says more. Handlers that are the same in several settings files run once.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from passdown.integrations import jsonc
from passdown.integrations.base import Group, Run, Server, Sheet, entry
from passdown.integrations.base import nothing_own as own
from passdown.model.finding import Finding

NAME = "claude-code"
TITLE = "Claude Code"
HOME = ".claude"
BINARY = "claude"
SUPPORT = "full: capture on every stop, briefing at start, resume, clear and after a compaction"
CONFIG: Mapping[str, str] = {
    "user": ".claude/settings.json", "project": "{project}/.claude/settings.json", "local": "{project}/.claude/settings.local.json"}
SETTINGS = ".claude/settings.json"
SKILLS = ".claude/skills"
AFTER = "Claude Code picks the hooks up by itself; sessions that are open may need a restart. In a new folder it runs them once you trust that folder."

ROOT: Mapping[str, Any] = {}
MCP: Mapping[str, Server] = {"user": Server(".claude.json"), "project": Server("{project}/.mcp.json")}
RUN = Run(("--append-system-prompt-file", "{file}"), first=False, prompted=True)
SHEET = Sheet(
    start="hook", compaction="hook", guard="edits, commands, prompts", fallback="CLAUDE.md with `@AGENTS.md`: it does not read AGENTS.md itself",
    trust="Nothing. In a folder that is new to it, Claude Code runs hooks once you trust the folder.",
    sees="Start `claude` and type /hooks: the entries with `passdown-hook` are listed.")

DEFAULT_RETENTION_DAYS = 30
EVENTS: Mapping[str, tuple[str, int, tuple[int, ...]]] = {  # event -> matcher, timeout in seconds, first version
    "SessionStart": ("startup|resume|clear|compact|fork", 10, (1, 0, 62)),
    "UserPromptSubmit": ("", 5, (1, 0, 54)),
    "PreToolUse": ("Edit|Write|MultiEdit|NotebookEdit|Bash", 5, (1, 0, 54)),
    "Stop": ("", 10, (1, 0, 38)),
    "SubagentStop": ("", 10, (1, 0, 41)),
    "PreCompact": ("", 10, (1, 0, 48)),
    "PostCompact": ("", 10, (2, 1, 76)),
    "SessionEnd": ("", 5, (1, 0, 85)),
}


def hooks(command: str, version: tuple[int, ...] | None) -> Mapping[str, Group]:
    """See `base.Agent`. A version that is not known counts as a new one."""
    return {event: entry(command, matcher, timeout) for event, (matcher, timeout, since) in EVENTS.items() if version is None or version >= since}


def hindrances(hooks: str, settings: str) -> Iterator[Finding]:
    """See `base.Agent`."""
    if any(jsonc.settings(text).get("disableAllHooks") is True for text in (hooks, settings)):
        yield Finding("hooks-disabled", "warning", SETTINGS, "`disableAllHooks` is set: Claude Code runs no hook at all",
                      "Take `disableAllHooks` out of the settings.")


def retention_days(settings: Iterable[str]) -> int | None:
    """`cleanupPeriodDays`: sessions without activity for longer are deleted when Claude Code starts."""
    given = [days for text in settings if type(days := jsonc.settings(text).get("cleanupPeriodDays")) is int and days > 0]
    return given[-1] if given else DEFAULT_RETENTION_DAYS


__all__ = ["AFTER", "BINARY", "CONFIG", "HOME", "MCP", "NAME", "ROOT", "RUN", "SETTINGS", "SHEET", "SKILLS", "SUPPORT", "TITLE",
           "hindrances", "hooks", "own", "retention_days"]
