"""The readers, by the name of the agent; each is imported when it is first asked for."""

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from passdown.transcripts.base import Reader

MODULES: Mapping[str, str] = {"claude-code": "claude_code", "codex": "codex", "copilot-cli": "copilot_cli", "specstory": "specstory"}
AGENTS: tuple[str, ...] = tuple(MODULES)


def reader(agent: str) -> Reader:
    """The reader of `agent`, one of `AGENTS`. Raises KeyError for another name."""
    return cast(Reader, import_module(f"passdown.transcripts.readers.{MODULES[agent]}"))


__all__ = ["AGENTS", "reader"]
