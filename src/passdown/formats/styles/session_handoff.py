"""Session handoff: `.passdown/handoffs/<date>-<slug>.md`, one a session or thread: nine sections with their parts, and how good it is at the foot.

Source of the format: the template "Session Handoff" (system C, seen 2026-11); headings and order are its. No place of it is left unfilled: what is not known
is UNKNOWN or None. Each record is said whole in one place (`home`); other mentions are short and measured.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from passdown.formats.base import Item, Layout, Make, Material, Planned, Section, Style, nothing
from passdown.formats.marked import chunk
from passdown.formats.parts import begun, changes, environment, first_steps, knowledge, work
from passdown.formats.parts.entry import entry
from passdown.formats.parts.wording import harmless, key, line, listed, quote
from passdown.formats.unsaid import unfilled
from passdown.formats.vocabulary import IMPLIED
from passdown.model.record import TRUST, Record

FOLDER = ".passdown/handoffs"
SLUG = 40
FOOT = ("score", "confidence", "recovery")
STATUS = re.compile(r"\W*(?:git|build|test) status:", re.IGNORECASE)
WORDS = {"why": "Rationale", "alternative": "Alternatives Considered"}
NOTES = {"pattern": "Code Patterns Established", "architecture": "Architecture Insights", "performance": "Performance Considerations",
         "security": "Security Observations"}
HOMES: Mapping[str, str] = {
    "decision": "Recent Decisions", "milestone": "Key Achievements", "blocker": "Blocking Issues", "question": "User Clarifications Needed",
    "issue": "Warnings & Cautions", "risk": "Warnings & Cautions", "command": "Environment State", "test-data": "Environment State"}
LABELLED = {"failed": "Failed", "worked": "Worked", "untried": "Not tried yet", "gotcha": "Gotcha"}


def home(record: Record, material: Material) -> str:
    """The one section in which a record is said."""
    if record.kind == "task":
        return home_of_task(record, material)
    if record.kind == "approach":
        return {"failed": "Warnings & Cautions", "untried": "Investigation Areas"}.get(record.detail("outcome"), "Important Background")
    if record.kind == "knowledge":
        warns = record.detail("severity") == "critical" or record.detail("category") == "gotcha"
        return NOTES.get(record.detail("category"), "Warnings & Cautions" if warns else "Important Background")
    if record.kind == "milestone" and earlier(record, material):
        return "Important Background"
    if record.kind == "resource":
        return "External Resources Used" if "://" in record.detail("link") + record.text else "Documentation Created/Updated"
    return HOMES.get(record.kind, "Important Background")


def earlier(record: Record, material: Material) -> bool:
    """Whether another piece of work than the last session's reached it: then it is no achievement of this one."""
    last = material.sessions[0] if material.sessions else None
    if last is None or not record.extractor:
        return False
    return record.session != last.id and not (record.thread and record.thread == last.thread)


def home_of_task(record: Record, material: Material) -> str:
    if work.is_done(record):
        return "Completed This Session"
    if record.detail("state") == "in progress":
        return "Work in Progress" if record.id == next((r.id for r in begun.begun(material)), "") else "In Progress"
    return "Investigation Areas" if record.detail("type").lower() == "investigation" else "Next Priority Tasks"


def homed(name: str, material: Material) -> list[Record]:
    """The records of a section, what somebody said on purpose first, what earlier work reached last."""
    here = (r for r in (*material.records, *material.done) if home(r, material) == name)
    return sorted(here, key=lambda r: (r.kind == "milestone", list(TRUST).index(r.trust)))


def saying(record: Record, section: Section, material: Material, mark: str = "- ", lead: str = "") -> Item:
    """The record as the section says it."""
    known, label = dict(section.given), lead
    if record.kind == section.kind == "task" and record.detail("priority") and not lead:
        label = f"[{record.detail('priority')}] "
        known["priority"] = record.detail("priority")
    word = LABELLED.get(record.detail("outcome") if record.kind == "approach" else record.detail("category"), "")
    if word and record.kind in ("approach", "knowledge") and (record.kind != section.kind or not section.given):
        label, known = f"**{word}:** ", dict(IMPLIED[word.lower()])
    detail = "   - **{}:** {}" if mark == "1. " else "  - **{}:** {}"
    return entry(record, material, section.kind, given=known, words=WORDS if record.kind == "decision" else None, lead=label, mark=mark, detail=detail,
                 dashed=section.dashed)


def decided(material: Material) -> Iterator[Item]:
    for number, record in enumerate(homed("Recent Decisions", material), 1):
        item = saying(record, BY_NAME["Recent Decisions"], material, "1. ", "**Decision:** ")
        yield Item(item.key, f"{number}{item.text[1:]}")


def next_tasks(material: Material) -> Iterator[Item]:
    """By horizon and priority, each with why it is urgent; then what the agent itself had still on its list."""
    tasks = sorted(homed("Next Priority Tasks", material), key=lambda r: (work.speculative(r), work.PRIORITIES.index(r.detail("priority"))))
    items = [saying(r, BY_NAME["Next Priority Tasks"], material, "1. ") for r in tasks]
    for number, item in enumerate((*items, *own_list(material)), 1):
        yield Item(item.key, f"{number}{item.text[1:]}")


def own_list(material: Material) -> Iterator[Item]:
    if material.sessions:
        last = material.sessions[0]
        if work.unbuilt(last):
            yield Item("plan", f"1. carry out the plan of the last session - no commit was made for it yet: “{quote(last.plan, 300)}”")
        for todo in [t for t in last.todos if t.status == "pending"][:work.TODOS]:
            yield Item(key("todo", todo.text), f"1. {line(todo.text, 200)} - open on the agent's own list of {last.ended[:10]}")


def completed(material: Material) -> Iterator[Item]:
    for record in homed("Completed This Session", material):
        yield saying(record, BY_NAME["Completed This Session"], material, "- [x] ")
    for todo in [t for t in material.sessions[0].todos if t.status == "completed"][:work.TODOS] if material.sessions else ():
        yield listed(key("todo", todo.text), [f"[x] {line(todo.text, 200)}"])


def of(name: str, measured: Make = nothing) -> Make:
    """The section's records, then what is measured."""

    def make(material: Material) -> Iterator[Item]:
        for record in homed(name, material):
            yield saying(record, BY_NAME[name], material)
        yield from measured(material)

    return make


def environment_of(material: Material) -> Iterator[Item]:
    yield from environment.environment(material)
    yield from of("Environment State")(material)


def troubled(material: Material) -> Iterator[Item]:
    """Commands that kept failing."""
    for trouble in knowledge.troubles(material)[:knowledge.TROUBLES]:
        first, *rest = knowledge.trouble_entry(trouble).text.split("\n")
        yield listed(trouble.key, [first, *rest])


def overtaken(text: str, material: Material) -> bool:
    """A line of the template that nobody filled in, or a state that is measured now."""
    return unfilled(text) or bool(material.git and STATUS.match(text))


def filled(text: str, material: Material) -> str:
    """A document in which the unfilled lines of head and foot of the template are ours."""
    for item in (*head(material), *foot(material)):
        label = re.escape(item.text.split("**")[1])
        said = "" if item.key in FOOT else chunk(item).text.replace("\\", "\\\\") + "\n"
        text = re.sub(rf"(?m)^(?:---\n)?\*\*{label}\*\*[ \t]*\[[A-Z][A-Z_/]+\].*(?:\n\n?|\Z)", said, text)
    return text


def part(number: int, name: str, make: Make | None = None, within: int = 0, kind: str = "", dashed: tuple[str, ...] = (), budget: int = 25, *,
         aliases: tuple[str, ...] = (), given: Mapping[str, str] | None = None, said: str = "None", by_hand: bool = False) -> Section:
    """A section of this style; one without a part above it only holds others, unless it makes something."""
    return Section(number, name, make or (of(name) if within else nothing), budget, aliases, said if within or make else "", kind, given or {}, within,
                   by_hand, outdated=overtaken, dashed=dashed)


SECTIONS: tuple[Section, ...] = (
    part(1, "Session Summary", aliases=("summary",), budget=4),
    part(2, "Primary Focus", first_steps.focus, 1, aliases=("focus",), said="UNKNOWN", by_hand=True),
    part(3, "Key Achievements", of("Key Achievements", changes.achieved), 1, "milestone", aliases=("achievements", "accomplishments")),
    part(4, "Files Modified", changes.files_modified, 1, aliases=("files changed", "files touched"), by_hand=True),
    part(5, "Current State", budget=4),
    part(6, "Work in Progress", begun.at_hand, 5, "task", given=begun.GIVEN, by_hand=True),
    part(7, "Blocking Issues", None, 5, "blocker", ("impact",), aliases=("blockers", "blocked")),
    part(8, "Environment State", environment_of, 5, aliases=("environment",), budget=40),
    part(9, "Context for Next Session", aliases=("context",), budget=4),
    part(10, "Important Background", of("Important Background", first_steps.came_from), 9, "knowledge", aliases=("background",), budget=100),
    part(11, "Recent Decisions", decided, 9, "decision", aliases=("decisions", "key decisions", "decisions made"), budget=100),
    part(12, "Code Patterns Established", None, 9, "knowledge", ("file", "why"), aliases=("code patterns", "patterns"), given={"category": "pattern"}),
    part(13, "Task Status", aliases=("tasks",), budget=4),
    part(14, "Completed This Session", completed, 13, "task", aliases=("completed",), given={"state": "done"}, budget=60),
    part(15, "In Progress", begun.also_begun, 13, "task", given=begun.GIVEN),
    part(16, "Next Priority Tasks", next_tasks, 13, "task", ("why",), aliases=("next tasks", "next steps"), budget=60),
    part(17, "Resources & References", aliases=("resources and references", "resources"), budget=4),
    part(18, "Documentation Created/Updated", of("Documentation Created/Updated", changes.documents), 17, "resource", ("link", "text"),
         aliases=("documentation",)),
    part(19, "External Resources Used", None, 17, "resource", ("link", "text"), aliases=("external resources",)),
    part(20, "Code References", changes.code_references, 17, "resource", ("file", "text"), by_hand=True),
    part(21, "Recommendations for Next Session", aliases=("recommendations",), budget=4),
    part(22, "Immediate Actions (First 10 minutes)", first_steps.first_steps, 21, "task", aliases=("immediate actions",), given={"horizon": "immediate"},
         by_hand=True),
    part(23, "Investigation Areas", of("Investigation Areas", first_steps.unsolved), 21, "task", ("why",), given={"type": "investigation"}),
    part(24, "User Clarifications Needed", None, 21, "question", ("context",), aliases=("user clarifications", "open questions")),
    part(25, "Technical Notes", budget=4),
    part(26, "Architecture Insights", None, 25, "knowledge", aliases=("architecture",), given={"category": "architecture"}, budget=40),
    part(27, "Performance Considerations", None, 25, "knowledge", aliases=("performance",), given={"category": "performance"}),
    part(28, "Security Observations", None, 25, "knowledge", aliases=("security",), given={"category": "security"}),
    part(29, "Warnings & Cautions", of("Warnings & Cautions", troubled), 0, "risk", ("mitigation", "instead"),
         aliases=("warnings and cautions", "warnings"), budget=80),
)
BY_NAME = {s.name: s for s in SECTIONS}


def head(material: Material) -> Iterator[Item]:
    """The session that is handed over; UNKNOWN where sessions are not known."""
    last = material.sessions[0] if material.sessions else None
    span, active = (environment.span(last.wall_s), environment.span(last.active_s)) if last else ("", "")
    duration = f"{span} ({active} active)" if span != active else span
    project = line(material.overview.name, 80) or "UNKNOWN"
    yield Item("session", f"**Session ID:** {f'{line(last.id, 120)} ({last.agent})' if last else 'UNKNOWN'}")
    yield Item("date", f"**Date/Time:** {material.now[:16].replace('T', ' ')} UTC")
    yield Item("duration", f"**Duration:** {duration or 'UNKNOWN'}")
    yield Item("project", f"**Project:** {project}{f' (`{material.root}`)' if material.root else ''}")


def foot(material: Material) -> Iterator[Item]:
    """How good the document is; the assessment is computed from it."""
    told = material.assessment
    yield Item("score", f"---\n**Handoff Quality Score:** {told.get('score', 'UNKNOWN')}")
    yield Item("confidence", f"**Confidence in Continuity:** {told.get('confidence', 'UNKNOWN')}")
    yield Item("recovery", f"**Estimated Context Recovery Time:** {told.get('recovery', 'UNKNOWN')}")


LAYOUT = Layout("session-handoff", f"{FOLDER}/*.md", lambda _: "# Session Handoff\n", SECTIONS, 600, head=head, foot=foot, prepare=filled,
                signs=(r"(?m)^\*\*(?:Handoff Quality Score|Confidence in Continuity|Session ID):\*\*",))


def documents(material: Material, there: Mapping[str, str]) -> tuple[Planned, ...]:
    """One document a session or thread: today's of this thread when there is one, else a new one."""
    return (planned(path(material, there, lambda text: "**Session ID:**" in text), LAYOUT, material),)


def planned(place: str, layout: Layout, material: Material) -> Planned:
    """A document that does not name itself among other context files."""
    return Planned(place, layout, replace(material, memory=tuple(m for m in material.memory if m[0] != place)))


def path(material: Material, there: Mapping[str, str], ours: Callable[[str], bool], folder: str = FOLDER) -> str:
    """Where today's document of this thread lies, or would."""
    last = material.sessions[0] if material.sessions else None
    thread = [s.id for s in material.sessions if last and (s.id == last.id or (s.thread and s.thread == last.thread))]
    for place in sorted(there, reverse=True):
        if place.startswith(f"{folder}/{material.today}-") and ours(there[place]) and any(one in there[place] for one in thread):
            return place
    words = (last.title or last.goal if last else "") or (material.git.branch if material.git else "")
    slug = "-".join(re.findall(r"[a-z0-9]+", harmless(words).lower()))[:SLUG].strip("-")
    return f"{folder}/{material.today}-{slug or 'handoff'}.md"


STYLE = Style("session-handoff", "one document a session: state, decisions, tasks, first steps, warnings, and how good it is (.passdown/handoffs/)",
              (LAYOUT,), documents, (f"{FOLDER}/",))

__all__ = ["LAYOUT", "STYLE", "documents", "path", "planned"]
