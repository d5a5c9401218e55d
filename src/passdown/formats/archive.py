"""The archive at the end of a document: what became obsolete, below a heading with its day, until it is two weeks old."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from passdown.formats.base import Item
from passdown.formats.marked import Chunk, chunk, chunks, unmarked
from passdown.formats.outline import HEADING

DAYS = 14
DAY = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")


def archived(body: str, obsolete: Sequence[tuple[str, Chunk]], today: str) -> str:
    """The archive with what became obsolete today: (name of its section, chunk). The newest day comes first."""
    if not obsolete:
        return body
    new: list[str] = []
    for name in dict.fromkeys(name for name, _ in obsolete):
        said = "".join(as_entry(one) for of, one in obsolete if of == name)
        new.append(f"\n### [{today}] {name}\n\n{said}")
    rest = body.lstrip("\n")
    return _said(chunks("".join(new) + ("\n" + rest if rest else "")))


def as_entry(one: Chunk) -> str:
    """A chunk as it stood; a table row becomes a list item, since its table stays behind, sealed anew unless somebody had rewritten it."""
    if not one.text.startswith("|"):
        return one.text.rstrip("\r\n") + "\n"
    row = unmarked(one.text) if one.intact else one.text
    cells = [c.strip() for c in re.split(r"(?<!\\)\|", row.strip().strip("|"))]
    entry = "- " + " · ".join(c for c in cells if c)
    return chunk(Item(one.key, entry)).text if one.intact else entry + "\n"


def kept(body: str, today: str, alive: frozenset[str]) -> tuple[str, int]:
    """The archive without entries older than two weeks and without those that are said above again, unless somebody rewrote them; how many were too old.

    An entry has the day in its own first line or of the heading above it, the later one of both. What has no day stays: nobody can tell its age.
    """
    out: list[Chunk] = []
    day, expired = "", 0
    for one in chunks(body):
        heading = _is_heading(one)
        if heading:
            day = _day(one.text)
        old = _is_old(day if heading else max(_day(_first_line(one)), day), today)
        if one.blank or heading or not (old or (one.key in alive and one.intact)):
            out.append(one)
        else:
            expired += old
    return _said(out), expired


def _is_heading(one: Chunk) -> bool:
    return HEADING.match(one.text.partition("\n")[0].rstrip("\r")) is not None


def _first_line(one: Chunk) -> str:
    """The first line without its mark, when it begins with a date: dates further in are part of what is said."""
    line = unmarked(one.text).split("\n", 1)[0].lstrip("-*+ [(")
    return line[:10]


def _said(found: Sequence[Chunk]) -> str:
    return "".join(c.text for c in _without_empty(found))


def _without_empty(found: Sequence[Chunk]) -> Iterable[Chunk]:
    """Without dated headings below which nothing is left, and without the empty lines that they leave."""
    out: list[Chunk] = []
    for n, one in enumerate(found):
        following = next((c for c in found[n + 1:] if not c.blank), None)
        if _is_heading(one) and _day(one.text) and (following is None or _is_heading(following)):
            continue
        if not (one.blank and out and out[-1].blank):
            out.append(one)
    return out if any(not c.blank for c in out) else []


def _day(text: str) -> str:
    found = DAY.search(text)
    return found[1] if found else ""


def _is_old(day: str, today: str) -> bool:
    try:
        return date.fromisoformat(today) - date.fromisoformat(day) > timedelta(days=DAYS)
    except ValueError:
        return False


__all__ = ["DAYS", "archived", "kept"]
