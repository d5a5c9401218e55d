"""A record in the making that rests on what was done: several events, each with the words it is cited by."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from passdown.model.anchor import Anchor
from passdown.model.record import Detail, Status


class Deed(msgspec.Struct, frozen=True):
    """n, at: number and time of the event that completed it. quotes: (number of an event, what it says, verbatim but for white space)."""

    kind: str
    text: str
    details: Mapping[str, Detail]
    n: int
    at: str
    quotes: tuple[tuple[int, str], ...]
    anchors: tuple[Anchor, ...] = ()
    status: Status = "active"


def minutes(begin: str, end: str) -> int:
    """Whole minutes between two times as transcripts give them, 0 when either is not one."""
    try:
        seconds = (datetime.fromisoformat(end) - datetime.fromisoformat(begin)).total_seconds()
    except (ValueError, TypeError):
        return 0
    return max(0, int(seconds // 60))


def code(text: str) -> str:
    """`text` as Markdown inline code."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def counted(times: int) -> str:
    """How often, behind a verb: nothing for once."""
    return "" if times < 2 else " twice" if times == 2 else f" {times} times"


__all__ = ["Deed", "code", "counted", "minutes"]
