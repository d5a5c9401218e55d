"""The entry of our MCP server in a host's configuration: the installed launcher with the verb `mcp`.

In a file that a team shares it is looked for below the home of whoever runs it. That is for sh to find out, because each host has a form of its own for
variables, and some have none.
"""

from collections.abc import Sequence
from typing import Any

from passdown.integrations.base import LAUNCHER, PRIOR, is_launcher

NAME = "passdown"
VERB = "mcp"
SHARED = 'exec "$HOME/.passdown/bin/{launcher}" {verb}'


def words(launcher: str) -> list[str]:
    """What the host runs. launcher: its absolute path."""
    return [launcher, VERB]


def shared_words(launcher: str = LAUNCHER) -> list[str]:
    """The same for a file that others use too. launcher: its name."""
    return ["sh", "-c", SHARED.format(launcher=launcher, verb=VERB)]


def entry(words: Sequence[str]) -> dict[str, Any]:
    """As most hosts take it."""
    return {"command": words[0], "args": list(words[1:])}


def listed(words: Sequence[str]) -> dict[str, Any]:
    """As OpenCode takes it."""
    return {"type": "local", "command": list(words), "enabled": True}


def is_ours(value: Any) -> bool:
    """Whether an entry of a server runs our launcher with our verb, whatever else was set on it."""
    words = value.get("command") if isinstance(value, dict) else None
    args = value.get("args") if isinstance(value, dict) else None
    every = words if isinstance(words, list) else [words, *(args if isinstance(args, list) else [])]
    return (every[1:2] == [VERB] and is_launcher(every[0])) or any(every[:3] == shared_words(name) for name in (LAUNCHER, *PRIOR))


__all__ = ["NAME", "VERB", "entry", "is_ours", "listed", "shared_words", "words"]
