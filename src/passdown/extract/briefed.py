"""What the session was given by us: it is cut out of what was said, and what only repeats it is no evidence for it."""

import re

FIRST = "passdown ·"  # a briefing's first line begins with it, see `briefing.render`
LAST = "before anything changes."  # and its last line ends so

_BRIEFING = re.compile(rf"^[ \t>]*(?:```\w*\n)?[ \t>]*{FIRST}.*?(?:{re.escape(LAST)}(?:\n`{{3,}}[ \t]*$)?|\n\s*\n\s*\n|\Z)", re.MULTILINE | re.DOTALL)


def without_briefings(text: str) -> str:
    """`text` with every briefing of ours blanked, so that all offsets stay."""
    return _BRIEFING.sub(lambda m: " " * len(m[0]), text) if FIRST in text else text


def briefings(text: str) -> list[str]:
    """The briefings in a text."""
    return [m[0] for m in _BRIEFING.finditer(text)] if FIRST in text else []


__all__ = ["briefings", "without_briefings"]
