"""Paragraphs that somebody wrapped at a column, as the lines that were meant."""

import re
from collections.abc import Sequence
from itertools import pairwise

LEAST = 60  # a shorter line was ended on purpose
NEARLY = 0.9  # of the longest line
ENDS = (".", "!", "?", ":", ";")
LONG = 240  # characters; a longer title ends with its first sentence
SHORT = 40
_BEGINS = re.compile(r"\s*(?:[-*+]\s|\d{1,3}[.)]\s|\||```|~~~|#{1,6}\s|>|<br>$|[*_]{0,2}[A-Z][\w ()-]{1,29}[*_]{0,2}:[*_]{0,2}\s)")  # a line of its own
_INLINE = re.compile(
    r"(?<!\s)\s++(?=(?P<mark>\*{1,2}|_)(?:Rejected|Why|Rationale|Reason|Alternatives?(?: considered)?"
    r"|Impact|Mitigation|Root cause|Next)(?::(?P=mark)|(?P=mark):)\s)")
_SENTENCE = re.compile(r"(?:(?<=[^\W_]{4})|(?<=[)`*\"\d]))[.!?][*_`\")]*\s+(?=[*_`\"(]*[A-Z0-9])")


def unwrapped(lines: Sequence[str]) -> list[str]:
    """The lines, each with those that follow it only for want of room; an emphasised lead within a paragraph (`*Rejected:* …`) begins a line."""
    width = max(LEAST, max(map(len, lines), default=0) * NEARLY)
    out: list[str] = []
    before = ""  # the line above as it was written
    for line in lines:
        word = line.split(None, 1)[0] if line.strip() else ""
        goes_on = len(before) >= LEAST and not (word[:1].isupper() or before.rstrip().endswith(ENDS))
        full = goes_on or (len(before) >= SHORT and len(before) + 1 + len(word) > width)
        if out and word and full and not _BEGINS.match(line):
            out[-1] = f"{out[-1].rstrip()} {line.strip()}"
        else:
            out.append(line)
        before = line
    return [part for line in out for part in _parted(line)]


def _parted(line: str) -> list[str]:
    if "*" not in line and "_" not in line:
        return [line.rstrip()]
    first, *rest = [line[start:end].rstrip() for start, end in _spans(line)]
    return [first, *(f"    {one.strip()}" for one in rest)]


def _spans(line: str) -> list[tuple[int, int]]:
    return list(pairwise([0, *(found.start() for found in _INLINE.finditer(line)), len(line)]))


def titled(words: str) -> tuple[str, str]:
    """A title, and what follows its first sentences when it is long."""
    if len(words) <= LONG:
        return words, ""
    ends = [found.end() for found in _SENTENCE.finditer(words) if SHORT <= found.end() <= LONG]
    return (words[: ends[-1]].rstrip(), words[ends[-1]:]) if ends else (words, "")


__all__ = ["titled", "unwrapped"]
