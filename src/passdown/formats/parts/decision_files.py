"""Decisions in files of their own: how a folder names and numbers them, how such a file begins, how it is read, where its status stands."""

import re
from collections.abc import Iterator, Mapping

import msgspec
from msgspec.structs import replace

from passdown.errors import InvalidRecord
from passdown.formats import front_matter, grammar
from passdown.formats.base import Found, Item, Material
from passdown.formats.document import unified
from passdown.formats.marked import OPENS, Chunk, chunks, keys, unmarked
from passdown.formats.outline import HEADING, LINE, fences, name_of, words_of
from passdown.formats.parts import decision_text
from passdown.formats.parts.decisions import HABIT, STATUS, STATUS_LINE, day
from passdown.formats.parts.entry import LONG, placed, text, values
from passdown.formats.parts.wording import line, title
from passdown.loading.markdown import slug
from passdown.model.ids import ID
from passdown.model.record import Detail, Record

NAME = re.compile(r"^(?P<before>(?:[A-Za-z]\w*+[- ])*?(?:[A-Za-z]\w*?_)?)(?P<number>\d{1,5})(?P<after>[-_.\s]*?[-_. ][-_.\s]*+)(?P<rest>\S.*)\.md$")
SLUG = 60  # characters of a title in a file's name
WHERE: Mapping[str, str] = {  # the section of each detail; the key of its line is the record's id, a dot and the detail
    "status": "Status", "approval": "Status", "why": "Context", "alternative": "Alternatives Considered", "trade-off": "Consequences",
    "outcome": "Consequences", "until": "Status", "overrides": "Status"}
LEADS: Mapping[str, str] = {"approval": "Approved: ", "alternative": "- ", "trade-off": "- Trade-off: ", "outcome": "- Outcome: ",
                          "until": "Waits until: ", "overrides": "Sets aside: "}
LABEL = "Why: "  # of a detail that has no lead


class Folder(msgspec.Struct, frozen=True):
    """How a folder's files are named and what they begin with. last: the highest number. model: the text of the last file, "" in a new folder.

    titled: names hold the title as it is written, not in lower case.
    """

    path: str
    before: str = ""
    after: str = "-"
    digits: int = 4
    last: int = 0
    titled: bool = False
    model: str = ""

    def file(self, number: int, name: str) -> str:
        words = re.sub(r"[^\w.]+", "-", name) if self.titled else slug(name)
        return f"{self.path}/{self.before}{number:0{self.digits}}{self.after}{words[:SLUG].strip('-.') or 'decision'}.md"

    def head(self, number: int, name: str, on: str) -> str:
        """Front matter with the fields that the last file has, or a heading such as its own."""
        fields = matter(self.model)
        if "title" in fields:
            known = {"id": f"{self.before}{number:0{self.digits}}".strip(), "title": name, "date": on, "status": "accepted"}
            return front_matter.render([(k, known[k]) for k in fields if known.get(k)], "")
        found = HABIT.match(heading(self.model))
        before, after = (found["before"], found["after"]) if found else ("", ". ")
        return f"# {before}{number:0{len(found['number']) if found else 1}}{after}{name}\n"


def folder(there: Mapping[str, str]) -> Folder | None:
    """The habit of the folder that has the most decisions in numbered files; None when there is none."""
    found = [(*path.rpartition("/")[::2], existing) for path, existing in there.items()]
    named = [(where, m, existing) for where, name, existing in found if (m := NAME.match(name)) and where and read(unified(existing))]
    if not named:
        return None
    folders = [where for where, _, _ in named]
    most = max(folders, key=folders.count)
    _, last, existing = max((one for one in named if one[0] == most), key=lambda one: int(one[1]["number"]))
    titled = last["rest"] != last["rest"].lower()
    return Folder(most, last["before"], last["after"], len(last["number"]), int(last["number"]), titled, unified(existing))


def matter(existing: str) -> Mapping[str, front_matter.Value]:
    """The fields of a file's front matter; none where there is none, or a broken one."""
    try:
        return front_matter.parse(front_matter.split(existing, "")[0], "")
    except InvalidRecord:
        return {}


def heading(existing: str) -> str:
    """The words of the first heading of the first level, "" without one."""
    raw = LINE.findall(existing)
    found = (HEADING.match(one.rstrip()) for one, fenced in zip(raw, fences(raw), strict=True) if one.startswith("# ") and not fenced)
    return next((words_of(h) for h in found if h), "")


def read(existing: str) -> tuple[Found, ...]:
    """The one decision that a file says, ours by its marks; () for a file that is no decision: it has no such section."""
    ours = next((c for c in chunks(existing) if ID.fullmatch(c.key)), None)
    last = existing.rstrip().count("\n") + 1
    if ours:
        return (Found(_ours(ours, existing), 1, 1, last, any(c.key.startswith(ours.key) and not c.intact for c in chunks(existing))),)
    fields = matter(existing)
    named = {decision_text.MEANS.get(name_of(one)) for one in LINE.findall(existing) if one.startswith("#")}
    name = str(fields.get("title", "")) or heading(existing)
    if not name or "decision" not in named or not named & {"status", "context", "trade-off", "alternative"}:
        return ()
    found = HABIT.match(name)
    body = front_matter.split(existing, "")[1] if fields else existing
    told = "".join(f"{key}: {value if isinstance(value, str) else ', '.join(value)}\n" for key, value in fields.items() if key != "title")
    return (Found(decision_text.read(name[found.end():] if found else name, told + body, "decision"), 1, 1, last),)


def _ours(said: Chunk, existing: str) -> Record:
    """A decision of ours: its words from the chunk that carries its id, each detail from the chunks that carry its name too."""
    record = grammar.record(unmarked(said.text).rstrip(), grammar.Place(1, "decision"), said.key)
    details: dict[str, Detail] = {}
    status = str(matter(existing).get("status", ""))
    for one in chunks(existing):
        name, _, _ = one.key.removeprefix(f"{said.key}.").partition("_")
        told = " ".join(unmarked(one.text).split())
        if one.key == said.key + STATUS:
            status = told
        elif one.key.startswith(f"{said.key}.") and name in WHERE:
            value = unsaid(name, told)
            details[name] = (*details.get(name, ()), value) if name == "alternative" else value
    return replace(record, status=decision_text.state(status), details={k: details[k] for k in WHERE if k in details})


def items(record: Record, material: Material) -> Iterator[tuple[str, Item]]:
    """What a file of a record says: section and item."""
    yield "Status", Item(record.id + STATUS, f"Accepted, {day(record)}" if day(record) else "Accepted")
    yield "Decision", decided(record, material)
    for name, section in WHERE.items():
        for n, value in enumerate(values(record, name)):
            yield section, Item(f"{record.id}.{name}{f'_{n + 1}' if n else ''}", said(name, line(value, LONG)))


def said(name: str, value: str) -> str:
    """A detail as a paragraph of its section: behind a label where the bare words would be a heading, a list or a fenced block."""
    return LEADS[name] + value if name in LEADS else LABEL + value if OPENS.match(value) or value.startswith(LABEL) else value


def unsaid(name: str, told: str) -> str:
    """The value of what `said` gives."""
    if name in LEADS:
        return told.removeprefix(LEADS[name])
    value = told.removeprefix(LABEL)
    return value if OPENS.match(value) or value.startswith(LABEL) else told


def decided(record: Record, material: Material) -> Item:
    """Text and places; behind a label where the bare words would be read as something else."""
    rest = [f"  {one}" for one in (*text(record), *placed(record, material))]
    for lead in ("", "**Decision:** "):
        said = "\n".join([lead + title(record, LONG), *rest])
        if not OPENS.match(said) and grammar.record(said, grammar.Place(1, "decision"), record.id).text == record.text:
            break
    return Item(record.id, said)


def echoed(existing: str, id_: str, status: str) -> Iterator[tuple[str, Item]]:
    """What a file of ours says already, with another status."""
    for one in chunks(existing):
        name = one.key.removeprefix(f"{id_}.").partition("_")[0]
        if one.key == id_ or (one.key.startswith(f"{id_}.") and name in WHERE):
            words = status if name == "status" and status else unmarked(one.text).rstrip()
            yield WHERE.get(name, "Decision"), Item(one.key, words)


def restated(existing: str, status: str) -> str:
    """A file with another status, where it stands in front matter, in a line `Status: …` above the sections, or below its heading; all else as it was."""
    raw = LINE.findall(existing)
    at = next((n for n, one in enumerate(raw) if one.startswith("#") and name_of(one) == "status"), len(raw))
    lead = next((n for n, one in enumerate(raw[:at]) if STATUS_LINE.match(one.rstrip("\n"))), None)
    if lead is not None and (found := STATUS_LINE.match(raw[lead].rstrip("\n"))):
        words = front_matter.scalar(status) if matter(existing).get("status") else status
        raw[lead] = f"{found['lead'].rstrip()} {words}\n"
    elif (below := next((n for n in range(at + 1, len(raw)) if raw[n].strip()), None)) is not None and not keys(raw[below]):
        end = next((n for n in range(below, len(raw)) if not raw[n].strip() or raw[n].startswith("#")), len(raw))
        raw[below:end] = [status[:1].upper() + status[1:] + "\n"]
    return "".join(raw)


__all__ = ["LEADS", "NAME", "WHERE", "Folder", "decided", "echoed", "folder", "heading", "items", "matter", "read", "restated"]
