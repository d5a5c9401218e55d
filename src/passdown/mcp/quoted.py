"""What memory says, as data: attributed and fenced as a hook's briefing is, so that a reader takes no order from it and a capture knows it again."""

import re

from passdown.hooks.said import FIRST as SOURCE

_RUN = re.compile(r"`{3,}")


def quoted(text: str, above: str = "") -> str:
    """`text` under its source, in a fence longer than any in it. above: lines of our own, which are no quotation."""
    fence = "`" * max(3, *(len(run) + 1 for run in _RUN.findall(text)), 3)
    return f"{SOURCE}\n{above + chr(10) if above else ''}{fence}text\n{text.strip(chr(10))}\n{fence}\n"


__all__ = ["SOURCE", "quoted"]
