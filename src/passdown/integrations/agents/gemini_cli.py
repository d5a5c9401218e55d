"""Gemini CLI: hooks and MCP servers in `settings.json`, slash commands as TOML.

Source: google-gemini/gemini-cli docs/hooks/reference.md, docs/cli/custom-commands.md and docs/cli/session-management.md, seen 2026-08. `timeout` is in
milliseconds. `hooksConfig.enabled` switches hooks off, `hooksConfig.disabled` names those that are. Project hooks are known by name and command: one that
has changed is told as untrusted. Injected text did nothing before 0.22.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from passdown.integrations import commands, jsonc
from passdown.integrations.base import Group, Own, Run, Server, Sheet
from passdown.model.finding import Finding

NAME = "gemini-cli"
TITLE = "Gemini CLI"
HOME = ".gemini"
BINARY = "gemini"
SUPPORT = "full: capture after every turn, briefing at start, resume and clear, and with the first prompt after a compression"
CONFIG: Mapping[str, str] = {"user": ".gemini/settings.json", "project": "{project}/.gemini/settings.json"}
SETTINGS = ".gemini/settings.json"
SKILLS = ".gemini/skills"
AFTER = "Restart Gemini CLI; /hooks panel lists the passdown entries. Versions before 0.22 do not pass the briefing on."
ROOT: Mapping[str, Any] = {}
MCP: Mapping[str, Server] = {"user": Server(".gemini/settings.json"), "project": Server("{project}/.gemini/settings.json")}
RUN = Run(("--prompt-interactive", "{text}"))
SHEET = Sheet(
    start="hook", compaction="hook, with the next prompt", guard="prompts", fallback="GEMINI.md or AGENTS.md block (`passdown install generic`)",
    trust="Nothing for your own settings. Hooks of a project's settings are run once you trust the folder.",
    sees="/hooks panel shows them with their last result; the slash command /passdown:resume is there.")

DEFAULT_RETENTION_DAYS = 30
EVENTS: Mapping[str, tuple[str, int]] = {  # event -> matcher, timeout in milliseconds
    "SessionStart": ("", 10_000), "BeforeAgent": ("", 5_000), "AfterAgent": ("", 10_000), "PreCompress": ("", 10_000), "SessionEnd": ("", 5_000)}


def hooks(command: str, version: tuple[int, ...] | None) -> Mapping[str, Group]:  # noqa: ARG001  versions pass over events that they do not know
    """See `base.Agent`."""
    return {event: {"hooks": [{"name": "passdown", "type": "command", "command": command, "timeout": timeout}]} for event, (_, timeout) in EVENTS.items()}


def own(launcher: str) -> Iterator[Own]:
    """See `base.Agent`."""
    yield from commands.toml(".gemini/commands/passdown", launcher)


def hindrances(hooks: str, settings: str) -> Iterator[Finding]:
    """See `base.Agent`."""
    config = jsonc.settings(settings or hooks).get("hooksConfig")
    found = config if isinstance(config, dict) else {}
    disabled = found.get("disabled")
    if found.get("enabled") is False or (isinstance(disabled, list) and "passdown" in disabled):
        yield Finding("hooks-disabled", "warning", SETTINGS, "`hooksConfig` keeps Gemini CLI from running passdown's hooks", "Type /hooks enable passdown.")


def retention_days(settings: Iterable[str]) -> int | None:
    """`general.sessionRetention`: enabled, 30 days, unless the settings say otherwise."""
    days: int | None = DEFAULT_RETENTION_DAYS
    for text in settings:
        general = jsonc.settings(text).get("general")
        kept = general.get("sessionRetention") if isinstance(general, dict) else None
        if isinstance(kept, dict):
            age = str(kept.get("maxAge", ""))
            days = None if kept.get("enabled") is False else int(age[:-1]) if age.endswith("d") and age[:-1].isdecimal() else days
    return days


__all__ = ["AFTER", "BINARY", "CONFIG", "HOME", "MCP", "NAME", "ROOT", "RUN", "SETTINGS", "SHEET", "SKILLS", "SUPPORT", "TITLE",
           "hindrances", "hooks", "own", "retention_days"]
