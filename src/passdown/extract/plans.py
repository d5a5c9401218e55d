"""A plan that the user had carried out is a decision of the user's: what was to be done and why, in the plan's own words."""

import re

from passdown.extract.base import TEXT_CHARS, Candidate
from passdown.extract.prose import Block, blocks, sentences
from passdown.model.sentences import mask

LEAST_WORDS = 6
TITLE_WITHIN, TITLE_WORDS, TITLE_CHARS = 2_000, 3, 120
WHY_CHARS = 300

ORDER = re.compile(r"\s*(?:please )?(?:implement|execute|carry out|proceed with) (?:the following|this) plan\b", re.IGNORECASE)

# A sentence on how that says what was taken, and not only that something will be done.
_CHOOSES = re.compile(
    r"\b(?:us(?:e|es|ing)|instead of|rather than|reus(?:e|es|ing)|replac(?:e|es|ing)|stor(?:e|es|ed|ing)|via|by \w+ing|based on|wrap(?:s|ping)?"
    r"|deriv\w+|extract\w*|split\w*"
    r"|switch\w*|mirror\w*|without|lazy|lazily|cached?|remov(?:e|es|ing))\b")
_TITLE = re.compile(
    r"^#{1,2} +(?:\d+[.)] *)?(?:(?:the |implementation |design |feature )*plan\b(?: for| to)?\W*)?(?P<name>\S[^\n]*)$",
    re.MULTILINE | re.IGNORECASE)
# A plan that builds nothing.
_LOOKS = re.compile(r"(?:assess|analy|investigat|research|review|explor|audit|evaluat)\w*\b(?=:| of\b| whether\b| how\b)", re.IGNORECASE)
# What is wrong or wanting, or a reason in so many words.
_CAUSE = re.compile(
    r"\b(?:because|due to|root cause|so that|the (?:problem|issue|bug|goal) is|no|not|cannot|never|only|without|missing|wrong|incorrect\w*|fail\w*|crash\w*"
    r"|errors?|invisible|hidden|confusing|misleading|hard to|lacks?|drops?|ignor\w+|stale|duplicat\w+|inconsisten\w+|instead of|no way|needs?|must)\b|n't\b")
_POINTS = re.compile(r"\W*(?:this|that|these|those|it|they|both)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"\A(?:however|additionally|but|and|also|as a result|therefore|so|meanwhile),? +", re.IGNORECASE)
_WHY = re.compile(r"(?:context|problem|background|motivation|overview|why|goal|summary)\W*", re.IGNORECASE)
_CONTEXT = re.compile(rf"^#{{2,4}} +{_WHY.pattern}$(?P<body>.*?)(?=^#{{1,4}} |\Z)", re.MULTILINE | re.DOTALL | re.IGNORECASE)
_HOW = re.compile(r"(?:the |proposed )?(?:approach|solution|fix|strategy|design|change)\W*", re.IGNORECASE)


def ordered(text: str) -> list[Candidate]:
    """What the plan chose, in its own words: the first sentence on how it is done; `why` is the first of its context. [] for one that only names its goal."""
    parts = list(blocks(text))
    how, why = _first(text, parts, _HOW), _first(text, parts, _WHY)
    if len(how.split()) < LEAST_WORDS or not _CHOOSES.search(mask(how)):
        return []
    return [Candidate("decision", how, {"why": why, "approval": "user"} if why else {"approval": "user"})]


def title(text: str) -> str:
    """What the plan calls itself: its first heading, without the word "plan"; "" when there is none, or it says next to nothing."""
    found = _TITLE.search(text[:TITLE_WITHIN])
    name = found["name"].strip(" *#:") if found else ""
    return name if len(name.split()) >= TITLE_WORDS and len(name) <= TITLE_CHARS and not (_LOOKS.match(name) or name.endswith("?")) else ""


def motive(text: str) -> str:
    """Why the plan is made: of its context the first sentence that tells what is wrong or wanted, else its first; "" when it has none."""
    found = _CONTEXT.search(text)
    body = found["body"] if found else ""
    told = [(_GOES_ON.sub("", s.text), b.item) for b in blocks(body) for s in sentences(body, b) if _tells(s.text)]
    return next((s for s, _ in told if _CAUSE.search(mask(s))), next((s for s, item in told if not item), ""))


def _tells(said: str) -> bool:
    return len(said) <= WHY_CHARS and len(said.split()) >= LEAST_WORDS and not (said.endswith(":") or _POINTS.match(said))


def _first(text: str, parts: list[Block], heading: re.Pattern[str]) -> str:
    """The first sentence below a heading, "" when there is none that is short enough."""
    block = next((b for b in parts if heading.fullmatch(b.heading)), None)
    said = sentences(text, block)[0].text if block else ""
    return "" if len(said) > TEXT_CHARS or said.endswith(":") or said.startswith("**File") else said


__all__ = ["ORDER", "motive", "ordered", "title"]
