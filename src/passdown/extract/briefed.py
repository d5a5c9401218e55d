"""What the session was given by us: it is cut out of what was said, and what only repeats it is no evidence for it."""

import re
from collections.abc import Iterator

from passdown.hooks.said import GO_ON, HELD, HOLDS

FIRST = "passdown ·"  # a briefing's first line begins with it, see `briefing.render`
LAST = "before anything changes."  # and its last line ends so
CLOSING = f"The user expects to hear in two sentences where things stand and what comes first, {LAST}"
ABOVE = 12  # lines of ours between the first one and its fence

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_LEAD = " \t>"  # before a line that is quoted in Markdown
_OPENS = re.compile(r"(`{3,})\w*")


def without_briefings(text: str) -> str:
    """`text` with every briefing of ours blanked, so that all offsets stay."""
    if FIRST not in text:
        return text
    out, done = [], 0
    for start, end in _spans(text):
        out += [text[done:start], " " * (end - start)]
        done = end
    return "".join([*out, text[done:]])


def briefings(text: str) -> list[str]:
    """The briefings in a text."""
    return [text[start:end] for start, end in _spans(text)] if FIRST in text else []


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each begins and ends, without the last line's end."""
    found = [(m.start(), m[0].rstrip("\r\n").lstrip(_LEAD).rstrip()) for m in _LINE.finditer(text)]
    starts, lines = [start for start, _ in found], [line for _, line in found]
    at = 0
    while at < len(lines):
        if not lines[at].startswith(FIRST):
            at += 1
            continue
        begin, end = _bounds(lines, at)
        yield starts[begin], starts[end] + len(text[starts[end]:starts[end + 1] if end + 1 < len(starts) else len(text)].rstrip("\r\n"))
        at = end + 1


def _bounds(lines: list[str], at: int) -> tuple[int, int]:
    """First and last line of the briefing whose first line of ours is at `at`. A fence ends it, and no word within; without one its own last line does."""
    if at and (opened := _OPENS.fullmatch(lines[at - 1])) and (end := _closed(lines, at + 1, opened[1])):
        return at - 1, end
    if lines[at].startswith(HELD):
        return at, at
    fence = next((n for n in range(at + 1, min(len(lines), at + ABOVE)) if _OPENS.fullmatch(lines[n])), 0)
    if fence and (opened := _OPENS.fullmatch(lines[fence])) and (end := _closed(lines, fence + 1, opened[1])):
        return at, end + (end + 1 < len(lines) and lines[end + 1] in (GO_ON, HOLDS))
    return at, _plain_end(lines, at)


def _closed(lines: list[str], at: int, fence: str) -> int:
    """The line that ends a fence, 0 where none does."""
    return next((n for n in range(at, len(lines)) if lines[n].startswith(fence) and not lines[n].strip("`")), 0)


def _plain_end(lines: list[str], at: int) -> int:
    """The last line, two empty ones, or the text's end."""
    for n in range(at, len(lines)):
        if lines[n] == CLOSING or (lines[n].endswith(LAST) and not lines[n].startswith(("-", '"'))):
            return n
        if not lines[n] and n + 1 < len(lines) and not lines[n + 1]:
            return n - 1
    return len(lines) - 1


__all__ = ["briefings", "without_briefings"]
