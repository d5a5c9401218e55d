"""A document's lines as rules need them: prose apart from code, headings, and entries: what it says, each with all that belongs to it."""

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from passdown.formats.base import Found
from passdown.formats.grammar import BULLET, LABEL
from passdown.formats.marked import MARK
from passdown.formats.outline import HEADING, name_of, words_of
from passdown.formats.vocabulary import LEAD, LEADS
from passdown.lint.words import says_nothing
from passdown.model.record import KINDS, Detail

JOINED = frozenset(("decision", "approach", "issue", "blocker", "risk"))  # kinds of which one entry often is a heading and what stands below it


class Heading(msgspec.Struct, frozen=True):
    """line: from 1. name: as `outline.name_of` gives it. title: as it is written, without the marks."""

    line: int
    level: int
    name: str
    title: str


class Entry(msgspec.Struct, frozen=True):
    """One thing that a document says. text: all its lines without our marks. listed: `-`, `1` or `|` for list entries and rows, "" for a paragraph.

    details: of the kind, from leads below it too. heading: the name of the nearest one above. section: its number, 0 where there is none.
    """

    kind: str
    title: str
    text: str
    first: int
    last: int
    section: int
    details: Mapping[str, Detail] = msgspec.field(default_factory=dict)
    listed: str = ""
    heading: str = ""
    key: str = ""
    status: str = "active"

    @property
    def is_open(self) -> bool:
        """Whether it is work that nobody has begun."""
        return self.kind == "task" and self.status == "active" and self.detail("state") in ("", "open") and not says_nothing(self.title)

    def detail(self, name: str) -> str:
        value = self.details.get(name, "")
        return value if isinstance(value, str) else ", ".join(value)


def front_lines(lines: Sequence[str]) -> int:
    """How many lines the front matter has, its fences included; 0 when there is none or it is never closed."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    return next((n for n, line in enumerate(lines[1:], 2) if line.rstrip() in ("---", "...")), 0)


def prose(lines: Sequence[str], fenced: Sequence[str], front: int) -> Iterator[tuple[int, str]]:
    """Number and text of each line outside fenced blocks, front matter and comments; our marks taken out."""
    comment = False
    for number, line in enumerate(lines, 1):
        if number <= front or fenced[number - 1]:
            continue
        text, comment = _without_comments(line, inside=comment)
        if text.strip():
            yield number, text


def without_code(said: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The same lines with what stands in code spans blanked out, also where a span goes on in the next line of its paragraph."""
    inside = False
    for at, (number, line) in enumerate(said):
        if "`" not in line and not inside:
            yield number, line
            continue
        pieces = re.split(r"`+", line)
        code = [inside != bool(n % 2) for n in range(len(pieces))]
        goes_on = code[-1] and at + 1 < len(said) and said[at + 1][0] == number + 1 and said[at + 1][1].count("`") % 2 == 1
        if code[-1] and not goes_on:
            code[-1] = False
        inside = goes_on
        yield number, "`".join("x" if hidden and piece else piece for piece, hidden in zip(pieces, code, strict=True))


def _without_comments(line: str, *, inside: bool) -> tuple[str, bool]:
    """The line without comments, and whether one goes on behind it."""
    if not inside and "<!--" not in line:
        return line, False
    out, at = [], 0
    while at < len(line):
        if inside:
            end = line.find("-->", at)
            inside, at = end < 0, len(line) if end < 0 else end + 3
        else:
            start = line.find("<!--", at)
            out.append(line[at: start if start >= 0 else len(line)])
            inside, at = start >= 0, len(line) if start < 0 else start + 4
    return "".join(out).rstrip(), inside


def headings(lines: Sequence[str], fenced: Sequence[str], front: int) -> Iterator[Heading]:
    """Headings outside fenced blocks, in order."""
    for number, line in enumerate(lines, 1):
        if number > front and line.startswith("#") and not fenced[number - 1] and (match := HEADING.match(line)):
            yield Heading(number, len(match[1]), name_of(line), MARK.sub("", words_of(match)).strip("* "))


def entries(lines: Sequence[str], found: Sequence[Found], heads: Sequence[Heading], sections: Mapping[int, int]) -> Iterator[Entry]:
    """What the document says, in order. A lead that stands apart belongs to the entry before it; what stands below a heading of its own may be one entry.

    sections: number of the section by the line of its heading.
    """
    group: list[Entry] = []
    above = -1
    for one, head in _placed(found, heads):
        entry = _entry(lines, one, head)
        if group and head is not None and head.line == above and _belongs(entry, group[0], head, sections):
            group.append(entry)
            continue
        yield from _merged(group)
        group, above = [_titled(entry, head, sections)], head.line if head else -1
    yield from _merged(group)


def _placed(found: Sequence[Found], heads: Sequence[Heading]) -> Iterator[tuple[Found, Heading | None]]:
    """Each with the nearest heading above it."""
    at = -1
    for one in found:
        while at + 1 < len(heads) and heads[at + 1].line <= one.first:
            at += 1
        yield one, heads[at] if at >= 0 else None


def _entry(lines: Sequence[str], one: Found, head: Heading | None) -> Entry:
    text = "\n".join(lines[one.first - 1: one.last])
    text = (MARK.sub("", text) if "<!--" in text else text).strip()
    bullet = BULLET.match(text)
    listed = "|" if text.startswith("|") else ("1" if text.lstrip()[:1].isdigit() else "-") if bullet else ""
    record = one.record
    return Entry(record.kind, record.title, text, one.first, one.last, one.section, record.details, listed, head.name if head else "", record.id,
                 record.status)


def _belongs(entry: Entry, first: Entry, head: Heading, sections: Mapping[int, int]) -> bool:
    """Whether an entry only tells more of the one before it."""
    if lead_of(entry.text)[0]:
        return True
    own = head.line not in sections and first.kind in JOINED  # a heading of its own, below that of the section
    return own and (not first.listed or bool(lead_of(first.text)[0])) and entry.kind == first.kind


def lead_of(text: str) -> tuple[str, str]:
    """Name and value of an entry that is nothing but a lead (`- **Rationale:** …`), two empty texts for another one."""
    line = BULLET.sub("", text.split("\n", 1)[0])
    match = LEAD.match(line)
    if match and match["name"].strip().lower() in LEADS:
        return match["name"].strip().lower(), match["value"]
    label = LABEL.match(line)
    if label and label["name"].strip().lower() in LEADS:
        return label["name"].strip().lower(), line[label.end():]
    return "", ""


def _titled(entry: Entry, head: Heading | None, sections: Mapping[int, int]) -> Entry:
    """The first entry below a heading of its own is called by it."""
    if head is None or head.line in sections or entry.kind not in JOINED or (entry.listed and not lead_of(entry.text)[0]):
        return entry
    return msgspec.structs.replace(entry, title=head.title, text=f"{head.title}\n{entry.text}")


def _merged(group: Sequence[Entry]) -> Iterator[Entry]:
    if not group:
        return
    first = group[0]
    details = dict(first.details)
    for one in group:
        details |= {k: v for k, v in one.details.items() if k not in details}
        name, value = lead_of(one.text)
        field = next((f.name for f in KINDS[first.kind].fields if f.name in LEADS.get(name, ())), "")
        if field and value.strip():
            details.setdefault(field, value.strip())
    yield msgspec.structs.replace(first, text="\n".join(e.text for e in group), last=group[-1].last, details=details)


__all__ = ["Entry", "Heading", "entries", "front_lines", "headings", "lead_of", "prose", "without_code"]
