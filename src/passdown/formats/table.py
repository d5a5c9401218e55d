"""The styles of document, by name, and which one a document has."""

import importlib
import re
from collections.abc import Iterator
from typing import cast

from passdown.formats import outline
from passdown.formats.base import Layout, Style
from passdown.formats.sectioned import cut, number

STYLES = {"session-memory": "session_memory"}  # name -> module in `styles/`
LEAST = 0.34  # share of a document's headings that a layout must know to be taken for its own
SIGN = 0.5  # what a sign counts, where a known heading counts its share


def style(name: str) -> Style:
    """Raises `KeyError` for a name that is not in `STYLES`."""
    return cast(Style, importlib.import_module(f"passdown.formats.styles.{STYLES[name]}").STYLE)


def layouts() -> Iterator[Layout]:
    """Every layout of every style, in the table's order."""
    for name in STYLES:
        yield from style(name).layouts


def detect(text: str) -> Layout | None:
    """The layout whose signs and headings a document has, by its content alone; None for a document of no style."""
    best, layout = max(((likeness(one, text), -n, one) for n, one in enumerate(layouts())), key=lambda found: found[:2])[::2]
    return layout if best >= LEAST else None


def likeness(layout: Layout, text: str) -> float:
    """How much of the document the layout knows: the share of its headings, and so of the layout's own sections, more for each sign."""
    names = [outline.name_of(p.heading) for p in cut(layout, text) if p.heading]
    known = {which for name in names if (which := number(layout)(name))}
    share = len(known) / len(names) if names else 0.0
    own = len(known) / len(layout.sections)
    return (share + own) / 2 + SIGN * any(re.search(sign, text) for sign in layout.signs)


__all__ = ["STYLES", "detect", "layouts", "likeness", "style"]
