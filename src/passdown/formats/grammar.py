"""From the lines of a section back to records: what a document says, in words that the record model has. One grammar for all styles.

An item is a list entry, a table row or a paragraph. Its first line is the title, behind a label (`**Decision:**`), a severity (`🔴 CRITICAL -`), a check box,
a bracket (`[high]`) or a ticket; `Lead: value` lines below are details, `File:` lines places; all else is text. `LEADS` and `LABELS` hold all styles' words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from passdown.formats.base import Found
from passdown.formats.dashes import apart, assigned, dashed_names
from passdown.formats.marked import SEPARATOR, Chunk, chunks, unmarked
from passdown.formats.outline import FENCE, HEADING
from passdown.formats.places import PLACE, only_places, places
from passdown.formats.unsaid import empty, says_nothing
from passdown.formats.wrapped import titled, unwrapped
from passdown.model.anchor import Anchor
from passdown.model.ids import ID, derived_id
from passdown.model.record import KINDS, SEVERITY_MARKS, Detail, Record, Status, Trust

PARAGRAPH = "<br>"  # an empty line within an item's text
LEADS: Mapping[str, tuple[str, ...]] = {  # what a lead may mean; the first that the kind has counts
    "why": ("why",), "why it works": ("why",), "why it worked": ("why",), "why it failed": ("why",), "root cause": ("why",), "cause": ("why",),
    "이유": ("why",), "근거": ("why",), "reason": ("why",), "reasoning": ("why",), "rationale": ("why",), "urgency": ("why",),
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
COUNTED = frozenset(("#", "no", "no.", "nr", "id", "date", "day", "when", "status", "priority", "✓"))  # columns that number or rank what another one says
LABELS: Mapping[str, str] = {
    **{name.replace("-", " "): name for name in KINDS}, "blocked": "blocker", "pending": "blocker", "depends on": "blocker", "waiting for": "blocker",
    "waiting for the user": "question", "in progress": "task", "active task": "task", "todo": "task", "known problem": "issue", "bug": "issue",
    "done": "task", "now": "task", "next": "task", "gotcha": "knowledge", "warning": "risk", "failed": "approach",
    "worked": "approach", "not tried yet": "approach", "data flow": "knowledge", "deferred": "task"}
IMPLIED: Mapping[str, Mapping[str, str]] = {  # what a label says besides the kind
    "failed": {"outcome": "failed"}, "worked": {"outcome": "worked"}, "not tried yet": {"outcome": "untried"}, "in progress": {"state": "in progress"},
    "active task": {"state": "in progress"}, "done": {"state": "done"}, "now": {"state": "in progress"}, "gotcha": {"category": "gotcha"},
    "data flow": {"category": "architecture"}, "deferred": {"horizon": "future"}}
GROUPS = {"decision": "decision", "known problem": "issue", "risk": "risk", "pattern: did not work": "approach", "pattern: worked": "approach",
          "pattern: tried": "approach"}
OUTCOMES = {"pattern: did not work": "failed", "pattern: worked": "worked"}
# 🔴🟡🟢 and the same three read as Windows-1252, as they arrive where UTF-8 was mis-decoded.
MARKS = {**{mark: name for name, mark in SEVERITY_MARKS.items()}, "ðŸ”´": "critical", "ðŸŸ¡": "important", "ðŸŸ¢": "helpful"}
SEVERITY = re.compile(rf"^(?P<mark>{'|'.join(MARKS)})?\s*\**(?P<word>CRITICAL|IMPORTANT|HELPFUL)?\**\s*[-–—:]?\s*\**", re.IGNORECASE)
TAGS = re.compile(r"(?im)^[ \t]*(?:</?(?:load_if|section|document|metadata)\b[^>\n]*>[ \t]*)+$")  # on a line of their own they are no text
SEVERE = re.compile(rf"(?:{'|'.join(SEVERITY_MARKS.values())}) [A-Z]+ - ")  # as we write it
PARTED = re.compile(r"[-–—:*]\s+\**$")  # what makes of a word before a title a rank: `Critical: …`, not `Critical path …`
FILE_FIRST = re.compile(r"\**`(?P<path>[^`]+)`")
RUN = re.compile(r"`(?P<command>[^`]+)`(?:(?:\s*(?:→|->|=>|—|–|-|:|,|=)\s*|\s+(?=(?:was|is|passe[ds]|fail(?:ed|s)|clean)\b))(?P<outcome>\S.*))?$")
LAST_BAR = re.compile(r"(?<!\\)\|$")  # of a table row; `\|` is a bar in a cell
SHELL = re.compile(r"^\s*[`~]+\s*(?:$|(?:ba|z|fi)?sh|shell|console|powershell|pwsh|cmd|bat)")  # fenced blocks that hold commands
GROUP = re.compile(r"\s*\((?P<name>[a-z][a-z :]+)\)$")
BULLET = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[(?P<box>[ xX~-])\]\s+)?")
CHECKED = re.compile(r"^(?:✅|✓|☑️?|✔️?)\s*")
LABEL = re.compile(r"^\*\*(?P<name>[^*]{2,60}?):?\*\*:?\s*")
BRACKET = re.compile(r"^\[(?P<words>[^\]]{1,40})\]\s*")
LEAD = re.compile(r"^\s*(?:[-*+]\s+)?\**(?P<name>[^\W\d_](?:[^\W\d_]|[ ()-]){1,29})\**:\**\s+(?P<value>.+)$")
NOTED_ON = re.compile(r"\[noted \d{4}-\d{2}-\d{2}\]\s*")  # when test data was written down, which is not when it was right
UNRANKED = "⚪ UNRANKED - "  # before knowledge of which nobody said how grave it is
AS_OF = re.compile(r"\[As of (\d{4}-\d{2}-\d{2})\]", re.IGNORECASE)
NOTED = re.compile(r"\s+#\s(?:.*\s)?pd:([0-9a-z]{16})$")
HALF_DONE = re.compile(r"\((?:[^()]*, )?(\d{1,3}) ?% (?:complete|done)\)$", re.IGNORECASE)
EXPECTED = re.compile(r"\b(?:expected|eta|due)\b:?(?: on| by)? (\d{4}-\d{2}-\d{2})", re.IGNORECASE)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
WHEN = re.compile(r"\d{4}-\d{2}-\d{2}(?: \((?P<kind>[a-z-]+)\))?(?:: |$)")  # how we begin the last cell of what is done
LINKED = re.compile(r"`(?P<link>[^\s`]+)` – ")
PERCENT = re.compile(r"\s*\(Progress: (\d{1,3}) ?%\)$", re.IGNORECASE)
BRACKETS: Mapping[str, Mapping[str, str]] = {
    "high": {"priority": "high"}, "medium": {"priority": "medium"}, "low": {"priority": "low"}, "no priority": {}, "not tried yet": {"outcome": "untried"}}
TICKET = re.compile(r"(?:`@(?P<path>[^`]+)` [-–—] |(?P<id>[A-Z][A-Z0-9]*-\d+|#\d+): )")
SCOPES: tuple[tuple[re.Pattern[str], Mapping[str, str]], ...] = tuple((re.compile(words, re.IGNORECASE), details) for words, details in (
    (r"\b(?:expected|next|planned|upcoming|final) session|\bremaining\b", {"state": "open"}),
    (r"^\W*done\W*$", {"state": "done"}), (r"^\W*(?:now|in progress)\W*$", {"state": "in progress"}), (r"^\W*next\W*$", {"state": "open"}),
    (r"\b(?:high|highest|urgent) ?(?:priority)?:?\**:?$", {"priority": "high"}), (r"\bmedium ?(?:priority)?:?\**:?$", {"priority": "medium"}),
    (r"\blow(?:er|est)? ?(?:priority)?:?\**:?$", {"priority": "low"}), (r"^\W*(?:\d\.\s+)?\W*immediate", {"horizon": "immediate"}),
    (r"^\W*(?:\d\.\s+)?\W*short[- ]term", {"horizon": "short-term"}), (r"^\W*(?:\d\.\s+)?\W*(?:future|long[- ]term|later)", {"horizon": "future"})))
GROUP_OF = {"set up": "set-up", "setup": "set-up", "install": "set-up", "run": "run", "verify": "verify", "test": "verify", "verify working": "verify"}


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
    for one, following in pairwise([*_joined(chunks(body)), Chunk("")]):
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
    kind = LABELS.get(label["name"].lower()) if label and BULLET.match(first) and not above.text.endswith("\n\n") else None
    fields = [f.name for f in KINDS[kind].fields] if kind else []
    return lead is not None and any(n in fields for n in LEADS.get(lead["name"].strip().lower(), ()))


def introduces(text: str, following: Chunk) -> bool:
    """Whether a line only says what the list or table below it is."""
    return "\n" not in text and text.rstrip("*_ ").endswith(":") and not BULLET.match(text) and following.tight and not following.key


def _scope(text: str, place: Place) -> Place:
    """The place of what stands below a heading or an introduction that says more than its section does: `High priority`, `Expected next session:`."""
    said = next((details for words, details in SCOPES if words.search(text)), {})
    return msgspec.structs.replace(place, given={**place.given, **said}) if said else place


def _found(one: Chunk, place: Place, first: int, columns: tuple[str, ...]) -> Iterator[Found]:
    text = unmarked(one.text).rstrip() if one.key else TAGS.sub("", one.text).strip("\n").rstrip()
    fenced = bool(FENCE.match(text))
    if fenced and place.kind == "command":
        yield from commands(one, place, first)
        return
    ours = bool(ID.fullmatch(one.key))
    if (one.key and not ours) or not (place.kind or ours) or (fenced and not ours) or not re.search(r"\w", text) or (not ours and says_nothing(text)):
        return
    made = record(text, place if ours else msgspec.structs.replace(place, foreign=True), one.key, columns)
    if made.text:
        yield Found(made, place.section, first, first + one.text.rstrip("\n").count("\n"), ours and not one.intact)


def commands(one: Chunk, place: Place, first: int) -> Iterator[Found]:
    """A command a line of a fenced block; the id stands in the comment of those that are records. Measured ones are the project's, not records."""
    purpose = ""
    if not SHELL.search(unmarked(one.text).partition("\n")[0]):
        return
    for n, line in enumerate(one.text.split("\n")):
        comment = re.match(r"#\s*(.+)", line)
        if comment:
            purpose = GROUP_OF.get(comment[1].strip().lower(), purpose)
        noted = NOTED.search(line)
        if not line.strip() or comment or FENCE.match(line) or "<!--" in line or (one.key and not noted):
            continue
        text = NOTED.sub("", line).split("  #")[0].strip()
        id_ = noted[1] if noted and ID.fullmatch(noted[1]) else derived_id("document", str(place.section), text)
        details: dict[str, Detail] = {**place.given, **({"purpose": purpose} if purpose else {})}
        yield Found(Record(id_, "command", text, details=details), place.section, first + n, first + n)


def record(text: str, place: Place, id_: str = "", columns: tuple[str, ...] = ()) -> Record:
    """One record from the lines of an item."""
    details: dict[str, Detail] = {}
    if text.startswith("|"):
        title, kind, rest = _row(text, place, columns, details)
    else:
        first, *rest = text.split("\n") if id_ else unwrapped(text.split("\n"))
        title, kind = _title(first, place, details)
        if kind == place.kind == "command" and not id_:
            title, kind = _command(title, details)
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


def _command(title: str, details: dict[str, Detail]) -> tuple[str, str]:
    """A line among commands: a command when it begins with one as code, behind which stands how it ended; else something to know."""
    found = RUN.match(title)
    if not found or (PLACE.fullmatch(found["command"]) and not found["command"].startswith("./")):
        return title, "knowledge"
    details |= {"outcome": found["outcome"]} if found["outcome"] else {}
    return found["command"], "command"


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
    fields = {f.name: f for f in KINDS[kind].fields}
    name = next((n for n in LEADS.get(lead, ()) if n in fields), "")
    if not name:
        return False
    field, before = fields[name], details.get(name)
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


__all__ = ["AS_OF", "DAY", "LEADS", "MARKS", "NOTED", "NOTED_ON", "PARAGRAPH", "TICKET", "UNRANKED", "Place",
           "cells", "commands", "places", "record", "records"]
