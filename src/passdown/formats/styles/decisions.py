"""Decision records: a file each in a folder (`docs/adr/0007-use-sqlite.md`), or numbered entries of one file (`docs/decisions.md`).

The project's own habit decides: its folder, how its files are numbered and named, front matter or a Status section. Files and numbers that are there stay;
of a decision that was superseded only the status changes. Sources: M. Nygard 2011 (Status, Context, Decision, Consequences), MADR 4, adr-tools 3,
Backlog.md 1 (front matter), seen 2026-11.
"""

from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from passdown.formats.base import Item, Layout, Make, Material, Planned, Section, Style
from passdown.formats.document import unified
from passdown.formats.marked import keys, owner, rewritten
from passdown.formats.parts import decision_files, decision_lines, decisions
from passdown.formats.parts.decision_files import Folder
from passdown.formats.parts.wording import OTHER, harmless, line
from passdown.model.ids import ID

FOLDERS = ("docs/adr", "docs/adrs", "docs/decisions", "doc/adr", "adr", "docs/architecture/decisions", "doc/architecture/decisions", "docs/architecture/adr",
           "backlog/decisions")
LOGS = ("docs/decisions.md", "DECISIONS.md", "docs/DECISIONS.md", "docs/decision-log.md", "decisions.md")
SECTIONS: Mapping[str, tuple[str, ...]] = {  # with other headings for them
    "Status": (), "Context": ("context and problem statement", "background", "problem"), "Decision": ("decision outcome",),
    "Alternatives Considered": ("alternatives", "alternatives considered", "considered options", "options considered"), "Consequences": ()}
Told = Callable[[Material], Iterator[tuple[str, Item]]]  # section and item


def laid_out(told: Told, head: Callable[[Material], str], prepare: Callable[[str, Material], str] | None = None, *, model: str = "") -> Layout:
    """One file's layout. model: a text whose front matter tells whether the status stands there and not in a section."""
    names = [name for name in SECTIONS if name != "Status" or "status" not in decision_files.matter(model)]
    sections = tuple(Section(n, name, _part(told, name), 40, SECTIONS[name], kind="decision", optional=True) for n, name in enumerate(names, 1))
    return Layout("decisions", "|".join(f"{one}/*.md" for one in FOLDERS), head, sections, 200, read=decision_files.read, prepare=prepare, signs=(
        r"(?m)^# (?:[\w-]*ADR[- ]?)\d{1,5}\b", r"(?m)^## Decision Outcome\b",
        (r"\A---\n", r"(?m)^status: \w", r"(?m)^---\n", r"(?m)^## Decision\b"),
        (r"(?m)^## (?:Status|Context)\b", r"(?m)^## Decision\b", r"(?m)^## Consequences\b")))


def _part(told: Told, section: str) -> Make:
    return lambda material: (item for where, item in told(material) if where == section)


RECORD = laid_out(lambda _: iter(()), lambda _: "# Decision\n")


def documents(material: Material, there: Mapping[str, str]) -> tuple[Planned, ...]:
    """The project's log when it has one and no folder; else files: ours, those that say a decision that was superseded, and a new one for each new decision."""
    texts = {path: unified(existing) for path, existing in there.items()}
    habit = decision_files.folder(texts)
    log = next((path for path in texts if path in LOGS and (decisions.numbered(texts[path]) or decision_lines.habit(texts[path]))), "")
    if log and habit is None:
        return (Planned(log, decisions.log("decisions/log", log, texts[log], material), material),)
    return tuple(files(material, texts, habit or Folder(FOLDERS[0])))


def files(material: Material, texts: Mapping[str, str], habit: Folder) -> list[Planned]:
    """Those that are there and ours or no longer true, then new ones, the oldest decision first; each with the records that it says."""
    there = {one.record.id: (path, one.record.status) for path, existing in texts.items() for one in decision_files.read(existing)}
    there |= {id_: (path, "active") for path, existing in texts.items() if path not in LOGS for id_ in pieces(existing) - there.keys()}
    new = [r for r in sorted(material.records, key=lambda r: (r.created, r.id)) if r.kind == "decision" and r.id not in there]
    numbers = {r.id: (number, habit.file(number, harmless(r.title))) for number, r in enumerate(new, habit.last + 1)}
    names = {id_: path for id_, (path, _) in there.items()} | {id_: path for id_, (_, path) in numbers.items()}
    newer = decisions.superseding(material)
    planned = []
    for id_, (path, state) in there.items():
        by = decisions.superseded_by(newer[id_], linked(names, newer[id_].id, path)) if id_ in newer and state == "active" else ""
        if by or id_ in map(owner, keys(texts[path])):
            planned.append(Planned(path, existing(texts[path], id_, by), alone(material, id_)))
    planned += [Planned(path, written(id_, number, habit), alone(material, id_)) for id_, (number, path) in numbers.items()]
    return planned


def pieces(text: str) -> frozenset[str]:
    """The records of which a file has a piece, such as a detail that stayed because somebody rewrote it."""
    return frozenset(owner(key) for key in keys(text) if ID.fullmatch(owner(key)) and owner(key) != key)


def alone(material: Material, id_: str) -> Material:
    return replace(material, records=tuple(r for r in material.records if r.id == id_), done=())


def linked(names: Mapping[str, str], id_: str, path: str) -> dict[str, str]:
    """The decision's name as a link, when its file lies in the same folder."""
    where, _, file = names.get(id_, "").rpartition("/")
    return {id_: f"[{file.removesuffix('.md')}]({file})"} if where and where == path.rpartition("/")[0] else {}


def existing(text: str, id_: str, status: str) -> Layout:
    """A file that is there: ours with the record as it is now, else as it was; with this status when there is one."""
    def told(material: Material) -> Iterator[tuple[str, Item]]:
        record = next((r for r in material.records if r.id == id_), None)
        if id_ not in material.withheld and id_ in map(owner, keys(text)):
            yield from decision_files.items(record, material) if record and not status else decision_files.echoed(text, id_, status)

    def prepare(text: str, material: Material) -> str:
        if id_ in material.withheld and id_ not in map(owner, rewritten(text)):
            return ""
        return decision_files.restated(text, status) if status else text

    return laid_out(told, lambda _: "# (withdrawn)\n", prepare, model=text)


def written(id_: str, number: int, habit: Folder) -> Layout:
    """A new file for the record with this id."""
    def told(material: Material) -> Iterator[tuple[str, Item]]:
        for record in material.records:
            if record.id == id_:
                yield from decision_files.items(record, material)

    def head(material: Material) -> str:
        record = next((r for r in material.records if r.id == id_), None)
        return habit.head(number, line(harmless(record.title, OTHER), decisions.TITLE), decisions.day(record)) if record else "# (withdrawn)\n"

    return laid_out(told, head, model=habit.model)


STYLE = Style(
    "decisions", "decision records, a file each (docs/adr/NNNN-title.md) or numbered in one log (docs/decisions.md), as the project has them",
    (RECORD, replace(decisions.LOG, glob="|".join(LOGS))), documents)

__all__ = ["FOLDERS", "LOGS", "RECORD", "STYLE"]
