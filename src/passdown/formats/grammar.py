"""From the lines of a section back to records: what a document says, in words that the record model has. One grammar for all styles.

An item is a list entry, a table row or a paragraph. Its first line is the title, behind a label (`**Decision:**`), a severity (`🔴 CRITICAL -`), a check box,
a bracket (`[high]`) or a ticket; `Lead: value` lines below are details, `File:` lines places; all else is text. `vocabulary` has all styles' words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from passdown.formats import command_lines, headed
from passdown.formats.base import Found
from passdown.formats.dashes import apart, assigned, dashed_names
from passdown.formats.marked import SEPARATOR, Chunk, chunks, unmarked
from passdown.formats.outline import FENCE, HEADING
from passdown.formats.places import PLACE, only_places, places
from passdown.formats.quoting import BREAK as PARAGRAPH
from passdown.formats.quoting import bare
from passdown.formats.unsaid import empty, says_nothing
from passdown.formats.vocabulary import BRACKETS, COUNTED, FILES, GROUPS, IMPLIED, KIND_SCOPES, LABELS, LEAD, MARKS, OUTCOMES, PLAIN, SCOPES, detail_of
from passdown.formats.wrapped import titled, unwrapped
from passdown.model.anchor import Anchor
from passdown.model.ids import ID, derived_id
from passdown.model.record import KINDS, SEVERITY_MARKS, Detail, Record, Status, Trust

SEVERITY = re.compile(rf"^(?P<mark>{'|'.join(MARKS)})?\s*\**(?P<word>CRITICAL|IMPORTANT|HELPFUL)?\**\s*[-–—:]?\s*\**", re.IGNORECASE)
TAGS = re.compile(r"(?im)^[ \t]*(?:</?(?:load_if|section|document|metadata)\b[^>\n]*>[ \t]*)+$")  # on a line of their own they are no text
SEVERE = re.compile(rf"(?:{'|'.join(SEVERITY_MARKS.values())}) [A-Z]+ - ")  # as we write it
PARTED = re.compile(r"[-–—:*]\s+\**$")  # what makes of a word before a title a rank: `Critical: …`, not `Critical path …`
FILE_FIRST = re.compile(r"\**`(?P<path>[^`]+)`")
LAST_BAR = re.compile(r"(?<!\\)\|$")  # of a table row; `\|` is a bar in a cell
GROUP = re.compile(r"\s*\((?P<name>[a-z][a-z :]+)\)$")
BULLET = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[(?P<box>[ xX~-])\]\s+)?")
CHECKED = re.compile(r"^(?:✅|✓|☑️?|✔️?)\s*")
LABEL = re.compile(r"^\*\*(?P<name>[^*]{2,60}?):?\*\*:?\s*")
BRACKET = re.compile(r"^\[(?P<words>[^\]]{1,40})\]\s*")
NOTED_ON = re.compile(r"\[noted \d{4}-\d{2}-\d{2}\]\s*")  # when test data was written down, which is not when it was right
UNRANKED = "⚪ UNRANKED - "  # before knowledge of which nobody said how grave it is
AS_OF = re.compile(r"\[As of (\d{4}-\d{2}-\d{2})\]", re.IGNORECASE)
HALF_DONE = re.compile(r"\((?:[^()]*, )?(\d{1,3}) ?% (?:complete|done)\)$", re.IGNORECASE)
EXPECTED = re.compile(r"\b(?:expected|eta|due)\b:?(?: on| by)? (\d{4}-\d{2}-\d{2})", re.IGNORECASE)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
WHEN = re.compile(r"\d{4}-\d{2}-\d{2}(?: \((?P<kind>[a-z-]+)\))?(?:: |$)")  # how we begin the last cell of what is done
ENDED = re.compile(r"\((?:[^()]*\W)?(?:(?P<failed>abandoned|failed|rejected|reverted|dropped)|(?P<worked>kept|worked|works|chosen))\b[^()]*\)$", re.IGNORECASE)
LINKED = re.compile(r"`(?P<link>[^\s`]+)` – ")
PERCENT = re.compile(r"\s*\(Progress: (\d{1,3}) ?%\)$", re.IGNORECASE)
TICKET = re.compile(r"(?:`@(?P<path>[^`]+)` [-–—] |(?P<id>[A-Z][A-Z0-9]*-\d+|#\d+): )")


class Place(msgspec.Struct, frozen=True):
    """Where lines stand. kind: of lines that say no other one, "" for lines that become none unless they are ours. given: details for standing there.

    foreign: somebody else wrote them.
    """

    section: int
    kind: str = ""
    given: Mapping[str, str] = msgspec.field(default_factory=dict)
    archive: bool = False
    dashed: tuple[str, ...] = ()
    foreign: bool = False


def records(body: str, place: Place, first: int) -> Iterator[Found]:
    """The records of a section's body. first: number of its first line."""
    columns: tuple[str, ...] = ()
    here = place
    for one, following in pairwise([*headed.entries([*_joined([_plain(one) for one in chunks(body)])], place.kind), Chunk("")]):
        text = one.text.strip()
        row = text.startswith("|")
        if row and not one.key and SEPARATOR.match(following.text.strip()):
            columns = cells(text)
        elif not one.key and (HEADING.match(text) or introduces(text, following)):
            here = _scope(text, place)
        elif text and not SEPARATOR.match(text):
            yield from _found(one, place if one.key else here, first, columns if row else ())
        columns = columns if row else ()
        first += one.text.count("\n")


def _plain(one: Chunk) -> Chunk:
    """The chunk as if it were no quotation; its mark and its lines stay."""
    text = bare(one.text)
    return one if text is one.text else msgspec.structs.replace(one, text=text)


def _joined(found: Sequence[Chunk]) -> Iterator[Chunk]:
    """The chunks; empty lines, and list items that only say a detail of the one above them, are put to it."""
    held: Chunk | None = None
    for one in found:
        if held and one.blank:
            held = msgspec.structs.replace(held, text=held.text + one.text)
            continue
        if held and _continues(held, one):
            held = msgspec.structs.replace(held, text=f"{held.text}  {unmarked(one.text)}", intact=held.intact and (one.intact or not one.key))
            continue
        if held:
            yield held
        held = one
    if held:
        yield held


def _continues(above: Chunk, one: Chunk) -> bool:
    """Whether `- **Progress:** 40 %` stands right below `- **Active Task:** …`: a detail of it, in the same list."""
    first = above.text.partition("\n")[0]
    label = LABEL.match(BULLET.sub("", first, count=1))
    lead = LEAD.match(one.text) if BULLET.match(one.text) and "**" in one.text and not ID.fullmatch(one.key) else None
    kind = LABELS.get(label["name"].lower(), "") if label and BULLET.match(first) and not above.text.endswith("\n\n") else ""
    return lead is not None and bool(detail_of(kind, lead["name"].strip().lower()))


def introduces(text: str, following: Chunk) -> bool:
    """Whether a line only says what the list or table below it is."""
    return "\n" not in text and text.rstrip("*_ ").endswith(":") and not BULLET.match(text) and following.tight and not following.key


def untagged(text: str) -> str:
    return TAGS.sub("", text) if "<" in text else text


def _scope(text: str, place: Place) -> Place:
    """The place of what stands below a heading or an introduction that says more than its section does: `High priority`, `Expected next session:`."""
    said = next((details for words, details in SCOPES if words.search(text)), {})
    kind = next((kind for words, kind in KIND_SCOPES if place.kind and words.search(text)), place.kind)
    return msgspec.structs.replace(place, kind=kind, given={**place.given, **said}) if said or kind != place.kind else place


def _found(one: Chunk, place: Place, first: int, columns: tuple[str, ...]) -> Iterator[Found]:
    text = unmarked(one.text).rstrip() if one.key else untagged(one.text).strip("\n").rstrip()
    fenced = bool(FENCE.match(text))
    if fenced and place.kind == "command":
        yield from command_lines.fenced(one, place.section, place.given, first)
        return
    ours = bool(ID.fullmatch(one.key))
    if (one.key and not ours) or not (place.kind or ours) or (fenced and not ours) or not re.search(r"\w", text) or (not ours and says_nothing(text)):
        return
    here = place if ours else msgspec.structs.replace(place, foreign=True)
    said = [] if ours or "\n" in text else command_lines.listed(BULLET.sub("", text, count=1), place.kind)
    if said:
        here = msgspec.structs.replace(here, kind="command")
    for made in (record(line, here, one.key, columns) for line in said or (text,)):
        if made.text:
            yield Found(made, place.section, first, first + one.text.rstrip("\n").count("\n"), ours and not one.intact)


def record(text: str, place: Place, id_: str = "", columns: tuple[str, ...] = ()) -> Record:
    """One record from the lines of an item."""
    details: dict[str, Detail] = {}
    if text.startswith("|"):
        title, kind, rest = _row(text, place, columns, details)
    else:
        first, *rest = text.split("\n") if id_ else unwrapped(text.split("\n"))
        title, kind = _title(first, place, details)
        while not id_ and rest and not rest[0].strip():
            rest = rest[1:]
        if kind == place.kind == "command" and not id_:
            title, kind = command_lines.command(title, details)
    anchors: list[Anchor] = []
    said = _said_behind(title, kind, place, details, anchors)
    if not id_ and not said[0].startswith("“"):
        said[:1] = [part for n, part in enumerate(titled(said[0])) if part or not n]
    title = said[0]
    margin = _margin(rest, at_most=2 if id_ else 8)
    for line in rest:
        lead = LEAD.match(line)
        name = lead["name"].strip().lower() if lead else ""
        found = places(lead["value"]) if lead and name in FILES else []
        anchors += found
        if not (found and (id_ or only_places(lead["value"] if lead else ""))) and not (lead and _put(kind, details, name, lead["value"].strip())):
            plain = line[margin:]
            said.append("" if plain.strip() == PARAGRAPH else plain)
    status: Status = "archived" if place.archive else "resolved" if details.pop("status", "") == "resolved" else "active"
    quoted = title.startswith("“") and title.endswith("”")
    trust: Trust = "extracted" if quoted else "noted"
    words = "\n".join([title[1:-1] if quoted else title, *said[1:]]).strip()
    if kind == "blocker" and not id_ and (due := EXPECTED.search(words)):
        details.setdefault("expected", due[1])
    if kind == "resource" and not id_ and (named := FILE_FIRST.match(words)) and PLACE.fullmatch(named["path"]):
        details.setdefault("link", named["path"])
    details |= {k: v for k, v in place.given.items() if k not in details and any(f.name == k for f in KINDS[kind].fields)}
    return Record(id_ or derived_id("document", str(place.section), words), kind, words, status, trust, details=_valid(kind, details), anchors=tuple(anchors))


def _margin(lines: Sequence[str], at_most: int) -> int:
    """How far all of them are indented: two blanks in what we wrote, as the list mark wants it elsewhere."""
    widths = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
    found = min((*widths, at_most))
    return found if found >= 2 else 0


def _said_behind(title: str, kind: str, place: Place, details: dict[str, Detail], anchors: list[Anchor]) -> list[str]:
    """The title, and more text; what stands behind it with dashes between (`Section.dashed`) goes into details and anchors."""
    names = dashed_names(kind, place.dashed)
    if not names:
        return [title]
    title, pieces = apart(title, len(names))
    said = [title]
    for name, piece in zip(assigned(pieces, names), pieces, strict=True):
        if name == "file":
            anchors += places(piece)
        elif name == "text":
            said.append(piece)
        elif not empty(piece):
            details[name] = piece.strip("`") if name == "link" else piece
    return said


def cells(row: str) -> tuple[str, ...]:
    """The cells of a table row, bars in them unescaped."""
    return tuple(c.strip().replace("\\|", "|") for c in re.split(r"(?<!\\)\|", LAST_BAR.sub("", row.strip().removeprefix("|"))))


def _row(text: str, place: Place, columns: tuple[str, ...], details: dict[str, Detail]) -> tuple[str, str, list[str]]:
    """The title, the kind, and the other cells as lines, each with its column's name."""
    said = cells(text)
    kind = place.kind or "knowledge"
    if kind == "task" and not place.given:
        details["state"] = "done"
    names = [*columns, *[""] * len(said)]
    at = _column(names[: len(said)], kind)
    title, _ = _title(said[at], place, details)
    told = [(name, cell) for n, (name, cell) in enumerate(zip(names, said, strict=False)) if n != at and cell not in ("", "–", "-")]
    if not place.foreign and told and (when := WHEN.match(told[-1][1])):
        kind = when["kind"] or kind
        told[-1] = ("Why", told[-1][1][when.end():])
    return title, kind, [f"{name}: {cell}" if name and name.lower() not in PLAIN else cell for name, cell in told if cell]


def _column(names: Sequence[str], kind: str) -> int:
    """Which column says what a row is about: the one named after the kind, else the first that is no number or day."""
    named = [n for n, name in enumerate(names) if LABELS.get(name.strip("* ").lower()) == kind]
    return next(iter(named), next((n for n, name in enumerate(names) if name.strip("* ").lower() not in COUNTED), 0))


def _title(line: str, place: Place, details: dict[str, Detail]) -> tuple[str, str]:
    """The first line without list mark, label, severity and brackets; what these said goes into the details. And the kind."""
    kind = place.kind or "knowledge"
    bullet = BULLET.match(line)
    words = whole = line[bullet.end():] if bullet else line
    ticked = (bullet and (bullet["box"] or "").lower() == "x") or CHECKED.match(words)
    words = CHECKED.sub("", words)
    if kind == "task" and place.foreign and words.rstrip().endswith(("✓", "✅", "✔")):
        details["state"] = "done"
        words = words.rstrip(" ✓✅✔️")
    elif kind == "task" and place.foreign and (begun := HALF_DONE.search(words)):
        details |= {"state": "in progress", "percent": begun[1]}
    elif kind == "approach" and place.foreign and (ended := ENDED.search(words)):
        details["outcome"] = "failed" if ended["failed"] else "worked"
    if day := AS_OF.search(words):
        details["as-of"] = day[1]
        words = AS_OF.sub("", words).strip()
    elif kind == "test-data" and (noted := NOTED_ON.match(words)):
        words = words[noted.end():]
    if label := LABEL.match(words):
        name = label["name"].split(" (")[0].lower()
        if name == "resolved" or name in LABELS:
            details |= {"status": "resolved"} if name == "resolved" else IMPLIED.get(name, {})
            details |= {"percent": found[1]} if (found := re.search(r"\((\d{1,3}) ?%\)", label["name"])) else {}
            kind = LABELS.get(name, kind)
            words = words[label.end():]
        elif kind == "preference" and ":" in label[0]:
            details["scope"] = label["name"]
            words = words[label.end():]
    if ticked:  # whatever the label says
        details |= {"state": "done"} if kind == "task" else {"status": "resolved"} if kind in ("blocker", "issue", "question") else {}
    words = words.removeprefix(UNRANKED)
    severity = None if whole.startswith(UNRANKED) else SEVERITY.match(words)
    if severity and (severity["mark"] or (severity["word"] and (severity["word"].isupper() or PARTED.search(severity[0])))):
        details["severity"] = (severity["word"] or MARKS[severity["mark"]]).lower()
        own = None if place.foreign else SEVERE.match(words)
        words = words[own.end():] if own else words[severity.end():].replace("**", "")
    if (group := GROUP.search(words)) and kind in ("knowledge", *GROUPS.values()) and _is_group(group["name"]):
        kind = GROUPS.get(group["name"], kind)
        details |= {"outcome": OUTCOMES.get(group["name"], "")} if kind == "approach" else {"category": group["name"]} if kind == "knowledge" else {}
        words = words[: group.start()]
    if (bracket := BRACKET.match(words)) and kind == "task" and (said := bracket["words"].lower()) in BRACKETS:
        details |= BRACKETS[said]
        kind = "approach" if said == "not tried yet" else kind
        words = words[bracket.end():]
    if kind == "task" and (percent := PERCENT.search(words)):
        details["percent"] = percent[1]
        words = words[: percent.start()]
    if kind == "resource" and not place.foreign and (link := LINKED.match(words)):
        details["link"] = link["link"]
        words = words[link.end():]
    if kind == "task" and (ticket := TICKET.match(words)):
        details["ticket"] = ticket["path"] or ticket["id"]
        words = words[ticket.end():]
    return words.strip() or whole.strip(), kind


def _is_group(name: str) -> bool:
    return name in GROUPS or name in next(f.choices for f in KINDS["knowledge"].fields if f.name == "category")


def _put(kind: str, details: dict[str, Detail], lead: str, value: str) -> bool:
    """Whether a lead names a detail of this kind and the value is one that it takes: then it is put there, as one more where there may be several."""
    name = detail_of(kind, lead)
    if not name:
        return False
    field, before = next(f for f in KINDS[kind].fields if f.name == name), details.get(name)
    if name == "state" and before == "done":
        return True  # it was ticked off
    if empty(value):
        return True
    value = value.rstrip("% ") if name == "percent" else value
    if field.choices:
        value = value.lower().strip(" .*`✓✔✅✗✘❌")
        if value not in field.choices:
            return False
    elif before and not field.many:
        return False
    details[name] = (*(before if isinstance(before, tuple) else (before,) if before else ()), value) if field.many else value
    return True


def _valid(kind: str, details: Mapping[str, Detail]) -> dict[str, Detail]:
    """The details that the kind has, with values that it takes, in the table's order."""
    out: dict[str, Detail] = {}
    for field in KINDS[kind].fields:
        value = details.get(field.name)
        if value and (not field.choices or value in field.choices):
            out[field.name] = (value,) if field.many and isinstance(value, str) else value
    return out


__all__ = ["AS_OF", "DAY", "NOTED_ON", "PARAGRAPH", "TICKET", "UNRANKED", "Place", "cells", "places", "record", "records"]
