"""A record as a list item, whole: title behind what the section does not say, text, details each on a line, places. `formats.grammar` reads it back."""

from collections.abc import Iterator, Mapping, Sequence

from passdown.formats.base import Item, Material
from passdown.formats.grammar import PARAGRAPH
from passdown.formats.parts.wording import line, title
from passdown.formats.personal import masked
from passdown.model.record import KINDS, SEVERITY_MARKS, Record

LONG = 4_000  # characters of a title or detail; longer ones are cut, and `losses` tells
WORDS: Mapping[str, str] = {  # how details are called; a style may call some otherwise, in words that `grammar.LEADS` has
    "why": "Why", "alternative": "Alternative", "trade-off": "Trade-off", "approval": "Approved", "outcome": "Outcome", "instead": "Instead",
    "lesson": "Lesson", "validated": "Validated by", "spent": "Time spent", "before": "Before", "after": "After", "severity": "Severity",
    "category": "Category", "expires": "Expires",
    "state": "State", "percent": "Progress", "type": "Type", "priority": "Priority", "horizon": "When", "ticket": "Ticket", "stopped": "Stopped at",
    "next": "Next step", "impact": "Impact", "expected": "Expected", "mitigation": "Mitigation", "context": "Context", "answer": "Answer", "purpose": "Purpose",
    "cwd": "Run in", "as-of": "As of", "credentials": "Credentials (location only)", "link": "Link", "scope": "Scope"}


def entry(record: Record, material: Material, kind: str, *, given: Mapping[str, str] | None = None, words: Mapping[str, str] | None = None,
          lead: str = "", mark: str = "- ") -> Item:
    """The record as an item of a section.

    kind, given: what the section's lines are anyhow; what the record is otherwise, it says itself. words: other names of details.
    lead: a label of the style's own, as it is written (`**Approach**: `). mark: list mark, `1. ` and `- [ ] ` too.
    """
    known = given or {}
    named = lead or (f"**{record.kind.replace('-', ' ').capitalize()}:** " if record.kind != kind else "")
    severity = record.detail("severity")
    first = f"{SEVERITY_MARKS[severity]} {severity.upper()} - " if severity in SEVERITY_MARKS else ""
    names = {**WORDS, **(words or {})}
    lines = [f"{mark}{named}{first}{title(record, LONG)}", *text(record)]
    for field in KINDS[record.kind].fields:
        if known.get(field.name) != record.detail(field.name) and not (first and field.name == "severity"):
            lines += [f"{names[field.name]}: {line(value, LONG)}" for value in values(record, field.name)]
    lines += placed(record, material)
    return Item(record.id, "\n".join([lines[0], *(f"  {one}" for one in lines[1:])]))


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


__all__ = ["LONG", "WORDS", "each", "entry", "placed", "text", "values"]
