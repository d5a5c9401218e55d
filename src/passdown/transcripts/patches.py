"""`apply_patch` texts (the V4A form of Codex and Copilot): `*** Begin Patch`, then `*** Update|Add|Delete File: path` sections."""

import re

from passdown.model.event import Patch
from passdown.transcripts.base import EDIT_CHARS, clip

BEGIN = "*** Begin Patch"
SECTION = re.compile(r"^\*\*\* (Update|Add|Delete) File: (.+?)[ \t\r]*$", re.MULTILINE)
MOVE = re.compile(r"^\*\*\* Move to: (.+?)[ \t\r]*$", re.MULTILINE)


def parse_patch(text: str) -> tuple[Patch, ...]:
    """One `Patch` a section, in order; () when the text holds none. A section that is cut short gives what is there."""
    starts = list(SECTION.finditer(text))
    ends = [m.start() for m in starts[1:]] + [len(text)]
    return tuple(_section(m[1], m[2], text[m.end() : end]) for m, end in zip(starts, ends, strict=False))


def _section(verb: str, path: str, body: str) -> Patch:
    if verb == "Delete":
        return Patch(path=path, action="delete")
    move = MOVE.search(body)
    removed, added = sides(body)
    if verb == "Add":
        return Patch(path=path, action="write", added=added)
    return Patch(path=path, action="move" if move else "edit", removed=removed, added=added, moved_to=move[1] if move else "")


def sides(diff: str) -> tuple[str, str]:
    """The removed and the added lines of a diff, each clipped to `EDIT_CHARS`."""
    lines = diff.split("\n")
    removed = "\n".join(line[1:] for line in lines if line.startswith("-") and not line.startswith("--- "))
    added = "\n".join(line[1:] for line in lines if line.startswith("+") and not line.startswith("+++ "))
    return clip(removed, EDIT_CHARS), clip(added, EDIT_CHARS)


def patched_paths(patches: tuple[Patch, ...]) -> tuple[str, ...]:
    """Every path that the patches touch, once each, in order; where a file moved, both its names."""
    return tuple(dict.fromkeys(p for patch in patches for p in (patch.path, patch.moved_to) if p))


__all__ = ["BEGIN", "parse_patch", "patched_paths", "sides"]
