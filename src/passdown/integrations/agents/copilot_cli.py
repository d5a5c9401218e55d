"""Copilot CLI: a file of hooks of our own, `~/.copilot/hooks/passdown.json`, which VS Code reads too.

Source: docs.github.com copilot-cli-reference/cli-hooks-reference, npm @github/copilot 1.0.20 and @github/copilot-sdk 1.0.14, seen 2026-11. What a start
says was ignored in 1.0.8, and is injected with every turn in 1.0.82.
"""

from collections.abc import Mapping
from typing import Any

from passdown.integrations.base import Run, Server, Sheet
from passdown.integrations.base import kept_for_good as retention_days
from passdown.integrations.base import no_hindrances as hindrances
from passdown.integrations.base import nothing_own as own
from passdown.integrations.copilot_hooks import hooks

NAME = "copilot-cli"
TITLE = "Copilot CLI"
HOME = ".copilot"
BINARY = "copilot"
SUPPORT = "full: capture on every stop, briefing at start and resume; 1.0.8 ignores it, 1.0.82 repeats it with every turn"
CONFIG: Mapping[str, str] = {"user": ".copilot/hooks/passdown.json", "project": "{project}/.github/hooks/passdown.json"}
SETTINGS = ".copilot/config.json"
SKILLS = ".copilot/skills"
AFTER = "Restart Copilot CLI. VS Code reads the same file."
ROOT: Mapping[str, Any] = {"version": 1}
MCP: Mapping[str, Server] = {"user": Server(".copilot/mcp-config.json"), "project": Server("{project}/.mcp.json")}
RUN = Run(("--interactive", "{named}"))
SHEET = Sheet(
    start="hook", compaction="no", fallback="AGENTS.md block (`passdown install generic`)",
    trust="Copilot CLI asks once whether it may work in the folder; hooks need nothing more.",
    sees="Start `copilot` in a project with a store and send one prompt: `passdown agents` then says when each hook last fired.")


__all__ = ["AFTER", "BINARY", "CONFIG", "HOME", "MCP", "NAME", "ROOT", "RUN", "SETTINGS", "SHEET", "SKILLS", "SUPPORT", "TITLE",
           "hindrances", "hooks", "own", "retention_days"]
