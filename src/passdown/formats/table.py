"""The styles of document, by name, and which one a document has."""

import importlib
import re
from collections.abc import Iterator, Sequence
from typing import cast

from passdown.formats import outline
from passdown.formats.base import Layout, Style
from passdown.formats.sectioned import cut, number

STYLES = {  # name -> module in `styles/`
    "session-memory": "session_memory",
    "session-log": "session_log",
    "session-handoff": "session_handoff",
    "handoff": "handoff",
    "domain-memory": "domain_memory",
    "session-context": "session_context",
    "decisions": "decisions",
    "continuity": "continuity",
    "memory-bank": "memory_bank",
}
LEAST = 0.34  # share of a document's headings that a layout must know to be taken for its own
TELLING = 2  # known headings of a document without a sign
SIGN = 0.5  # what a sign counts, where a known heading counts its share
_SPAN = re.compile(r"`[^`\n]+`")


def style(name: str) -> Style:
    """Raises `KeyError` for a name that is not in `STYLES`."""
    return cast(Style, importlib.import_module(f"passdown.formats.styles.{STYLES[name]}").STYLE)


def layouts() -> Iterator[Layout]:
    """Every layout of every style, in the table's order."""
    for name in STYLES:
        yield from style(name).layouts


def layout_of(text: str, wanted: Sequence[Layout] = (), placed: Sequence[Layout] = (), *, at_place: float = LEAST) -> Layout | None:
    """The layout that a document has: of those that are asked for, else by its place, else by its content alone; None for a document of no style.

    wanted: one of these, whatever it says. placed: those that have documents where it lies. at_place: how like one of them it has to be there. Who takes
    records out of it wants more than who only reads it: what is below `LEAST` is not that layout for sure.
    """
    if wanted:
        return max(wanted, key=lambda one: (any(one is place for place in placed), likeness(one, text)))
    here = max(((likeness(one, text), one) for one in placed), key=lambda found: found[0], default=None)
    return here[1] if here and here[0] >= at_place else detect(text)


def detect(text: str) -> Layout | None:
    """The layout whose signs and headings a document has, by its content alone; None for a document of no style."""
    plain = without_code(text)
    known = sorted(((*_known(one, text), -n, one) for n, one in enumerate(layouts())), key=lambda found: found[:1], reverse=True)
    best, best_at, layout = 0.0, 0, None
    for share, some, at, one in known:
        if share + SIGN < max(best, LEAST):
            break  # its signs, the costly part, would not help it, nor those behind it
        found = _signed(one, plain)
        like = share * (found or some) + SIGN * found
        if like >= LEAST and (like, at) > (best, best_at):
            best, best_at, layout = like, at, one
    return layout


def likeness(layout: Layout, text: str, plain: str = "") -> float:
    """How much of the document the layout knows: the share of its headings, and so of the layout's own sections, more for each sign.

    plain: the text without code, in which signs are looked for: a page that only shows such a document is none. One known heading tells nothing by itself.
    """
    share, some = _known(layout, text)
    signed = _signed(layout, plain or without_code(text))
    return share * (signed or some) + SIGN * signed


def _known(layout: Layout, text: str) -> tuple[float, bool]:
    """How much of the headings the layout knows, by the mean of the two shares, and whether they tell something without a sign."""
    headings = [p.heading for p in cut(layout, text) if p.heading]
    known = {which for one in headings if (which := outline.number_of(one, number(layout)))}
    share = len(known) / len(headings) if headings else 0.0
    return (share + len(known) / len(layout.sections)) / 2, len(known) >= TELLING


def _signed(layout: Layout, plain: str) -> bool:
    return any(has(sign, plain) for sign in layout.signs)


def has(sign: str | tuple[str, ...], text: str) -> bool:
    """Whether a sign is in the text; the pieces of one that has several stand one behind the other. One expression of all would not be linear."""
    at = 0
    for piece in (sign,) if isinstance(sign, str) else sign:
        found = re.compile(piece).search(text, at)
        if not found:
            return False
        at = found.end()
    return True


def without_code(text: str) -> str:
    """The text without fenced blocks and code spans; lines stay lines."""
    raw = outline.LINE.findall(text)
    return _SPAN.sub("", "".join("\n" if fenced else line for line, fenced in zip(raw, outline.fences(raw), strict=True)))


__all__ = ["LEAST", "STYLES", "detect", "has", "layout_of", "layouts", "likeness", "style"]
