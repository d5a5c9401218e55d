"""The tools by name, in the order in which a session needs them."""

import importlib
from collections.abc import Mapping
from types import MappingProxyType

from passdown.mcp.tools.base import Tool

NAMES = ("resume", "search", "get", "record", "handoff", "guard", "verify", "sessions")


def tool(name: str) -> Tool:
    module: Tool = importlib.import_module(f"passdown.mcp.tools.{name}")  # type: ignore[assignment]  # a module stands for its protocol
    return module


TOOLS: Mapping[str, Tool] = MappingProxyType({name: tool(name) for name in NAMES})

__all__ = ["NAMES", "TOOLS"]
