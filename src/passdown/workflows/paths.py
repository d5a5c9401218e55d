"""Paths and globs that stay where they belong: below an item's folder, or below the repository."""

import re
from collections.abc import Callable, Sequence

_DRIVE = re.compile(r"[A-Za-z]:")
_ENDS = (".git", ".passdown")  # nothing is produced into these


def astray(path: str) -> str:
    """Why a path or glob may lead out of the folder it is meant for; "" when it does not."""
    if "\\" in path:
        return "write `/` between folders"
    if path.startswith(("/", "~")) or _DRIVE.match(path):
        return "it is absolute; write it relative to the item's folder"
    parts = path.split("/")
    if ".." in parts:
        return "`..` leads out of the item's folder"
    if any(part.lower() in _ENDS for part in parts):
        return f"nothing of a production lies in {' or '.join(_ENDS)}"
    return "a control character in it" if re.search(r"[\x00-\x1f\x7f]", path) else ""


def matches(path: str, pattern: str) -> bool:
    """Whether a path or glob is one that the pattern stands for, as far as can be told without looking: `*` within a name, `**` for any folders."""
    return _fits(path.split("/"), pattern.split("/"), "**", _named)


def _named(name: str, pattern: str) -> bool:
    return _fits(name, re.sub(r"\*+", "*", pattern), "*", lambda sign, one: one in (sign, "?"))


def _fits(found: Sequence[str], pattern: Sequence[str], many: str, one: Callable[[str, str], bool]) -> bool:
    """Whether the pattern stands for what was found; `many` in it for any number of them.

    All ways are gone at once, so that a pattern full of stars takes no longer than its length times that of what was found.
    """
    ends = _skipped({0}, pattern, many)
    for part in found:
        ends = _skipped({at if pattern[at] == many else at + 1 for at in ends if at < len(pattern) and (pattern[at] == many or one(part, pattern[at]))},
                        pattern, many)
    return len(pattern) in ends


def _skipped(ends: set[int], pattern: Sequence[str], many: str) -> set[int]:
    """Also behind what may stand for nothing."""
    found = set(ends)
    for at in sorted(ends):
        while at < len(pattern) and pattern[at] == many:
            at += 1
            found.add(at)
    return found


__all__ = ["astray", "matches"]
