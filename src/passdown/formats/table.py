"""The styles of document, by name."""

import importlib
from typing import cast

from passdown.formats.base import Style

STYLES = {"session-memory": "session_memory"}  # name -> module in `styles/`


def style(name: str) -> Style:
    """The style's module. Raises `KeyError` for a name that is not in `STYLES`."""
    return cast(Style, importlib.import_module(f"passdown.formats.styles.{STYLES[name]}"))


__all__ = ["STYLES", "style"]
