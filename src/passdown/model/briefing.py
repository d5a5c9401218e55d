"""The briefing: what the next session is given, what it cost, and what was left out and why."""

import msgspec

from passdown.model.text import RedactedText


class Request(msgspec.Struct, frozen=True):
    """budget: tokens, at most. task: what the next session is about, "" when it is not known. now: UTC ISO."""

    budget: int = 2_000
    task: str = ""
    now: str = ""


class Said(msgspec.Struct, frozen=True):
    """A line that was said, and why: what made it worth saying, and how much (0 to about 1)."""

    key: str
    section: str
    text: str
    reason: str
    worth: float = 0.0


class Dropped(msgspec.Struct, frozen=True):
    """What was not said and why; section and text: where it would have stood, in its short form."""

    key: str
    reason: str
    section: str = ""
    text: str = ""


class Briefing(msgspec.Struct, frozen=True):
    """text is whole; tokens is the larger of our estimate and characters / 4. included: keys; said: the same with their reasons, as they stand."""

    text: RedactedText
    tokens: int
    included: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = msgspec.field(default_factory=tuple)
    said: tuple[Said, ...] = ()


__all__ = ["Briefing", "Dropped", "Request", "Said"]
