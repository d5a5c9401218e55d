"""What memory says, as data: attributed and fenced as a hook's briefing is, so that a reader takes no order from it and a capture knows it again."""

from passdown.hooks.said import FIRST as SOURCE
from passdown.model.fence import fenced
from passdown.model.handed import inert


def quoted(text: str, above: str = "") -> str:
    """`text` under its source, in a fence longer than any in it. above: lines of our own, which are no quotation."""
    return f"{SOURCE}\n{inert(above) + chr(10) if above else ''}{fenced(text)}"


__all__ = ["SOURCE", "fenced", "quoted"]
