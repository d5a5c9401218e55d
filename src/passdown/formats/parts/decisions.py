"""Decisions numbered in one file: `## Decision 7: …` with status and the record below, in the numbering and heading style that the file has already.

Existing numbers and entries stay as they are; a new decision gets the next number. Of one that is superseded only the status changes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType

import msgspec
from msgspec.structs import replace

from passdown.formats import grammar
from passdown.formats.base import Found, Item, Layout, Make, Material, Section
from passdown.formats.marked import Chunk, chunks, keys, owner, rewritten, unmarked
from passdown.formats.outline import HEADING, names_of, words_of
from passdown.formats.parts import decision_lines, decision_text
from passdown.formats.parts.entry import entry
from passdown.formats.parts.wording import OTHER, harmless, line
from passdown.loading.decisions import Entry, entries
from passdown.loading.markdown import Markdown
from passdown.model.ids import ID
from passdown.model.record import Record

STATUS = ".status"  # behind a record's id: the key of its status line
TITLE = 100  # characters of a title in a heading; the entry below says all of it
HABIT = re.compile(r"^(?P<before>\W*(?:(?P<word>[A-Za-z][\w-]*?)\s*[-#]?\s*)?)(?P<number>\d{1,4})(?P<after>[\s:.)–—-]+)", re.IGNORECASE)
STATUS_LINE = re.compile(r"^(?P<lead>\s*(?:[-*+]\s+)?(?:\*\*|__)?status(?:\*\*|__)?:(?:\*\*|__)?\s*)(?P<value>\S.*?)?(?P<end>\s*)$", re.IGNORECASE)


class Habit(msgspec.Struct, frozen=True):
    """How a file names its decisions: what stands before and behind the number, and with how many digits. last: the highest number."""

    before: str = "Decision "
    after: str = ": "
    digits: int = 1
    last: int = 0

    def name(self, number: int, title: str) -> str:
        return f"{self.before}{number:0{self.digits}}{self.after}{line(harmless(title, OTHER), TITLE)}"

    def short(self, number: int) -> str:
        """`Decision 7`, as other entries refer to it."""
        return f"{self.before if any(map(str.isalpha, self.before)) else 'Decision '}{number:0{self.digits}}"


class Numbered(msgspec.Struct, frozen=True):
    """An entry of a log. heading: its words without `#`. id: of the record whose mark it carries, "" for somebody else's. number: "" without one."""

    heading: str
    entry: Entry
    id: str = ""

    @property
    def number(self) -> str:
        return self.entry.number


def numbered(text: str) -> list[Numbered]:
    """The entries of a log that are sections, in order; those below another entry are a part of it."""
    page = Markdown(text)
    found = [(e, h) for e in entries(page) if (h := HEADING.match(page.lines[e.first - 1]))]
    levels = [len(h[1]) for _, h in found]
    return [Numbered(words_of(h), e, _id_in(e.body)) for (e, h), level in zip(found, levels, strict=True) if level == min(levels)]


def _id_in(body: str) -> str:
    return next((c.key for c in chunks(body) if ID.fullmatch(c.key)), "")


def habit(there: Sequence[Numbered]) -> Habit:
    """The habit of the last entry that has a number; `Decision 1: …` where there is none."""
    found = [m for one in there if (m := HABIT.match(one.heading)) and one.number.isdecimal()]
    if not found:
        return Habit()
    before, after = found[-1]["before"].removesuffix("["), found[-1]["after"]
    return Habit(before, after, len(found[-1]["number"]), max(int(m["number"]) for m in found))


def superseding(material: Material) -> dict[str, Record]:
    """By the id of a record that no longer holds, the one that took its place."""
    return {old: record for record in material.records for old in record.supersedes}


def log(name: str, glob: str, existing: str, material: Material) -> Layout:
    """How a log is written that has this text now: a section for each entry of it, and one for each decision that it does not have yet, the oldest first."""
    there = numbered(existing)
    if not there and decision_lines.habit(existing):
        return decision_lines.layout(replace(LOG, name=name, glob=glob), existing)
    headings = [one.heading for one in there]
    fresh, how = _fresh(there, existing, material), habit(there)
    names = _called(there, fresh)
    makes = [_kept(one, names) if one.id else _foreign for one in there]
    taken = {name for heading in headings for name in names_of(f"# {heading}")}
    for number, record in enumerate(fresh, how.last + 1):
        heading = how.name(number, record.title)
        if taken & set(names_of(f"# {heading}")):  # two of one title, told apart by a number that a heading's name does not hold
            heading = Habit().name(number, record.title)
        taken |= set(names_of(f"# {heading}"))
        headings.append(heading)
        makes.append(_new(record.id))
    sections = tuple(Section(n, heading, make, 40, kind="decision", optional=True) for n, (heading, make) in enumerate(zip(headings, makes, strict=True), 1))
    return Layout(name, glob, title, sections or LOG.sections, max(1, len(sections)) * 40, read=read,
                  prepare=partial(restated, names=names), signs=LOG.signs)


def _fresh(there: Sequence[Numbered], existing: str, material: Material) -> list[Record]:
    """The decisions that a log does not have yet, the oldest first."""
    said = {one.id for one in there} | keys(existing) | {_read(one).id for one in there}
    return sorted((r for r in material.records if r.kind == "decision" and r.id not in said), key=lambda r: (r.created, r.id))


def called(existing: str, material: Material) -> dict[str, str]:
    """What each decision is called in the log that has this text now, by its record's id: `Decision 7`, new ones by the numbers that they get."""
    there = numbered(existing)
    if not there and decision_lines.habit(existing):
        return decision_lines.numbered(decision_lines.updated(existing, material, existing))
    return _called(there, _fresh(there, existing, material))


def _called(there: Sequence[Numbered], fresh: Sequence[Record]) -> dict[str, str]:
    how = habit(there)
    return {one.id: _short(one) for one in there if one.id} | {r.id: how.short(n) for n, r in enumerate(fresh, how.last + 1)}


def _short(one: Numbered) -> str:
    """What an entry is called elsewhere: `Decision 7`."""
    found = HABIT.match(one.heading)
    return f"{found['before'] if found['word'] else 'Decision '}{found['number']}".strip("[ ") if found else f"“{harmless(one.entry.title, OTHER)}”"


def title(material: Material) -> str:
    del material
    return "# Decisions\n"


def _foreign(material: Material) -> Iterator[Item]:
    """Somebody else's entry stays as it is."""
    del material
    yield from ()


def superseded_by(newer: Record, names: Mapping[str, str]) -> str:
    """The status of what a newer decision took the place of."""
    by = names.get(newer.id) or f"“{line(harmless(newer.title, OTHER), TITLE)}”"
    return f"superseded by {by}, {day(newer)}".rstrip(", ")


def _kept(one: Numbered, names: Mapping[str, str]) -> Make:
    """An entry of ours: the record as it is now, or as the file says it when it no longer holds."""
    def make(material: Material) -> Iterator[Item]:
        record = next((r for r in material.records if r.id == one.id), None)
        if record:
            yield from items(record, material)
        elif one.id not in material.withheld:
            newer = superseding(material).get(one.id)
            for chunk in chunks(one.entry.body):
                if newer and chunk.key == one.id + STATUS:
                    yield status_item(one.id, superseded_by(newer, names))
                elif chunk.key:
                    yield Item(chunk.key, unmarked(chunk.text).rstrip())
    return make


def _new(id_: str) -> Make:
    def make(material: Material) -> Iterator[Item]:
        for record in material.records:
            if record.id == id_:
                yield from items(record, material)
    return make


def items(record: Record, material: Material) -> Iterator[Item]:
    """Status and the record whole, below a heading that names it."""
    yield status_item(record.id, f"accepted, {day(record)}" if day(record) else "accepted")
    yield entry(record, material, "decision", lead="**Decision:** ")


def status_item(id_: str, words: str) -> Item:
    return Item(id_ + STATUS, f"- **Status:** {words}")


def day(record: Record) -> str:
    return (record.created or record.updated)[:10]


def restated(text: str, material: Material, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """The log with the status of others' entries that were superseded since; all else stays. Entries of what is withheld go, unless somebody rewrote them."""
    page = Markdown(text)
    newer = superseding(material)
    for one in reversed(numbered(text)):
        first, last = one.entry.first, one.entry.last
        if one.id in material.withheld and one.id not in map(owner, rewritten(page.part(first, last))):
            page = Markdown("".join([page.part(1, first - 1), "\n" * (first > 1), page.part(last + 1, len(page.lines)).lstrip("\n")]))
        elif not one.id and not one.entry.gone and (by := newer.get(_read(one).id)):
            told = _with_status(page.lines[first - 1: last], superseded_by(by, names))
            page = Markdown("\n".join([*page.lines[: first - 1], *told, *page.lines[last:]]))
    return page.text


def _with_status(lines: Sequence[str], status: str) -> list[str]:
    """An entry's lines with this status in place of the one that it has, below its heading where it has none."""
    for n, one in enumerate(lines):
        if found := STATUS_LINE.match(one):
            return [*lines[:n], f"{found['lead']}{status}{found['end']}", *lines[n + 1:]]
    return [lines[0], "", f"**Status:** {status}", *lines[1:]]


def read(text: str) -> tuple[Found, ...]:
    """Every decision of a log, ours by their marks, in order; entries in sections, list items or table rows."""
    page = Markdown(text)
    sections = numbered(text)
    others = [] if sections else [Numbered("", e) for e in entries(page)]
    lines = {} if sections else decision_lines.marked(text)
    found: list[Found] = []
    for n, one in enumerate(sections or others, 1):
        if mine := lines.get(one.entry.first):
            last = one.entry.first + mine.text.rstrip("\n").count("\n")
            found.append(Found(decision_lines.record(mine, text, n), n, one.entry.first, last, not mine.intact))
            continue
        ours = [c for c in chunks(one.entry.body) if c.key == one.id] if one.id else []
        record = _ours(ours[0], one, n) if ours else _read(one, text)
        found.append(Found(record, n, one.entry.first, one.entry.last, any(not c.intact for c in ours)))
    return tuple(found)


def _ours(said: Chunk, one: Numbered, section: int) -> Record:
    record = grammar.record(unmarked(said.text).rstrip(), grammar.Place(section, "decision"), one.id)
    status = next((c.text for c in chunks(one.entry.body) if c.key == one.id + STATUS), "")
    return replace(record, status=decision_text.state(status))


def _read(one: Numbered, text: str = "") -> Record:
    """Somebody else's entry. text: the log, for what the columns of a table say."""
    first, _, rest = one.entry.body.partition("\n")
    if one.heading:
        return decision_text.read(one.entry.title, rest, "decisions")
    if first.lstrip().startswith("|"):
        return decision_text.read(one.entry.title, decision_lines.labelled(text, first), "decisions")
    return decision_text.read(one.entry.title, "Decision: " + first.split("**")[-1].lstrip(" :–—-") + "\n" + rest, "decisions")


LOG = Layout(
    "decisions/log", "docs/decisions.md", title, (Section(1, "Decisions", _foreign, 40, ("decision log", "architecture decisions"), kind="decision"),),
    read=read, prepare=restated, signs=(
        r"(?mi)^#{2,4} \W*(?:decision|adr|d)[ -]?#?\d{1,4}\b",
        (r"(?msi)\A(?:---\n.*?^---\n)?\s*# (?:\w+ )?decisions?(?: log| record)?s?\s*$", r"(?m)^(?:\|[-| :]+\|$|[-*] \*\*)")))

__all__ = ["LOG", "Habit", "Numbered", "called", "habit", "items", "log", "numbered", "read", "restated", "superseding"]
