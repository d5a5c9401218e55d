"""From the lines of a section back to records: what a document says, in words that the record model has."""

import re
from collections.abc import Iterator

from passdown.formats.base import Found
from passdown.formats.marked import SEPARATOR, Chunk, chunks, unmarked
from passdown.formats.outline import FENCE, HEADING
from passdown.model.anchor import Anchor
from passdown.model.ids import ID, derived_id
from passdown.model.record import KINDS, SEVERITY_MARKS, Detail, Record, Status, Trust

ARCHIVE = 14
COMPLETED, IN_PROGRESS, TEST_DATA, QUICK_START = 3, 4, 7, 8
LEADS = {
    "why": "why", "next step": "next", "next": "next", "impact": "impact", "do": "mitigation", "mitigation": "mitigation", "not": "alternative",
    "instead": "instead", "expected": "expected", "expires": "expires", "holds until": "expires", "stopped at": "stopped", "ticket": "ticket",
    "time lost": "spent", "time": "spent", "before": "before", "after": "after", "it decides": "context", "when": "horizon",
    "credentials": "credentials", "credentials (location only)": "credentials", "credentials file": "credentials"}
LABELS = {"blocked": "blocker", "blocker": "blocker", "waiting for the user": "question", "in progress": "task"}
GROUPS = {"decision": "decision", "known problem": "issue", "risk": "risk", "pattern: did not work": "approach", "pattern: worked": "approach",
          "pattern: tried": "approach"}
OUTCOMES = {"pattern: did not work": "failed", "pattern: worked": "worked"}
# 🔴🟡🟢 and the same three read as Windows-1252, as they arrive where UTF-8 was mis-decoded.
MARKS = {**{mark: name for name, mark in SEVERITY_MARKS.items()}, "ðŸ”´": "critical", "ðŸŸ¡": "important", "ðŸŸ¢": "helpful"}
SEVERITY = re.compile(rf"^(?P<mark>{'|'.join(MARKS)})?\s*\**(?P<word>CRITICAL|IMPORTANT|HELPFUL)?\**\s*[-–—:]?\s*\**", re.IGNORECASE)
GROUP = re.compile(r"\s*\((?P<name>[a-z][a-z :]+)\)$")
BULLET = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?")
LABEL = re.compile(r"^\*\*(?P<name>[^*]{2,60}?):?\*\*:?\s*")
BRACKET = re.compile(r"^\[(?P<words>[^\]]{1,40})\]\s*")
LEAD = re.compile(r"^\s*\**(?P<name>[A-Za-z ()]{2,30})\**:\**\s+(?P<value>.+)$")
PLACE = re.compile(r"`?(?P<path>[\w./@+-]+\.\w+|[\w.@+-]+/[\w./@+-]+)(?::(?P<first>\d+)(?:-(?P<last>\d+))?)?(?:#(?P<symbol>[\w.-]+))?`?")
AS_OF = re.compile(r"\[As of (\d{4}-\d{2}-\d{2})\]", re.IGNORECASE)
NOTED = re.compile(r"\s+#\s(?:.*\s)?pd:([0-9a-z]{16})$")
PRIORITY = {"high", "medium", "low"}


def records(body: str, section: int, kind: str, first: int) -> Iterator[Found]:
    """The records of a section's body. first: number of its first line.

    kind: of lines that say no other one, "" for lines that become none unless they are ours.
    """
    for one in chunks(body):
        if not one.blank and not HEADING.match(one.text.strip()) and not SEPARATOR.match(one.text.strip()):
            yield from _found(one, section, kind, first)
        first += one.text.count("\n")


def _found(one: Chunk, section: int, kind: str, first: int) -> Iterator[Found]:
    text = unmarked(one.text).rstrip()
    fenced = bool(FENCE.match(text))
    if fenced and section == QUICK_START:
        yield from commands(one, first)
        return
    ours = bool(ID.fullmatch(one.key))
    if (one.key and not ours) or not (kind or ours) or (fenced and not ours) or text.startswith("| Feature"):
        return
    made = record(text, section, kind or "knowledge", one.key)
    if made.text:
        yield Found(made, section, first, first + one.text.rstrip("\n").count("\n"), ours and not one.intact)


def commands(one: Chunk, first: int) -> Iterator[Found]:
    """A command a line of a fenced block; the id stands in the comment of those that are records. Measured ones are the project's, not records."""
    purpose = ""
    for n, line in enumerate(one.text.split("\n")):
        comment = re.match(r"#\s*(.+)", line)
        if comment:
            purpose = {"set up": "set-up", "run": "run", "verify": "verify"}.get(comment[1].strip().lower(), purpose)
        noted = NOTED.search(line)
        if not line.strip() or comment or FENCE.match(line) or "<!--" in line or (one.key and not noted):
            continue
        text = NOTED.sub("", line).split("  #")[0].strip()
        id_ = noted[1] if noted and ID.fullmatch(noted[1]) else derived_id("document", str(QUICK_START), text)
        details: dict[str, Detail] = {"purpose": purpose} if purpose else {}
        yield Found(Record(id_, "command", text, details=details), QUICK_START, first + n, first + n)


def record(text: str, section: int, kind: str, id_: str) -> Record:
    """One record from the lines of an item."""
    title, details, kind = _row(text, kind) if text.startswith("|") else _title(text.split("\n", 1)[0], section, kind)
    said = [title]
    anchors: list[Anchor] = []
    for line in text.split("\n")[1:]:
        lead = LEAD.match(line)
        name = lead["name"].strip().lower() if lead else ""
        if lead and name in ("file", "files"):
            anchors += places(lead["value"])
        elif lead and name in LEADS and any(f.name == LEADS[name] for f in KINDS[kind].fields):
            details[LEADS[name]] = lead["value"].strip()
        else:
            said.append(line.removeprefix("  "))
    status: Status = "archived" if section == ARCHIVE else "active"
    trust: Trust = "extracted" if title.startswith("“") else "noted"
    words = "\n".join(said).strip()
    words = words.strip("“”") if "\n" not in words else words
    return Record(id_ or derived_id("document", str(section), words), kind, words, status, trust, details=_valid(kind, details), anchors=tuple(anchors))


def _row(text: str, kind: str) -> tuple[str, dict[str, Detail], str]:
    """A row of completed work: what, files, details."""
    cells = [c.strip().replace("\\|", "|") for c in re.split(r"(?<!\\)\|", text.strip().strip("|"))]
    details: dict[str, Detail] = {"state": "done"} if kind == "task" else {}
    return " - ".join(filter(None, (cells[0], cells[2] if len(cells) > 2 else ""))), details, kind


def _title(line: str, section: int, kind: str) -> tuple[str, dict[str, Detail], str]:
    """The first line without list mark, label, severity and brackets; what these said; the kind."""
    words = BULLET.sub("", line)
    details: dict[str, Detail] = {}
    if day := AS_OF.search(words):
        details["as-of"] = day[1]
        words = AS_OF.sub("", words).strip()
    if (label := LABEL.match(words)) and label["name"].split(" (")[0].lower() in LABELS:
        kind = LABELS[label["name"].split(" (")[0].lower()]
        words = words[label.end():]
    severity = SEVERITY.match(words)
    if severity and (severity["mark"] or severity["word"]):
        details["severity"] = (severity["word"] or MARKS[severity["mark"]]).lower()
        words = words[severity.end():].replace("**", "")
    if (group := GROUP.search(words)) and kind in ("knowledge", *GROUPS.values()):
        kind = GROUPS.get(group["name"], kind)
        details |= {"outcome": OUTCOMES.get(group["name"], "")} if kind == "approach" else {"category": group["name"]}
        words = words[: group.start()]
    if (bracket := BRACKET.match(words)) and section != ARCHIVE:
        details |= {"priority": bracket["words"]} if bracket["words"].lower() in PRIORITY else {}
        words = words[bracket.end():]
    if section == IN_PROGRESS and kind == "task":
        details["state"] = "in progress"
    return words.strip(), details, kind


def places(text: str) -> list[Anchor]:
    """`path:12-20; other.py` as anchors, without what they held."""
    found = [m for part in re.split(r"[;,]\s*", text) if (m := PLACE.match(part.strip()))]
    return [Anchor(m["path"], int(m["first"] or 0), int(m["last"] or m["first"] or 0), m["symbol"] or "") for m in found]


def _valid(kind: str, details: dict[str, Detail]) -> dict[str, Detail]:
    """The details that the kind has, with values that it takes, in the table's order."""
    fields = {f.name: f for f in KINDS[kind].fields}
    out: dict[str, Detail] = {}
    for name, field in fields.items():
        value = details.get(name)
        if value and (not field.choices or value in field.choices):
            out[name] = (value,) if field.many and isinstance(value, str) else value
    return out


__all__ = ["places", "record", "records"]
