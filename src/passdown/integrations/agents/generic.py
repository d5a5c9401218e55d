"""Any other agent: a block in the project's AGENTS.md that says where the project's memory is, and what to paste by hand.

AGENTS.md is committed, so the briefing itself never stands in it (agents.md, seen 2026-11: read by Codex, Copilot, Cursor, OpenCode, Amp, Zed, Goose,
Qwen Code, Crush, Kiro, Cline, Windsurf and, if told so, Gemini CLI; not by Claude Code).
"""

from collections.abc import Mapping
from typing import Any

from passdown.integrations.base import Group, Run, Server, Sheet
from passdown.integrations.base import kept_for_good as retention_days
from passdown.integrations.base import no_hindrances as hindrances
from passdown.integrations.base import nothing_own as own

NAME = "generic"
TITLE = "Any other agent"
HOME = "{project}/AGENTS.md"  # no folder: it is never found by itself
BINARY = ""
SUPPORT = "a block in AGENTS.md, the MCP server, and `passdown resume --paste` as the first message"
CONFIG: Mapping[str, str] = {"project": "{project}/AGENTS.md"}
SETTINGS = ""
SKILLS = ".agents/skills"
AFTER = ("An agent that reads AGENTS.md knows now where the memory is. `passdown resume --paste` prints a first message for one that does not; "
         "an MCP client starts the launcher in PASSDOWN_HOME/bin with the word `mcp`.")
ROOT: Mapping[str, Any] = {}
MCP: Mapping[str, Server] = {}
RUN: Run | None = None
SHEET = Sheet(
    start="AGENTS.md block; paste", compaction="no", fallback="`passdown resume --paste`",
    trust="Nothing.", sees="Ask the agent where things stand: it runs `passdown resume`.")


def hooks(command: str, version: tuple[int, ...] | None) -> Mapping[str, Group]:  # noqa: ARG001  it has none
    """See `base.Agent`."""
    return {}


__all__ = ["AFTER", "BINARY", "CONFIG", "HOME", "MCP", "NAME", "ROOT", "RUN", "SETTINGS", "SHEET", "SKILLS", "SUPPORT", "TITLE",
           "hindrances", "hooks", "own", "retention_days"]
