"""When a document says that it was written, and which of its lines were not read."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from passdown.formats.base import Found, Layout
from passdown.formats.document import unified
from passdown.formats.marked import SEPARATOR, chunks, unmarked
from passdown.formats.outline import HEADING
from passdown.formats.sectioned import cut

HEAD_LINES = 60  # of a document, in which its own dates stand
MADE = ("created", "started", "date", "session date")
CHANGED = ("last updated", "updated", "last modified", "modified")
_DATED = re.compile(
    r"(?i)^[\s>|*_-]*(?P<name>[a-z ]{4,14}?)[*_]*\s*[:|][*_]*\s*[`'\"]?"
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2})?)\s*(?P<zone>Z|UTC|[+-]\d{2}:\d{2})?)?")


def dates(text: str) -> tuple[str, str]:
    """When the document says it was created, and last updated: UTC ISO, "" where it does not say. A day alone is its first moment."""
    said: dict[str, str] = {}
    for line in text.split("\n", HEAD_LINES)[:HEAD_LINES]:
        if found := _DATED.match(line):
            said.setdefault(found["name"].strip().lower(), _iso(found["day"], found["time"] or "00:00", found["zone"] or ""))
    made, changed = (next((said[name] for name in names if said.get(name)), "") for names in (MADE, CHANGED))
    return made or changed, changed or made


def _iso(day: str, time: str, zone: str) -> str:
    try:
        at = datetime.fromisoformat(f"{day}T{time}{zone if zone[:1] in '+-' else ''}")
        at = at.astimezone(UTC) if at.tzinfo else at
    except (ValueError, OverflowError):  # no such day, or in UTC one before the first year
        return ""
    return at.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def unread(layout: Layout, text: str, found: Sequence[Found]) -> Iterator[tuple[int, str]]:
    """(line, from 1; its text) of each item below a heading that became no record and is not ours."""
    read = {n for f in found for n in range(f.first, f.last + 1)}
    first = 1
    for part in cut(layout, unified(text)):
        at = first + part.heading.count("\n")
        for one in chunks(part.body) if part.heading else ():
            line = unmarked(one.text).strip().split("\n", 1)[0]
            if not (one.blank or one.key or at in read or HEADING.match(line) or SEPARATOR.match(line)) and re.search(r"\w", line):
                yield at, line
            at += one.text.count("\n")
        first += part.text.count("\n")


__all__ = ["dates", "unread"]
