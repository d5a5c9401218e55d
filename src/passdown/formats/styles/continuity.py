"""Continuity ledger: one short `CONTINUITY.md`: goal, constraints, key decisions, state (done, now, next), open questions, working set.

Source of the format: the "Continuity Ledger" instructions that people put into AGENTS.md for Codex and Claude Code, and ledgers kept by them, seen 2026-11.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from passdown.formats.base import Found, Item, Layout, LeftOut, Material, Planned, Section, Style
from passdown.formats.marked import keys
from passdown.formats.parts.asked import wish
from passdown.formats.parts.entry import each, entry
from passdown.formats.parts.wording import code, listed, quote, some
from passdown.formats.parts.work import is_done, outside
from passdown.formats.parts.worktree import uncommitted
from passdown.formats.sectioned import parse
from passdown.model.record import Record

PATH = "CONTINUITY.md"
DONE, FILES, COMMANDS = 12, 8, 4
CONSTRAINTS = 2  # number of the section
LABELLED = re.compile(r"^(?P<indent>\s*)[-*+]\s+(?:\*\*)?(?P<name>Done|Now|Next|Commands?)(?:\*\*)?:(?:\*\*)?\s*(?P<rest>.*)$", re.IGNORECASE)
TOP = re.compile(r"^[-*]\s+(?P<name>Goal|Constraints/Assumptions|Key decisions|State|Open questions|Working set)\b[^:]*:\s*$", re.IGNORECASE)
WORDS = {"next": "Todo", "commands": "Command"}  # `Next:` below another item would be a detail of that
BELOW = re.compile(r"^\s+[-*+]\s")


def goal(material: Material) -> Iterator[Item]:
    """What the last session was asked for, in the user's words."""
    last = material.sessions[0] if material.sessions else None
    if last and (last.goal or last.title):
        yield listed("goal", [f"“{quote(wish(last) or last.title, 300)}” (asked for on {last.started[:10]})"])


def constraints(material: Material) -> Iterator[Item]:
    for record in material.records:
        if record.kind in ("knowledge", "preference", "risk", "issue"):
            yield entry(record, material, "knowledge")


def decided(material: Material) -> Iterator[Item]:
    yield from each(material, "decision", "decision", "approach", "lesson")


def state(material: Material) -> Iterator[Item]:
    """Done, now, next: each with its label, since one list holds all three."""
    for record in finished(material)[:DONE]:
        yield entry(record, material, "task", given={"state": "done"}, lead="**Done:** " if record.kind == "task" else "")
    begun = [r for r in material.records if r.kind == "task" and not is_done(r)]
    for record in begun:
        if record.detail("state") == "in progress":
            yield entry(record, material, "task", given={"state": "in progress"}, lead="**Now:** ")
    yield from each(material, "task", "blocker")
    for record in begun:
        if record.detail("state") != "in progress":
            yield entry(record, material, "task", lead="**Next:** ")


def finished(material: Material) -> list[Record]:
    """The latest first."""
    return [r for r in (*material.done, *material.records) if is_done(r)]


def older(material: Material) -> Iterator[LeftOut]:
    for record in finished(material)[DONE:]:
        yield LeftOut(record.id, record.title, f"a ledger says the latest {DONE} finished things")


def working_set(material: Material) -> Iterator[Item]:
    """Files that the last session edited or git has uncommitted, commands that verify; then what was noted."""
    last = material.sessions[0] if material.sessions else None
    edited = [f.path for f in sorted(last.files, key=lambda f: f.last, reverse=True) if (f.edits or f.created) and not outside(f.path)] if last else []
    changed = [path for path, _ in material.git.changed] if material.git else []
    if files := list(dict.fromkeys([*edited, *changed])):
        yield listed("files", [f"Files: {some(map(code, files), FILES)}"])
    if material.git:
        yield listed("branch", [f"Branch: {code(material.git.branch or 'none', 80)}, {uncommitted(material.git)}"])
    if commands := list(dict.fromkeys(command for command, purpose, _ in material.overview.commands if purpose in ("test", "build", "lint", "verify"))):
        yield listed("checks", [f"Verify with: {some(map(code, commands), COMMANDS)}"])
    yield from each(material, "resource", "resource", "command", "test-data")


SECTIONS: tuple[Section, ...] = (
    Section(1, "Goal", goal, 6, ("goals", "current goal", "objective"), "Not known yet.", "task", {"state": "in progress"}, by_hand=True),
    Section(2, "Constraints/Assumptions", constraints, 35, ("constraints", "assumptions", "constraints and assumptions", "constraints & assumptions"),
            "None noted.", "knowledge"),
    Section(3, "Key Decisions", decided, 45, ("decisions",), "None yet.", "decision"),
    Section(4, "State", state, 60, ("current state", "status"), "Nothing begun.", "task"),
    Section(5, "Open Questions", lambda m: each(m, "question"), 15, ("questions",), "None.", "question"),
    Section(6, "Working Set", working_set, 25, ("working set of files",), "", "resource"),
)


def read(text: str) -> tuple[Found, ...]:
    """A ledger by its sections; a list below `- Done:` as if that were a heading. What others wrote below Constraints is one; our lines say what they are."""
    ours = keys(text)
    return tuple(one if one.record.id in ours or one.section != CONSTRAINTS else constraint(one) for one in parse(replace(LAYOUT, read=None), flattened(text)))


def constraint(found: Found) -> Found:
    record = found.record
    plain = record.kind == "knowledge" and not record.detail("category")
    return replace(found, record=replace(record, details={**record.details, "category": "constraint"})) if plain else found


def flattened(text: str) -> str:
    """The same lines with `- Done:` and its like as headings, and what stands below them not indented; a ledger that is one list (`- Goal:`) too."""
    out: list[str] = []
    inner = False
    for line in headed(text.split("\n")):
        ours = "<!-- pd:" in line
        label = None if ours else LABELLED.match(line)
        if label and label["rest"]:
            out.append(f"- **{WORDS.get(label['name'].lower(), label['name'].title())}:** {label['rest']}")
        elif label:
            out.append(f"#### {label['name'].title()}")
        else:
            out.append(line.removeprefix("  ") if inner and BELOW.match(line) else line)
        inner = not label["rest"] if label else inner and not ours and not line.startswith("#")
    return "\n".join(out)


def headed(lines: Iterable[str]) -> Iterator[str]:
    """The lines with `- State:` at the outermost level as a heading, and what stands below it one level further out."""
    below = False
    for line in lines:
        top = TOP.match(line)
        below = bool(top) or (below and not line.startswith("#"))
        yield f"## {top['name']}" if top else line.removeprefix("  ") if below else line


LAYOUT = Layout("continuity", PATH, lambda _: "# CONTINUITY.md\n", SECTIONS, 190, excludes=older, read=read, signs=(
    r"(?m)^# CONTINUITY\b", r"(?m)^#+ Working [Ss]et\b", r"(?m)^(?:#+|[-*]) Constraints/Assumptions\b"))


def documents(material: Material, there: Mapping[str, str]) -> tuple[Planned, ...]:
    """The one ledger."""
    del there
    return (Planned(PATH, LAYOUT, material),)


STYLE = Style("continuity", "one short ledger: goal, constraints, decisions, state, questions, working set (CONTINUITY.md)", (LAYOUT,), documents)

__all__ = ["LAYOUT", "PATH", "STYLE"]
