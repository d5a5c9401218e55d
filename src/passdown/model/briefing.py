"""The briefing: what the next session is given, what it cost, and what was left out and why."""

import msgspec

from passdown.model.text import RedactedText


class Request(msgspec.Struct, frozen=True):
    """budget: tokens, at most. task: what the next session is about, "" when it is not known. now: UTC ISO."""

    budget: int = 2_000
    task: str = ""
    now: str = ""


class Dropped(msgspec.Struct, frozen=True):
    """What was not said and why; section and text: where it would have stood, in its short form."""

    key: str
    reason: str
    section: str = ""
    text: str = ""


class Briefing(msgspec.Struct, frozen=True):
    """text is whole; tokens is the larger of our estimate and characters / 4."""

    text: RedactedText
    tokens: int
    included: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = msgspec.field(default_factory=tuple)


__all__ = ["Briefing", "Dropped", "Request"]
