"""Windsurf (Cascade): hooks in `~/.codeium/windsurf/hooks.json`, which see and never speak; a rules file speaks in projects where they have fired.

Source: docs.windsurf.com/windsurf/cascade/hooks, seen 2026-11. Entries have no matcher and no timeout. That the event with the transcript is subscribed to
makes Windsurf write one; it keeps about 100.
"""

from collections.abc import Mapping
from typing import Any

from passdown.integrations.base import Group, Server, Sheet
from passdown.integrations.base import kept_for_good as retention_days
from passdown.integrations.base import no_hindrances as hindrances
from passdown.integrations.base import nothing_own as own

NAME = "windsurf"
TITLE = "Windsurf"
HOME = ".codeium/windsurf"
BINARY = "windsurf"
SUPPORT = "capture after every answer; the briefing comes through a rules file, as it was at the last capture"
CONFIG: Mapping[str, str] = {"user": ".codeium/windsurf/hooks.json", "project": "{project}/.windsurf/hooks.json"}
SETTINGS = ".codeium/windsurf/hooks.json"
SKILLS = ".agents/skills"
AFTER = ("Restart Windsurf. In a project with a store the first prompt makes .windsurf/rules/passdown.md, which git does not see; "
         "a new conversation has it in its context.")
ROOT: Mapping[str, Any] = {}
MCP: Mapping[str, Server] = {"user": Server(".codeium/windsurf/mcp_config.json")}
RUN = None
SHEET = Sheet(
    start="rules file", compaction="rules file", fallback="rules file `.windsurf/rules/passdown.md`, kept up to date",
    trust="Nothing. It keeps the last 100 transcripts or so; what was captured stays.",
    sees="After the first answer `passdown agents` says when the hooks fired, and the rules file is there.")

EVENTS = ("pre_user_prompt", "post_cascade_response_with_transcript")


def hooks(command: str, version: tuple[int, ...] | None) -> Mapping[str, Group]:  # noqa: ARG001  versions pass over events that they do not know
    """See `base.Agent`."""
    return {event: {"command": command, "powershell": f"& {command}", "show_output": False} for event in EVENTS}


__all__ = ["AFTER", "BINARY", "CONFIG", "HOME", "MCP", "NAME", "ROOT", "RUN", "SETTINGS", "SHEET", "SKILLS", "SUPPORT", "TITLE",
           "hindrances", "hooks", "own", "retention_days"]
