"""A fenced block that is never closed: to Markdown all that follows it is code, so whatever is added to the document goes in front of it.

Reading is more generous (`outline.fences`): there a stray fence hides nothing. Source of the rules: CommonMark 0.31, section 4.5.
"""

from collections.abc import Sequence

from passdown.formats.marked import MARK, TIGHT
from passdown.formats.outline import FENCE, LINE


def apart(text: str) -> tuple[str, str]:
    """The text in front of a block that is never closed, or of the list item that holds it, and the rest; put together they are the text.

    The rest is "" where there is none, and where it holds lines of ours: those are brought up to date where they are.
    """
    lines = LINE.findall(text)
    opening = unclosed(lines)
    if opening is None:
        return text, ""
    at = _holding(lines, opening)
    if MARK.search("".join(lines[at:opening])):  # an item of ours, behind which it may have come by an update: it stands alone
        at = opening
    rest = "".join(lines[at:])
    return ("".join(lines[:at]), rest) if not MARK.search(rest) else (text, "")


def together(front: str, rest: str) -> str:
    """Both, with an empty line between."""
    missing = 2 - (len(front) - len(front.rstrip("\n"))) if front and rest else 0
    return front + "\n" * max(0, missing) + rest


def unclosed(lines: Sequence[str]) -> int | None:
    """The index of the line that opens a fenced block which goes to the end, None when there is none."""
    opening, fence = 0, ""
    for at, line in enumerate(lines):
        found = FENCE.match(line)
        if fence:
            fence = "" if line.strip().startswith(fence) and not line.strip().strip(fence[0]) else fence
        elif found and not (found[1][0] == "`" and "`" in line[found.end():]):  # else it is code within a line
            opening, fence = at, found[1]
    return opening if fence else None


def _holding(lines: Sequence[str], at: int) -> int:
    """The line where the outermost list item begins that holds a line; the line itself when none does."""
    indent = _indent(lines[at])
    for above in range(at - 1, -1, -1):
        if not indent:
            break
        if lines[above].strip() and _indent(lines[above]) < indent:
            if not TIGHT.match(lines[above].lstrip()):
                break
            at, indent = above, _indent(lines[above])
    return at


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


__all__ = ["apart", "together", "unclosed"]
