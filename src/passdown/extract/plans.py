"""A plan that the user had carried out is a decision of the user's: what was to be done and why, in the plan's own words."""

import re

from passdown.extract.base import TEXT_CHARS, Candidate
from passdown.extract.prose import Block, blocks, sentences

_TITLE = re.compile(r"^#{1,2} +(?:(?:implementation )?plan\s*[:–—-]\s*)?(\S.{7,150}?)\s*$", re.IGNORECASE | re.MULTILINE)
_EMPTY = re.compile(r"(?:implementation )?plan|context|overview|summary|background", re.IGNORECASE)
_WHY = re.compile(r"(?:context|problem|background|motivation|overview|why|goal|summary)\W*", re.IGNORECASE)
_HOW = re.compile(r"(?:the |proposed )?(?:approach|solution|fix|strategy|design|change)\W*", re.IGNORECASE)


def ordered(text: str) -> list[Candidate]:
    """The plan as one decision: its title, and what it does in a sentence where it says so; `why` is the first sentence of its context."""
    title = _TITLE.search(text)
    if title is None or _EMPTY.fullmatch(title[1]):
        return []
    parts = list(blocks(text))
    how, why = _first(text, parts, _HOW), _first(text, parts, _WHY)
    body = f"{title[1]}\n{how}" if how and len(title[1]) + len(how) < TEXT_CHARS else title[1]
    return [Candidate("decision", body, {"why": why, "approval": "user"} if why else {"approval": "user"})]


def _first(text: str, parts: list[Block], heading: re.Pattern[str]) -> str:
    """The first sentence below a heading, "" when there is none that is short enough."""
    block = next((b for b in parts if heading.fullmatch(b.heading)), None)
    said = sentences(text, block)[0].text if block else ""
    return "" if len(said) > TEXT_CHARS or said.endswith(":") or said.startswith("**File") else said


__all__ = ["ordered"]
