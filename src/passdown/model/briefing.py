"""The briefing: what the next session is given, what it cost, and what was left out and why."""

from dataclasses import dataclass, field

from passdown.model.text import RedactedText


@dataclass(frozen=True, slots=True)
class Request:
    """budget: tokens, at most. task: what the next session is about, "" when it is not known. now: UTC ISO."""

    budget: int = 2_000
    task: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a section. key names what it stands for (record id, path, command), so that it can be explained and dropped."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """text is whole; tokens is the larger of our estimate and characters / 4."""

    text: RedactedText
    tokens: int
    included: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = field(default_factory=tuple)


__all__ = ["Briefing", "Dropped", "Line", "Request", "Section"]
