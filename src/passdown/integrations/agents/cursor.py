"""Cursor, command line and IDE: hooks in `~/.cursor/hooks.json`, entries without a matcher, and a rules file in projects where they have fired.

Source: cursor.com/docs/hooks, client 3.20, seen 2026-09. Hooks are read again when the file is saved. In the IDE what a start says may come too late;
`agent -p` fires neither `beforeSubmitPrompt` nor `stop`; background agents skip the start.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from passdown.integrations import commands
from passdown.integrations.base import Group, Own, Run, Server, Sheet
from passdown.integrations.base import kept_for_good as retention_days
from passdown.integrations.base import no_hindrances as hindrances

NAME = "cursor"
TITLE = "Cursor"
HOME = ".cursor"
BINARY = "cursor-agent"
SUPPORT = "good: capture on every stop, briefing at start, in the IDE through a rules file, and with the next prompt after a compaction"
CONFIG: Mapping[str, str] = {"user": ".cursor/hooks.json", "project": "{project}/.cursor/hooks.json"}
SETTINGS = ".cursor/hooks.json"
SKILLS = ".cursor/skills"
AFTER = ("Cursor reads the hooks by itself. In a project with a store the first session also gets .cursor/rules/passdown.mdc, "
         "which git does not see; every capture brings it up to date.")
ROOT: Mapping[str, Any] = {"version": 1}
MCP: Mapping[str, Server] = {"user": Server(".cursor/mcp.json"), "project": Server("{project}/.cursor/mcp.json")}
RUN = Run(("{text}",))
SHEET = Sheet(
    start="hook; rules file in the IDE", compaction="hook, with the next prompt", guard="prompts",
    fallback="rules file `.cursor/rules/passdown.mdc`, kept up to date",
    trust="Nothing. Hooks for Claude Code run here too if \"third-party skills\" are on; a session is briefed once all the same.",
    sees="Settings → Hooks lists them and what they answered; the slash command /passdown-resume is there.")

EVENTS = ("sessionStart", "beforeSubmitPrompt", "stop", "subagentStop", "preCompact", "sessionEnd")


def hooks(command: str, version: tuple[int, ...] | None) -> Mapping[str, Group]:  # noqa: ARG001  versions pass over events that they do not know
    """See `base.Agent`."""
    return {event: {"command": command, "timeout": 10} for event in EVENTS}


def own(launcher: str) -> Iterator[Own]:
    """See `base.Agent`."""
    yield from commands.markdown(".cursor/commands", launcher)


__all__ = ["AFTER", "BINARY", "CONFIG", "HOME", "MCP", "NAME", "ROOT", "RUN", "SETTINGS", "SHEET", "SKILLS", "SUPPORT", "TITLE",
           "hindrances", "hooks", "own", "retention_days"]
