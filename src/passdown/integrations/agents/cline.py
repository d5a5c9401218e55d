"""Cline: executables in `~/Documents/Cline/Hooks`, each named after its event.

Source: cline/cline .clinerules/hooks/README.md and sdk/packages/core/src/hooks/hook-file-config.ts @ 21cb8d2, seen 2026-08. There is one file an event:
where somebody has one already it stays, and the user is told the line that it lacks. Not on Windows. Hooks have to be switched on in Cline's settings.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from passdown.integrations.base import Group, Own, Run, Server, Sheet
from passdown.integrations.base import command as command_of
from passdown.integrations.base import kept_for_good as retention_days
from passdown.integrations.base import no_hindrances as hindrances
from passdown.integrations.own import signed

NAME = "cline"
TITLE = "Cline"
HOME = "Documents/Cline"
BINARY = "cline"
SUPPORT = "good, not on Windows: capture when a task is done, briefing at start and resume of a task, and after a compaction"
CONFIG: Mapping[str, str] = {}
SETTINGS = ""
SKILLS = ".agents/skills"
AFTER = "Switch hooks on in Cline: Settings → Features → Enable Hooks."
ROOT: Mapping[str, Any] = {}
MCP: Mapping[str, Server] = {"user": Server(".cline/data/settings/cline_mcp_settings.json")}
RUN = Run(("{text}",))
SHEET = Sheet(
    start="hook", compaction="hook, with the next prompt", guard="prompts", fallback="AGENTS.md block (`passdown install generic`)",
    trust="Settings → Features → Enable Hooks, once.",
    sees="Start a task in a project with a store: Cline shows that TaskStart ran, and `passdown agents` says when.")

EVENTS = ("TaskStart", "TaskResume", "UserPromptSubmit", "PreCompact", "TaskComplete", "TaskCancel", "SessionShutdown")


def hooks(command: str, version: tuple[int, ...] | None) -> Mapping[str, Group]:  # noqa: ARG001  they are files of their own
    """See `base.Agent`."""
    return {}


def own(launcher: str) -> Iterator[Own]:
    """See `base.Agent`."""
    for event in EVENTS:
        yield Own("hook", f"Documents/Cline/Hooks/{event}", signed(f"#!/bin/sh\nexec {command_of(launcher, NAME)}\n", "sh"), runnable=True)


__all__ = ["AFTER", "BINARY", "CONFIG", "HOME", "MCP", "NAME", "ROOT", "RUN", "SETTINGS", "SHEET", "SKILLS", "SUPPORT", "TITLE",
           "hindrances", "hooks", "own", "retention_days"]
