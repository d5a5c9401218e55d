"""Dates: valid, not in the future, and not long before the last session."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from passdown.lint.base import DATED, Problem, Reading, Rule, World
from passdown.lint.fields import fields

DAY = re.compile(r"(?<![\d/-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
UPDATED = frozenset(("updated", "last updated", "date", "as of", "last modified", "date/time", "last update"))
STAMP = re.compile(r"\[UPDATED:\s*(\d{4}-\d{2}-\d{2})\]", re.IGNORECASE)
LOGS = ("decisions.md", "DECISIONS.md")
STALE = timedelta(days=2)


def parsed(text: str) -> date | None:
    match = DAY.search(text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def invalid(reading: Reading, _world: World) -> Iterator[Problem]:
    for number, line in reading.prose:
        for match in DAY.finditer(line) if "-" in line else ():
            if parsed(match[0]) is None and match[1] >= "1900" and match[1] < "2200":
                yield Problem(number, f"{match[0]} is no day of the calendar", "Correct the date.")


def future(reading: Reading, world: World) -> Iterator[Problem]:
    """Of dates on which something was written, not of those on which something is due."""
    today = parsed(world.today)
    for number, name, value in fields(reading):
        day = parsed(value)
        if name in UPDATED | {"created"} and day and today and day > today + timedelta(days=1):
            yield Problem(number, f"{name} is {day}, which has not come yet", "Correct the date.")


def stale(reading: Reading, world: World) -> Iterator[Problem]:
    """Of a document that is kept up to date: a session ended long after it was last written."""
    if not world.sessions or not reading.living:
        return
    said = [day for _, name, value in fields(reading) if name in UPDATED and (day := parsed(value))]
    said += [day for match in STAMP.finditer(reading.text) if (day := parsed(match[1]))]
    said = said or newest(reading, world)
    last = parsed(world.sessions[0].ended)
    if said and last and max(said) + STALE < last:
        since = sum(1 for s in world.sessions if (ended := parsed(s.ended)) and ended > max(said))
        yield Problem(0, f"it was last updated on {max(said)}; {since} session{'s' if since > 1 else ''} since then, the last on {last}",
                      "`passdown handoff` brings it up to date.")


def newest(reading: Reading, world: World) -> list[date]:
    """The latest day that a document without a date of its own names, of those that have come; a log of decisions changes with decisions alone."""
    if reading.layout is None or reading.layout.name.startswith("decisions") or reading.path.rsplit("/", 1)[-1] in LOGS:
        return []
    today = parsed(world.today)
    days = [day for match in DAY.finditer(reading.text) if (day := parsed(match[0])) and today and day <= today]
    return [max(days)] if days else []


def misdated(reading: Reading, _world: World) -> Iterator[Problem]:
    """Of a document with a day in its name: it cannot have been written, or last written, before that day."""
    in_name = DATED.search(reading.path.rsplit("/", 1)[-1])
    named = parsed(in_name[0]) if in_name else None
    said = [(number, name, day) for number, name, value in fields(reading) if name in UPDATED | {"created"} and (day := parsed(value))]
    if named and said and max(day for _, _, day in said) < named:
        number, name, day = max(said, key=lambda one: one[2])
        yield Problem(number, f"{name} is {day}, and the file is of {named} by its name", "Correct the one that is wrong.")


RULES = (
    Rule("date-invalid", "warning", "A date that no calendar has.", invalid, "A"),
    Rule("date-future", "warning", "The document says that it was written on a day that has not come.", future, "B"),
    Rule("date-misnamed", "warning", "The document says that it is older than the day in its name.", misdated, "B"),
    Rule("date-stale", "warning", "Sessions ended long after the document was last updated.", stale, "A, B, E"),
)

__all__ = ["RULES"]
