"""From the lines of a section back to records: what a document says, in words that the record model has. One grammar for all styles.

An item is a list entry, a table row or a paragraph. Its first line is the title, behind a label (`**Decision:**`), a severity (`🔴 CRITICAL -`), a check box,
a bracket (`[high]`) or a ticket; `Lead: value` lines below are details, `File:` lines places; all else is text. `LEADS` and `LABELS` hold all styles' words.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

import msgspec

from passdown.formats.base import Found
from passdown.formats.marked import SEPARATOR, Chunk, chunks, unmarked
from passdown.formats.outline import FENCE, HEADING
from passdown.model.anchor import Anchor
from passdown.model.ids import ID, derived_id
from passdown.model.record import KINDS, SEVERITY_MARKS, Detail, Record, Status, Trust

PARAGRAPH = "<br>"  # an empty line within an item's text
LEADS: Mapping[str, tuple[str, ...]] = {  # what a lead may mean; the first that the kind has counts
    "why": ("why",), "why it works": ("why",), "why it worked": ("why",), "why it failed": ("why",), "root cause": ("why",), "cause": ("why",),
    "reason": ("why",), "reasoning": ("why",), "rationale": ("why",), "urgency": ("why",),
    "next step": ("next",), "next": ("next",), "action": ("next",), "to unblock": ("next",),
    "impact": ("impact",), "potential impact": ("impact",), "do": ("mitigation",), "mitigation": ("mitigation",), "workaround": ("mitigation",),
    "not": ("alternative",), "alternative": ("alternative",), "alternatives": ("alternative",), "alternatives considered": ("alternative",),
    "rejected": ("alternative",), "instead": ("instead",), "replaced by": ("instead",), "trade-off": ("trade-off",), "trade-offs": ("trade-off",),
    "tradeoff": ("trade-off",), "approved": ("approval",), "approval": ("approval",), "approved by": ("approval",), "outcome": ("outcome",),
    "result": ("outcome",),
    "expected": ("expected",), "expected resolution": ("expected",), "eta": ("expected",), "expires": ("expires",), "holds until": ("expires",),
    "stopped at": ("stopped",), "ticket": ("ticket",), "time lost": ("spent",), "time": ("spent",), "time spent": ("spent",), "spent": ("spent",),
    "lesson": ("lesson",), "lesson learned": ("lesson",), "lessons learned": ("lesson",), "validated": ("validated",), "validated by": ("validated",),
    "validation": ("validated",), "evidence": ("validated",), "before": ("before",), "after": ("after",), "it decides": ("context",), "context": ("context",),
    "answer": ("answer",), "when": ("horizon",), "horizon": ("horizon",), "credentials": ("credentials",), "credentials (location only)": ("credentials",),
    "credentials file": ("credentials",), "priority": ("priority",), "severity": ("severity",), "category": ("category",), "type": ("type",),
    "state": ("state",), "status": ("state",), "progress": ("percent",), "percent": ("percent",), "purpose": ("purpose",), "run in": ("cwd",),
    "link": ("link",), "url": ("link",), "scope": ("scope",), "as of": ("as-of",), "last outcome": ("outcome",)}
FILES = frozenset(("file", "files", "code location", "location", "code", "where", "files modified"))
PLAIN = frozenset(("key details", "details", "description", "notes", "note", "what", "purpose", "comment"))  # columns whose cells need no name
LABELS: Mapping[str, str] = {
    **{name.replace("-", " "): name for name in KINDS}, "blocked": "blocker", "pending": "blocker", "depends on": "blocker", "waiting for": "blocker",
    "waiting for the user": "question", "in progress": "task", "active task": "task", "todo": "task", "known problem": "issue", "bug": "issue",
    "gotcha": "knowledge", "warning": "risk", "failed": "approach", "worked": "approach", "not tried yet": "approach", "data flow": "knowledge"}
IMPLIED: Mapping[str, Mapping[str, str]] = {  # what a label says besides the kind
    "failed": {"outcome": "failed"}, "worked": {"outcome": "worked"}, "not tried yet": {"outcome": "untried"}, "in progress": {"state": "in progress"},
    "active task": {"state": "in progress"}, "gotcha": {"category": "gotcha"}, "data flow": {"category": "architecture"}}
GROUPS = {"decision": "decision", "known problem": "issue", "risk": "risk", "pattern: did not work": "approach", "pattern: worked": "approach",
          "pattern: tried": "approach"}
OUTCOMES = {"pattern: did not work": "failed", "pattern: worked": "worked"}
# 🔴🟡🟢 and the same three read as Windows-1252, as they arrive where UTF-8 was mis-decoded.
MARKS = {**{mark: name for name, mark in SEVERITY_MARKS.items()}, "ðŸ”´": "critical", "ðŸŸ¡": "important", "ðŸŸ¢": "helpful"}
SEVERITY = re.compile(rf"^(?P<mark>{'|'.join(MARKS)})?\s*\**(?P<word>CRITICAL|IMPORTANT|HELPFUL)?\**\s*[-–—:]?\s*\**", re.IGNORECASE)
GROUP = re.compile(r"\s*\((?P<name>[a-z][a-z :]+)\)$")
BULLET = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[(?P<box>[ xX~-])\]\s+)?")
CHECKED = re.compile(r"^(?:✅|✓|☑️?|✔️?)\s*")
LABEL = re.compile(r"^\*\*(?P<name>[^*]{2,60}?):?\*\*:?\s*")
BRACKET = re.compile(r"^\[(?P<words>[^\]]{1,40})\]\s*")
LEAD = re.compile(r"^\s*(?:[-*+]\s+)?\**(?P<name>[A-Za-z][A-Za-z ()-]{1,29})\**:\**\s+(?P<value>.+)$")
PLACE = re.compile(r"`?(?P<path>[\w./@+-]+\.\w+|[\w.@+-]+/[\w./@+-]+)(?::(?P<first>\d+)(?:-(?P<last>\d+))?)?(?:#(?P<symbol>[\w.-]+))?`?")
AS_OF = re.compile(r"\[As of (\d{4}-\d{2}-\d{2})\]", re.IGNORECASE)
NOTED = re.compile(r"\s+#\s(?:.*\s)?pd:([0-9a-z]{16})$")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
BRACKETS: Mapping[str, Mapping[str, str]] = {
    "high": {"priority": "high"}, "medium": {"priority": "medium"}, "low": {"priority": "low"}, "no priority": {}, "not tried yet": {"outcome": "untried"}}
TICKET = re.compile(r"(?:`@(?P<path>[^`]+)` [-–—] |(?P<id>[A-Z][A-Z0-9]*-\d+|#\d+): )")
GROUP_OF = {"set up": "set-up", "setup": "set-up", "install": "set-up", "run": "run", "verify": "verify", "test": "verify", "verify working": "verify"}


class Place(msgspec.Struct, frozen=True):
    """Where lines stand. kind: of lines that say no other one, "" for lines that become none unless they are ours. given: details for standing there."""

    section: int
    kind: str = ""
    given: Mapping[str, str] = msgspec.field(default_factory=dict)
    archive: bool = False


def records(body: str, place: Place, first: int) -> Iterator[Found]:
    """The records of a section's body. first: number of its first line."""
    columns: tuple[str, ...] = ()
    for one, following in pairwise([*chunks(body), Chunk("")]):
        text = one.text.strip()
        row = text.startswith("|")
        if row and not one.key and SEPARATOR.match(following.text.strip()):
            columns = cells(text)
        elif text and not HEADING.match(text) and not SEPARATOR.match(text):
            yield from _found(one, place, first, columns if row else ())
        columns = columns if row else ()
        first += one.text.count("\n")


def _found(one: Chunk, place: Place, first: int, columns: tuple[str, ...]) -> Iterator[Found]:
    text = unmarked(one.text).rstrip()
    fenced = bool(FENCE.match(text))
    if fenced and place.kind == "command":
        yield from commands(one, place, first)
        return
    ours = bool(ID.fullmatch(one.key))
    if (one.key and not ours) or not (place.kind or ours) or (fenced and not ours) or not re.search(r"\w", text):
        return
    made = record(text, place, one.key, columns)
    if made.text:
        yield Found(made, place.section, first, first + one.text.rstrip("\n").count("\n"), ours and not one.intact)


def commands(one: Chunk, place: Place, first: int) -> Iterator[Found]:
    """A command a line of a fenced block; the id stands in the comment of those that are records. Measured ones are the project's, not records."""
    purpose = ""
    for n, line in enumerate(one.text.split("\n")):
        comment = re.match(r"#\s*(.+)", line)
        if comment:
            purpose = GROUP_OF.get(comment[1].strip().lower(), purpose)
        noted = NOTED.search(line)
        if not line.strip() or comment or FENCE.match(line) or "<!--" in line or (one.key and not noted):
            continue
        text = NOTED.sub("", line).split("  #")[0].strip()
        id_ = noted[1] if noted and ID.fullmatch(noted[1]) else derived_id("document", str(place.section), text)
        details: dict[str, Detail] = {"purpose": purpose} if purpose else {}
        yield Found(Record(id_, "command", text, details=details), place.section, first + n, first + n)


def record(text: str, place: Place, id_: str = "", columns: tuple[str, ...] = ()) -> Record:
    """One record from the lines of an item."""
    details: dict[str, Detail] = {}
    if text.startswith("|"):
        title, kind, rest = _row(text, place, columns, details)
    else:
        first, *rest = text.split("\n")
        title, kind = _title(first, place, details)
    said, anchors = [title], []
    indented = all(line.startswith("  ") or not line.strip() for line in rest)
    for line in rest:
        lead = LEAD.match(line)
        name = lead["name"].strip().lower() if lead else ""
        found = places(lead["value"]) if lead and name in FILES else []
        anchors += found
        if not (found and (id_ or _only_places(lead["value"] if lead else ""))) and not (lead and _put(kind, details, name, lead["value"].strip())):
            plain = line.removeprefix("  ") if indented else line
            said.append("" if plain.strip() == PARAGRAPH else plain)
    status: Status = "archived" if place.archive else "resolved" if details.pop("status", "") == "resolved" else "active"
    trust: Trust = "extracted" if title.startswith("“") else "noted"
    words = "\n".join(said).strip()
    words = words.strip("“”") if "\n" not in words else words
    details |= {k: v for k, v in place.given.items() if k not in details and any(f.name == k for f in KINDS[kind].fields)}
    return Record(id_ or derived_id("document", str(place.section), words), kind, words, status, trust, details=_valid(kind, details), anchors=tuple(anchors))


def cells(row: str) -> tuple[str, ...]:
    """The cells of a table row, bars in them unescaped."""
    return tuple(c.strip().replace("\\|", "|") for c in re.split(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|")))


def _row(text: str, place: Place, columns: tuple[str, ...], details: dict[str, Detail]) -> tuple[str, str, list[str]]:
    """The title, the kind, and the other cells as lines, each with its column's name."""
    said = cells(text)
    kind = place.kind or "knowledge"
    if kind == "task" and not place.given:
        details["state"] = "done"
    title, _ = _title(said[0], place, details)
    names = [*columns[1:], *[""] * len(said)]
    told = [(name, cell) for name, cell in zip(names, said[1:], strict=False) if cell not in ("", "–", "-")]
    return title, kind, [f"{name}: {cell}" if name and name.lower() not in PLAIN else cell for name, cell in told]


def _title(line: str, place: Place, details: dict[str, Detail]) -> tuple[str, str]:
    """The first line without list mark, label, severity and brackets; what these said goes into the details. And the kind."""
    kind = place.kind or "knowledge"
    bullet = BULLET.match(line)
    words = line[bullet.end():] if bullet else line
    if (bullet and (bullet["box"] or "").lower() == "x") or CHECKED.match(words):
        details |= {"state": "done"} if kind == "task" else {"status": "resolved"} if kind in ("blocker", "issue", "question") else {}
        words = CHECKED.sub("", words)
    if day := AS_OF.search(words):
        details["as-of"] = day[1]
        words = AS_OF.sub("", words).strip()
    if label := LABEL.match(words):
        name = label["name"].split(" (")[0].lower()
        if name == "resolved" or name in LABELS:
            details |= {"status": "resolved"} if name == "resolved" else IMPLIED.get(name, {})
            details |= {"percent": found[1]} if (found := re.search(r"\((\d{1,3}) ?%\)", label["name"])) else {}
            kind = LABELS.get(name, kind)
            words = words[label.end():]
    severity = SEVERITY.match(words)
    if severity and (severity["mark"] or severity["word"]):
        details["severity"] = (severity["word"] or MARKS[severity["mark"]]).lower()
        words = words[severity.end():].replace("**", "")
    if (group := GROUP.search(words)) and kind in ("knowledge", *GROUPS.values()) and _is_group(group["name"]):
        kind = GROUPS.get(group["name"], kind)
        details |= {"outcome": OUTCOMES.get(group["name"], "")} if kind == "approach" else {"category": group["name"]} if kind == "knowledge" else {}
        words = words[: group.start()]
    if (bracket := BRACKET.match(words)) and not place.archive and kind == "task" and (said := bracket["words"].lower()) in BRACKETS:
        details |= BRACKETS[said]
        kind = "approach" if said == "not tried yet" else kind
        words = words[bracket.end():]
    if kind == "task" and (ticket := TICKET.match(words)):
        details["ticket"] = ticket["path"] or ticket["id"]
        words = words[ticket.end():]
    return words.strip(), kind


def _is_group(name: str) -> bool:
    return name in GROUPS or name in next(f.choices for f in KINDS["knowledge"].fields if f.name == "category")


def _put(kind: str, details: dict[str, Detail], lead: str, value: str) -> bool:
    """Whether a lead names a detail of this kind and the value is one that it takes: then it is put there, as one more where there may be several."""
    fields = {f.name: f for f in KINDS[kind].fields}
    name = next((n for n in LEADS.get(lead, ()) if n in fields), "")
    if not name:
        return False
    field, before = fields[name], details.get(name)
    if field.choices:
        value = value.lower().strip(" .*`")
        if value not in field.choices:
            return False
    elif before and not field.many:
        return False
    details[name] = (*(before if isinstance(before, tuple) else (before,) if before else ()), value) if field.many else value
    return True


def _only_places(value: str) -> bool:
    """Whether a `File:` line says nothing but places."""
    return all(PLACE.fullmatch(part.strip()) for part in re.split(r"[;,]\s*", value))


def places(text: str) -> list[Anchor]:
    """`path:12-20; other.py` as anchors, without what they held."""
    found = [m for part in re.split(r"[;,]\s*", text) if (m := PLACE.match(part.strip()))]
    return [Anchor(m["path"], int(m["first"] or 0), int(m["last"] or m["first"] or 0), m["symbol"] or "") for m in found]


def _valid(kind: str, details: Mapping[str, Detail]) -> dict[str, Detail]:
    """The details that the kind has, with values that it takes, in the table's order."""
    out: dict[str, Detail] = {}
    for field in KINDS[kind].fields:
        value = details.get(field.name)
        if value and (not field.choices or value in field.choices):
            out[field.name] = (value,) if field.many and isinstance(value, str) else value
    return out


__all__ = ["AS_OF", "DAY", "LEADS", "MARKS", "NOTED", "PARAGRAPH", "Place", "cells", "commands", "places", "record", "records"]
