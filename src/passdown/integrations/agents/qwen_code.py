"""Qwen Code: Gemini CLI's settings with Claude Code's hooks.

Source: npm @qwen-code/qwen-code 0.24.4, seen 2026-11. `timeout` is in seconds, 60 by default. 0.15.11 dropped what a start says.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from passdown.integrations import commands, jsonc
from passdown.integrations.base import Group, Own, Run, Server, Sheet, entry
from passdown.integrations.base import kept_for_good as retention_days
from passdown.model.finding import Finding

NAME = "qwen-code"
TITLE = "Qwen Code"
HOME = ".qwen"
BINARY = "qwen"
SUPPORT = "full: capture on every stop, briefing at start, resume and after a compaction; 0.15 drops the briefing"
CONFIG: Mapping[str, str] = {"user": ".qwen/settings.json", "project": "{project}/.qwen/settings.json"}
SETTINGS = ".qwen/settings.json"
SKILLS = ".qwen/skills"
AFTER = "Restart Qwen Code. Version 0.15 does not pass the briefing on; later ones do."
ROOT: Mapping[str, Any] = {}
MCP: Mapping[str, Server] = {"user": Server(".qwen/settings.json"), "project": Server("{project}/.qwen/settings.json")}
RUN = Run(("--prompt-interactive", "{text}"))
SHEET = Sheet(
    start="hook", compaction="hook", guard="edits, commands, prompts", fallback="QWEN.md or AGENTS.md block (`passdown install generic`)",
    trust="Nothing for your own settings; hooks of a project's settings need a trusted folder.",
    sees="/hooks lists them; the slash command /passdown:resume is there.")

EVENTS: Mapping[str, tuple[str, int]] = {  # event -> matcher, timeout in seconds
    "SessionStart": ("", 10), "UserPromptSubmit": ("", 5),
    "PreToolUse": ("edit|replace|write_file|run_shell_command", 5), "Stop": ("", 10), "SubagentStop": ("", 10), "PreCompact": ("", 10), "PostCompact": ("", 10),
    "SessionEnd": ("", 5)}


def hooks(command: str, version: tuple[int, ...] | None) -> Mapping[str, Group]:  # noqa: ARG001  versions pass over events that they do not know
    """See `base.Agent`."""
    return {event: entry(command, *how) for event, how in EVENTS.items()}


def own(launcher: str) -> Iterator[Own]:
    """See `base.Agent`."""
    yield from commands.toml(".qwen/commands/passdown", launcher)


def hindrances(hooks: str, settings: str) -> Iterator[Finding]:
    """See `base.Agent`."""
    if any(jsonc.settings(text).get("disableAllHooks") is True for text in (hooks, settings)):
        yield Finding("hooks-disabled", "warning", SETTINGS, "`disableAllHooks` is set: Qwen Code runs no hook at all",
                      "Take `disableAllHooks` out of the settings.")


__all__ = ["AFTER", "BINARY", "CONFIG", "HOME", "MCP", "NAME", "ROOT", "RUN", "SETTINGS", "SHEET", "SKILLS", "SUPPORT", "TITLE",
           "hindrances", "hooks", "own", "retention_days"]
