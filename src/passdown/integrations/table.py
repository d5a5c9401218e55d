"""The agents that passdown can be wired into, by name; each is imported when it is first asked for."""

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from passdown.integrations.base import Agent

MODULES: Mapping[str, str] = {"claude-code": "claude_code", "codex": "codex"}
AGENTS: tuple[str, ...] = tuple(MODULES)


def agent(name: str) -> Agent:
    """The integration of `name`, one of `AGENTS`. Raises KeyError for another name."""
    return cast(Agent, import_module(f"passdown.integrations.agents.{MODULES[name]}"))


__all__ = ["AGENTS", "agent"]
