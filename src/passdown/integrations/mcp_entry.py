"""The entry of our MCP server in a host's configuration: the installed launcher with the verb `mcp`."""

from typing import Any

from passdown.integrations.base import is_launcher

NAME = "passdown"
VERB = "mcp"


def entry(launcher: str) -> dict[str, Any]:
    """As most hosts take it. launcher: its absolute path."""
    return {"command": launcher, "args": [VERB]}


def listed(launcher: str) -> dict[str, Any]:
    """As OpenCode takes it."""
    return {"type": "local", "command": [launcher, VERB], "enabled": True}


def is_ours(value: Any) -> bool:
    """Whether an entry of a server runs our launcher with our verb, whatever else was set on it."""
    words = value.get("command") if isinstance(value, dict) else None
    args = value.get("args") if isinstance(value, dict) else None
    every = words if isinstance(words, list) else [words, *(args if isinstance(args, list) else [])]
    return every[1:2] == [VERB] and is_launcher(every[0])


__all__ = ["NAME", "VERB", "entry", "is_ours", "listed"]
