"""What memory says, as data: attributed and fenced as a hook's briefing is, so that a reader takes no order from it and a capture knows it again."""

import re

from passdown.hooks.said import FIRST as SOURCE
from passdown.model.handed import inert
from passdown.model.text import printable

_RUN = re.compile(r"`{3,}")


def quoted(text: str, above: str = "") -> str:
    """`text` under its source, in a fence longer than any in it. above: lines of our own, which are no quotation."""
    return f"{SOURCE}\n{inert(above) + chr(10) if above else ''}{fenced(text)}"


def fenced(text: str) -> str:
    """`text` in a fence that nothing in it ends. It is made inert before it is measured: what is taken out may bring back quotes together."""
    text = inert(printable(text)).strip("\n")  # twice: what stands in a slot is not meant for anyone but a hook
    fence = "`" * max(3, *(len(run) + 1 for run in _RUN.findall(text)), 3)
    return f"{fence}text\n{text}\n{fence}\n"


__all__ = ["SOURCE", "fenced", "quoted"]
