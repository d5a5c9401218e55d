"""Fields as documents write them: `**Status:** in progress`, `Status: …`, a row of two cells."""

import re
from collections.abc import Iterator

from passdown.lint.base import Reading

FIELD = re.compile(
    r"^\s*(?:[-*+]\s+|>\s*)?(?:\*\*(?P<bold>[A-Za-z][\w /()-]{1,40}?):?\*\*\s*:?|(?P<bare>[A-Z][\w /()-]{1,30}?):)(?:\s+(?P<value>.*?))?\s*$")
ROW = re.compile(r"^\|\s*\**(?P<name>[A-Za-z][\w /-]{1,30}?):?\**\s*\|(?P<value>[^|]*)\|\s*$")
Field = tuple[int, str, str]  # line, name in lower case, value
HEAD = frozenset((
    "status", "created", "updated", "date", "branch", "project", "session id", "duration", "session thread", "progress", "next step", "active task",
    "git status", "build status", "test status", "last commit", "uncommitted changes", "remote sync", "handoff quality score", "confidence in continuity",
    "estimated context recovery time", "agent", "last updated", "current status"))


def labelled(line: str) -> tuple[str, str]:
    """Name (lower case) and value of a field; two empty texts for another line."""
    match = FIELD.match(line) if ":" in line else None
    if match is None:
        return "", ""
    return (match["bold"] or match["bare"]).strip().lower(), (match["value"] or "").strip()


def fields(reading: Reading) -> tuple[Field, ...]:
    """Each field, those of `**A:** x · **B:** y` and table rows of two cells too, in order."""
    kept = vars(reading)  # one rule after the other asks for them
    if "_fields" not in kept:
        kept["_fields"] = tuple(_fields(reading))
    found: tuple[Field, ...] = kept["_fields"]
    return found


def _fields(reading: Reading) -> Iterator[Field]:
    for number, line in reading.prose:
        row = ROW.match(line) if line.startswith("|") else None
        if row:
            yield number, row["name"].lower(), row["value"].strip()
            continue
        for part in re.split(r"\s+[·|]\s+(?=\*\*)", line) if "**" in line else (line,):
            name, value = labelled(part)
            if name:
                yield number, name, value.strip("`*_ ")


__all__ = ["HEAD", "Field", "fields", "labelled"]
