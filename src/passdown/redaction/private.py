"""What the user put between `<private>` and `</private>` is never kept."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from passdown.model.event import Compaction, Event, Injected, Prompt, Reply, Thinking

SPOKEN = (Prompt, Injected, Reply, Thinking, Compaction)  # what was said, not what tools showed: a file may have such tags for reasons of its own
INSTEAD = "[private]"
_TAG = re.compile(r"<\s*(/?)\s*private\b[^<>]*>", re.IGNORECASE)


def has_private(text: str) -> bool:
    """Whether there may be such a tag: False is certain."""
    return "private" in text.lower()


def without_private(text: str) -> str:
    """`text` with each span replaced by `[private]`. One that is not closed goes to the end; one that was never opened began before the text did."""
    if not has_private(text):
        return text
    out, depth, at = [], 0, 0
    for tag in _TAG.finditer(text):
        if not tag[1]:
            out += [text[at: tag.start()], INSTEAD] if not depth else []
            depth += 1
        elif depth:
            depth -= 1
        else:
            out = [INSTEAD]
        at = tag.end()
    return "".join(out) + ("" if depth else text[at:])


def drop_private(events: Sequence[Event]) -> list[Event]:
    """The events in order, what was said in them without private spans; one without any is the same object."""
    return [_dropped(event) if isinstance(event, SPOKEN) else event for event in events]


def _dropped(event: Prompt | Injected | Reply | Thinking | Compaction) -> Event:
    text = without_private(event.text)
    return event if text == event.text else replace(event, text=text)


__all__ = ["drop_private", "has_private", "without_private"]
