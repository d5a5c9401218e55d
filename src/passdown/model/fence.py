"""A fence that nothing in it ends: how words of others stand in a text of ours."""

import re

from passdown.model.handed import inert_throughout

_RUN = re.compile(r"`{3,}")


def fenced(text: str) -> str:
    """`text` in a fence longer than any in it. It is made inert before it is measured: what is taken out may bring back quotes together."""
    text = inert_throughout(text).strip("\n")
    fence = "`" * max(3, *(len(run) + 1 for run in _RUN.findall(text)), 3)
    return f"{fence}text\n{text}\n{fence}\n"


__all__ = ["fenced"]
