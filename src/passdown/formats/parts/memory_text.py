"""Reading a memory document: its sections as every style's, and the entries of YAML blocks, in which such documents keep state, gates and rosters."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from passdown.formats import sectioned
from passdown.formats.base import Found, Layout, Section
from passdown.formats.marked import chunks
from passdown.formats.yaml_entries import entries, is_yaml
from passdown.model.ids import derived_id
from passdown.model.record import KINDS, Record

_STATES = (("done", re.compile(r"\b(?:completed|done|finished)\b|✅", re.IGNORECASE)),
           ("in progress", re.compile(r"\b(?:in progress|ongoing|running)\b|🔄", re.IGNORECASE)))
_FOOTER = re.compile(r"(?:\*[^*\n]+\*\s*)+")  # `*Domain Context v1.0 | Token Usage: 3.9K*`
_ENDED = re.compile(r"\b(?:ok|pass\w*|fail\w*|exit\w*|error\w*|\d+)\b|[✅✓✗❌]", re.IGNORECASE)


def read(layout: Layout, text: str) -> tuple[Found, ...]:
    """All that the document says, in the order of its lines. layout: one without `read`."""
    said = (replace(one, record=_described(one.record)) for one in sectioned.parse(layout, text) if not _FOOTER.fullmatch(one.record.text))
    return tuple(sorted([*said, *_fenced(layout, text)], key=lambda one: one.first))


def _described(record: Record) -> Record:
    """A command of a list, with what stands behind it as text where that tells what it does and not how it ended."""
    told = record.detail("outcome")
    if record.kind != "command" or not told or _ENDED.search(told) or not record.id.startswith("x"):
        return record
    return replace(record, text=f"{record.text}\n{told}", details={k: v for k, v in record.details.items() if k != "outcome"})


def _fenced(layout: Layout, text: str) -> Iterator[Found]:
    sections = {s.number: s for s in layout.sections if s.kind not in ("", "command")}
    first = 1
    for part in sectioned.cut(layout, text, again=True):
        first += part.heading.count("\n")
        for one in chunks(part.body):
            section = None if one.key else sections.get(part.number)
            if section and is_yaml(one.text):
                for n, key, value in entries(one.text):
                    yield Found(_record(section, key, value), section.number, first + n, first + n)
            first += one.text.count("\n")


def _record(section: Section, key: str, value: str) -> Record:
    """`key: value`, as it was written. Among tasks it is one when the value says how far it is, else something to know."""
    words = f"{key}: {value}" if key else value
    state = next((name for name, pattern in _STATES if pattern.search(value)), "") if section.kind == "task" else ""
    kind = "knowledge" if section.kind == "task" and not state else section.kind
    given = {**section.given, **({"state": state} if state else {})}
    fields = {f.name for f in KINDS[kind].fields}
    return Record(derived_id("document", str(section.number), words), kind, words, details={k: v for k, v in given.items() if k in fields})


__all__ = ["read"]
