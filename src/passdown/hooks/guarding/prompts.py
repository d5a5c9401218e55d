"""What of a prompt asks for something, as clauses."""

import re

from passdown.hooks.guarding.clause import Clause

PLAN = "Implement the following plan"  # a plan that the user has approved already (Claude Code 2.1, seen 2026-02)
LONG_CHARS, HEAD_CHARS = 1_200, 300  # a longer prompt is a plan or a log, in which anything is named: only its beginning asks
LONG_LINES, HEAD_LINES, TAIL_LINES = 12, 3, 2  # of a prompt of many lines, a pasted log for the most part, what stands above and below
_ENDS = re.compile(r"(?<=[.!?;])\s+|\n+|,\s+(?=(?:and|but|so|then|or|while|also|which|since|because)\b)"
                   r"|\s+(?:but|then|because|since|so that|while)\s+|\s[-–—]+\s|;\s*")


def clauses(text: str) -> list[Clause]:
    """The clauses of what somebody asks for, in order."""
    return [Clause(part) for part in _ENDS.split(asked(text)) if part and part.strip()]


def asked(text: str) -> str:
    """What of a prompt asks for something: "" of a plan that was approved, little of one that is long."""
    if text.lstrip().startswith(PLAN):
        return ""
    lines = text.splitlines()
    if len(lines) > LONG_LINES:
        text = "\n".join((*lines[:HEAD_LINES], *lines[-TAIL_LINES:]))
    return text if len(text) <= LONG_CHARS else text[:HEAD_CHARS]


__all__ = ["asked", "clauses"]
