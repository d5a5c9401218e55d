"""A record as a list item, whole: title behind what the section does not say, text, details each on a line, places. `formats.grammar` reads it back."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from passdown.formats.base import Item, Material
from passdown.formats.dashes import assigned, dashed_names, joined
from passdown.formats.grammar import PARAGRAPH
from passdown.formats.parts.wording import line, title
from passdown.formats.personal import masked
from passdown.model.record import KINDS, SEVERITY_MARKS, Record

_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s")
LONG = 4_000  # characters of a title or detail; longer ones are cut, and `losses` tells
WORDS: Mapping[str, str] = {  # how details are called; a style may call some otherwise, in words that `vocabulary.LEADS` has
    "why": "Why", "alternative": "Alternative", "trade-off": "Trade-off", "until": "Waits until", "overrides": "Sets aside",
    "approval": "Approved", "outcome": "Outcome", "instead": "Instead",
    "lesson": "Lesson", "validated": "Validated by", "spent": "Time spent", "before": "Before", "after": "After", "severity": "Severity",
    "category": "Category", "expires": "Expires",
    "state": "State", "percent": "Progress", "type": "Type", "priority": "Priority", "horizon": "When", "ticket": "Ticket", "stopped": "Stopped at",
    "next": "Next step", "impact": "Impact", "expected": "Expected", "mitigation": "Mitigation", "context": "Context", "answer": "Answer", "purpose": "Purpose",
    "cwd": "Run in", "as-of": "As of", "credentials": "Credentials (location only)", "link": "Link", "scope": "Scope", "file": "File"}


def entry(record: Record, material: Material, kind: str, *, given: Mapping[str, str] | None = None, words: Mapping[str, str] | None = None,
          lead: str = "", mark: str = "- ", detail: str = "  {}: {}", dashed: Sequence[str] = ()) -> Item:
    """The record as an item of a section.

    kind, given: what the section's lines are anyhow; what the record is otherwise, it says itself. words: other names of details.
    lead: a label of the style's own, as it is written (`**Approach**: `). mark: list mark, `1. ` and `- [ ] ` too. detail: how the line of a detail is
    written, by its name and value. dashed: details that stand behind the title (`Section.dashed`).
    """
    known = given or {}
    named = lead or (f"**{record.kind.replace('-', ' ').capitalize()}:** " if record.kind != kind else "")
    severity = record.detail("severity")
    head, behind = headed(record, material, dashed)
    bold = head.startswith("**")  # a mark in front would hide where the title ends
    first = f"{SEVERITY_MARKS[severity]} {severity.upper()} - " if severity in SEVERITY_MARKS and not bold else ""
    names = {**WORDS, **(words or {})}
    said = {**known, **({"severity": severity} if first else {}), **{name: record.detail(name) for name in behind}}
    below, details = [f"  {one}" for one in text(record)], told(record, given=said, words=words, detail=detail)
    lines = [f"{mark}{named}{first}{head}", *(details + below if ends_in_list(record) else below + details)]
    lines += [detail.format(names["file"], one.removeprefix("File: ")) for one in placed(record, material) if "file" not in behind]
    return Item(record.id, "\n".join(lines))


def ends_in_list(record: Record) -> bool:
    """Whether its text is a list at its end: a detail below that would read as one of its items."""
    return bool(_ITEM.match(record.text.rstrip().rpartition("\n")[2]))


def told(record: Record, *, given: Mapping[str, str], words: Mapping[str, str] | None = None, detail: str = "  {}: {}") -> list[str]:
    """A line for each value of each detail, in the table's order, but for those that are said already (`given`)."""
    names = {**WORDS, **(words or {})}
    fields = [f.name for f in KINDS[record.kind].fields if given.get(f.name, "") != record.detail(f.name) and not overtaken(record, f.name)]
    return [detail.format(names[name], line(value, LONG)) for name in fields for value in values(record, name)]


def overtaken(record: Record, name: str) -> bool:
    """Whether a detail is what the record's status has put an end to: a task that is done is not open any more."""
    return name == "state" and record.status == "resolved" and record.detail(name) == "open"


def headed(record: Record, material: Material, dashed: Sequence[str]) -> tuple[str, Collection[str]]:
    """The title with what may stand behind it, and the names of what does; titles that would be taken apart stand bold."""
    words, names = title(record, LONG), dashed_names(record.kind, dashed)
    if not names:
        return words, ()
    places = [one.removeprefix("File: ") for one in placed(record, material)]
    said = {n: "".join(places) if n == "file" else line(record.detail(n), LONG) for n in names if n != "text"}
    told = {n: value for n, value in said.items() if value}
    together = joined(words, list(told.values()), len(names)) if assigned(list(told.values()), names) == list(told) else ""
    return (together, told) if together else (joined(words, [], len(names)) or words, ())


def text(record: Record) -> list[str]:
    """The lines of a record's text behind its title; an empty one as `PARAGRAPH`."""
    return [one.rstrip() or PARAGRAPH for one in masked(record.text).split("\n")[1:]]


def values(record: Record, name: str) -> Sequence[str]:
    value = record.details.get(name, ())
    return (value,) if isinstance(value, str) else value


def placed(record: Record, material: Material) -> list[str]:
    """`File: path:lines ✔; other.py:3 ~ changed …` of all its places."""
    told = [f"{a.place} {material.standing.get(a.place, '')}".rstrip().replace(";", ",") for a in record.anchors]
    return [f"File: {'; '.join(told)}"] if told else []


def each(material: Material, kind: str, *kinds: str, **given: str) -> Iterator[Item]:
    """The records of one or more kinds that hold, as items of a section of `kind`."""
    for record in material.records:
        if record.kind in (kinds or (kind,)):
            yield entry(record, material, kind, given=given)


__all__ = ["LONG", "WORDS", "each", "entry", "headed", "placed", "text", "told", "values"]
