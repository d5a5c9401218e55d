"""OpenCode: a plug-in of ours in `~/.config/opencode/plugin`, and slash commands.

Source: npm @opencode-ai/plugin 1.18.33 and opencode.ai/docs/{plugins,commands,mcp-servers}, seen 2026-11. It has no file of hooks. The `experimental.`
members may be renamed; without them the plug-in still captures.
"""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files as packaged
from typing import Any

from passdown.integrations import commands
from passdown.integrations.base import Group, Own, Run, Server, Sheet
from passdown.integrations.base import kept_for_good as retention_days
from passdown.integrations.base import no_hindrances as hindrances
from passdown.integrations.own import signed

NAME = "opencode"
TITLE = "OpenCode"
HOME = ".config/opencode"
BINARY = "opencode"
SUPPORT = "full: capture after every turn, briefing in each session's system prompt, also after a compaction"
CONFIG: Mapping[str, str] = {}
SETTINGS = ".config/opencode/opencode.json"
SKILLS = ".agents/skills"
AFTER = "Restart OpenCode: it loads plug-ins when it starts."
ROOT: Mapping[str, Any] = {}
MCP: Mapping[str, Server] = {
    "user": Server(".config/opencode/opencode.json", ("mcp",), listed=True), "project": Server("{project}/opencode.json", ("mcp",), listed=True)}
RUN = Run(("--prompt", "{named}"))
SHEET = Sheet(
    start="plug-in", compaction="plug-in", guard="prompts", fallback="AGENTS.md block (`passdown install generic`)",
    trust="Nothing.", sees="The slash command /passdown-resume is there; after one turn `passdown agents` says when the plug-in last fired.")


def hooks(command: str, version: tuple[int, ...] | None) -> Mapping[str, Group]:  # noqa: ARG001  the plug-in takes their place
    """See `base.Agent`."""
    return {}


def own(launcher: str) -> Iterator[Own]:
    """See `base.Agent`."""
    text = (packaged("passdown.integrations") / "plug_ins" / "opencode.js").read_text(encoding="utf-8")
    yield Own("plug-in", ".config/opencode/plugin/passdown.js", signed(text.replace("{launcher}", json.dumps(launcher)), "js"))
    yield from commands.described(".config/opencode/command", launcher)


__all__ = ["AFTER", "BINARY", "CONFIG", "HOME", "MCP", "NAME", "ROOT", "RUN", "SETTINGS", "SHEET", "SKILLS", "SUPPORT", "TITLE",
           "hindrances", "hooks", "own", "retention_days"]
