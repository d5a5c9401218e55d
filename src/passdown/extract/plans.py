"""A plan that the user had carried out is a decision of the user's: what was to be done and why, in the plan's own words."""

import re

from passdown.extract.base import TEXT_CHARS, Candidate
from passdown.extract.prose import Block, blocks, sentences
from passdown.model.sentences import mask

LEAST_WORDS = 6

# A sentence on how that says what was taken, and not only that something will be done.
_CHOOSES = re.compile(
    r"\b(?:us(?:e|es|ing)|instead of|rather than|reus(?:e|es|ing)|replac(?:e|es|ing)|stor(?:e|es|ed|ing)|via|by \w+ing|based on|wrap(?:s|ping)?"
    r"|deriv\w+|extract\w*|split\w*"
    r"|switch\w*|mirror\w*|without|lazy|lazily|cached?|remov(?:e|es|ing))\b")
_WHY = re.compile(r"(?:context|problem|background|motivation|overview|why|goal|summary)\W*", re.IGNORECASE)
_HOW = re.compile(r"(?:the |proposed )?(?:approach|solution|fix|strategy|design|change)\W*", re.IGNORECASE)


def ordered(text: str) -> list[Candidate]:
    """What the plan chose, in its own words: the first sentence on how it is done; `why` is the first of its context. [] for one that only names its goal."""
    parts = list(blocks(text))
    how, why = _first(text, parts, _HOW), _first(text, parts, _WHY)
    if len(how.split()) < LEAST_WORDS or not _CHOOSES.search(mask(how)):
        return []
    return [Candidate("decision", how, {"why": why, "approval": "user"} if why else {"approval": "user"})]


def _first(text: str, parts: list[Block], heading: re.Pattern[str]) -> str:
    """The first sentence below a heading, "" when there is none that is short enough."""
    block = next((b for b in parts if heading.fullmatch(b.heading)), None)
    said = sentences(text, block)[0].text if block else ""
    return "" if len(said) > TEXT_CHARS or said.endswith(":") or said.startswith("**File") else said


__all__ = ["ordered"]
