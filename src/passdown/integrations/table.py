"""The agents that passdown can be wired into, by name; each is imported when it is first asked for."""

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from passdown.integrations.base import Agent

GENERIC = "generic"  # stands for every other agent; wired when it is named, never found
MODULES: Mapping[str, str] = {
    "claude-code": "claude_code", "codex": "codex", "copilot-cli": "copilot_cli", "vscode-copilot": "vscode_copilot", "cursor": "cursor",
    "gemini-cli": "gemini_cli", "qwen-code": "qwen_code", "opencode": "opencode", "windsurf": "windsurf", "cline": "cline", GENERIC: "generic"}
AGENTS: tuple[str, ...] = tuple(MODULES)
NAMED: tuple[str, ...] = tuple(name for name in AGENTS if name != GENERIC)


def agent(name: str) -> Agent:
    """The integration of `name`, one of `AGENTS`. Raises KeyError for another name."""
    return cast(Agent, import_module(f"passdown.integrations.agents.{MODULES[name]}"))


__all__ = ["AGENTS", "GENERIC", "NAMED", "agent"]
