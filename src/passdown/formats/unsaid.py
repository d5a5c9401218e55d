"""Lines that say nothing to keep: unfilled places of a template, `None`, comments, and how things were measured to be just then."""

import re

PLACEHOLDER = r"\[[A-Z][A-Z0-9_/: ]+\]"
UNFILLED = re.compile(rf"\s*+(?:(?:[-*+]|\d+[.)])\s*+)?(?:\[[ x]\]\s*+)?(?:\*\*[^*]++\*\*:?\s*+)?{PLACEHOLDER}(?:[\W\d]|Progress|{PLACEHOLDER})*")
COMMENT = re.compile(r"<!--.*-->", re.DOTALL)
NOTHING = frozenset(("", "none", "none yet", "nothing", "unknown", "n/a", "–", "—", "-"))
MEASURED = frozenset((  # labels of lines that say how things are just now
    "session id", "date", "date/time", "duration", "project", "git status", "build status", "test status", "handoff quality score",
    "confidence in continuity", "estimated context recovery time"))
FOOTER = re.compile(r"[-*_]{3,}\n(?:\*[^*\n]+\*\s*)+")  # `*Read this first.*` below a rule
_MARKS = re.compile(r"^(?:[-*_]{3,}\n)?\s*(?:(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX~-]\]\s+)?)?")
_NONE = re.compile(  # `None (so far)`, `Blockers:** None`; a label has four words at most: longer ones are sentences
    r"(?:[^\W_][^\s:*]{0,30}(?: [^\s:*]{1,30}){0,3}\**:\**\s*)?(?:none|none yet|nothing|n/a)\**\s*(?:\([^()\n]*\))?", re.IGNORECASE)
_LABEL = re.compile(r"\*\*(?P<name>[^*]{2,60}?):?\*\*")


def unfilled(text: str) -> bool:
    """Whether all lines are those of a template, with a `[PLACEHOLDER]` where something is to be said."""
    return "[" in text and all(UNFILLED.fullmatch(line) for line in text.strip().split("\n"))


def empty(value: str) -> bool:
    """Whether a value is a mere `None`, `UNKNOWN` or unfilled place."""
    return value.strip(" .*_").lower() in NOTHING or unfilled(value)


def says_nothing(text: str) -> bool:
    """Whether an item of somebody else's holds nothing that a record could."""
    words = _MARKS.sub("", text, count=1)
    label = _LABEL.match(words)
    if label and label["name"].lower() in MEASURED:
        return True
    return bool(COMMENT.fullmatch(text) or FOOTER.fullmatch(text) or _NONE.fullmatch(words.strip(" .*_"))) or empty(words) or unfilled(text)


__all__ = ["empty", "says_nothing", "unfilled"]
