"""Copilot chat in VS Code: it runs the hooks that are installed for Copilot CLI, and those for Claude Code.

Source: code.visualstudio.com/docs/agent-customization/hooks, microsoft/vscode-docs docs/copilot/customization/hooks.md, seen 2026-09: a preview since
1.110, takes both names of an event. That it reads `~/.copilot/hooks` was not tried. MCP servers of a project stand in `servers`.
"""

from collections.abc import Mapping
from typing import Any

from passdown.integrations.base import Server, Sheet
from passdown.integrations.base import kept_for_good as retention_days
from passdown.integrations.base import no_hindrances as hindrances
from passdown.integrations.base import nothing_own as own
from passdown.integrations.copilot_hooks import hooks

NAME = "vscode-copilot"
TITLE = "Copilot in VS Code"
HOME = ".vscode"
BINARY = "code"
SUPPORT = "good: capture on every stop, briefing with the first prompt; hooks are a preview of VS Code"
CONFIG: Mapping[str, str] = {"user": ".copilot/hooks/passdown.json", "project": "{project}/.github/hooks/passdown.json"}
SETTINGS = ".copilot/hooks/passdown.json"
SKILLS = ".agents/skills"
AFTER = "VS Code reads the hooks when its window is loaded anew. Where an organisation has switched hooks off, nothing runs."
ROOT: Mapping[str, Any] = {"version": 1}
MCP: Mapping[str, Server] = {"project": Server("{project}/.vscode/mcp.json", ("servers",))}
RUN = None
SHEET = Sheet(
    start="hook, with the first prompt", compaction="hook, with the next prompt", guard="prompts", fallback="AGENTS.md block (`passdown install generic`)",
    trust="The workspace has to be trusted, and `chat.hooks.enabled` on, which it is by default.",
    sees="The output channel \"GitHub Copilot Chat Hooks\" lists what ran; `passdown agents` says when.")


__all__ = ["AFTER", "BINARY", "CONFIG", "HOME", "MCP", "NAME", "ROOT", "RUN", "SETTINGS", "SHEET", "SKILLS", "SUPPORT", "TITLE",
           "hindrances", "hooks", "own", "retention_days"]
