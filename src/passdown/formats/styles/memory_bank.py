"""Memory bank: a folder of six documents (`memory-bank/`) that an agent reads whole: brief, product, active context, patterns, technology, progress.

Source of the format: "Cline Memory Bank" (docs.cline.bot, custom instructions; core files projectbrief, productContext, activeContext, systemPatterns,
techContext, progress), and banks kept by Cline and Cursor, seen 2026-11. What people wrote stays; each record has one home among the six.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from passdown.formats.base import Item, Layout, Make, Material, Planned, Section, Style, nothing
from passdown.formats.parts.continuation import derived
from passdown.formats.parts.entry import each, entry
from passdown.formats.parts.orientation import overview
from passdown.formats.parts.wording import cell, code, key, line, listed
from passdown.formats.parts.work import is_done
from passdown.model.record import Record

FOLDERS = ("memory-bank", ".memory-bank", "docs/memory-bank")
COMMITS = 8
STRUCTURE = ("architecture", "data relationship")
TECHNICAL = ("constraint", "performance", "security", "external service")


def of(kind: str, *kinds: str) -> Make:
    """The records of these kinds."""
    return lambda material: each(material, kind, *(kinds or (kind,)))


def knowing(*categories: str) -> Make:
    """Knowledge of these categories, "" for that of none."""
    return lambda material: (entry(r, material, "knowledge") for r in material.records if r.kind == "knowledge" and r.detail("category") in categories)


def tasks(material: Material) -> Iterator[Record]:
    return (r for r in material.records if r.kind == "task" and not is_done(r))


def about(material: Material) -> Iterator[Item]:
    """The project in a sentence and its stack; the place where it lies is no part of a brief."""
    yield from (item for item in overview(material) if item.key != "root")


def focus(material: Material) -> Iterator[Item]:
    """What is begun, what blocks it, what waits for an answer."""
    yield from (entry(r, material, "task", given={"state": "in progress"}) for r in tasks(material) if r.detail("state") == "in progress")
    yield from each(material, "task", "blocker", "question")


def changes(material: Material) -> Iterator[Item]:
    """The latest commits."""
    for commit in (material.git.commits if material.git else ())[:COMMITS]:
        yield listed(key("commit", commit.sha[:7]), [f"{commit.day}: {line(commit.subject, 120)} ({commit.sha[:7]})"])


def soon(material: Material) -> Iterator[Item]:
    yield from (entry(r, material, "task") for r in tasks(material) if r.detail("state") != "in progress" and r.detail("horizon") in ("", "immediate"))
    if step := derived(material):
        yield listed("derived", [f"Nothing was noted; {step}"])


def later(material: Material) -> Iterator[Item]:
    yield from (entry(r, material, "task", mark="- [ ] ") for r in tasks(material)
                if r.detail("state") != "in progress" and r.detail("horizon") not in ("", "immediate"))


def works(material: Material) -> Iterator[Item]:
    """What is finished."""
    for record in (*material.done, *material.records):
        if is_done(record):
            yield entry(record, material, "task", given={"state": "done"}, mark="- [x] " if record.kind == "task" else "- ")


def learned(material: Material) -> Iterator[Item]:
    yield from knowing("gotcha", "")(material)
    yield from each(material, "knowledge", "lesson")


def directories(material: Material) -> Iterator[Item]:
    for path, what in material.overview.directories:
        yield listed(key("dir", path), [f"`{path}/`: {line(what, 160)}"])
    yield from knowing(*STRUCTURE)(material)


def stack(material: Material) -> Iterator[Item]:
    yield from (item for item in overview(material) if item.key == "stack")


def setup(material: Material) -> Iterator[Item]:
    """What manifests declare, then commands that were noted."""
    for command, purpose, source in material.overview.commands:
        yield listed(key("command", command), [f"{cell(purpose, 20)}: {code(command)} ({source})"])
    yield from each(material, "command", "command", "test-data")


def layout(name: str, title: str, sign: str, *sections: Section, budget: int = 200) -> Layout:
    numbered = tuple(replace(s, number=n) for n, s in enumerate(sections, 1))
    return Layout(f"memory-bank/{name}", "|".join(f"{folder}/{name}.md" for folder in FOLDERS), lambda _: f"# {title}\n", numbered, budget, signs=(
        rf"(?mi)^# {sign}\b",))


def section(name: str, make: Make = nothing, kind: str = "", *aliases: str, given: Mapping[str, str] | None = None, optional: bool = True) -> Section:
    return Section(0, name, make, 60, aliases, "" if optional else "Nothing noted yet.", kind, given or {}, optional=optional)


BRIEF = layout(
    "projectbrief", "Project Brief", "project brief",
    section("Overview", about, "knowledge", "project overview", "summary", optional=False),
    section("Core Requirements", nothing, "knowledge", "requirements", "core features", "key features", given={"category": "constraint"}),
    section("Project Goals", nothing, "knowledge", "goals", "objectives", "success criteria"),
    section("Non-Goals", nothing, "knowledge", "out of scope", "scope", given={"category": "constraint"}))
PRODUCT = layout(
    "productContext", "Product Context", "product context",
    section("Why This Project Exists", nothing, "knowledge", "problem statement", "purpose", "the problem", "problems it solves", "problems solved"),
    section("How It Should Work", nothing, "knowledge", "solution", "how it works", "key value propositions"),
    section("User Experience Goals", nothing, "knowledge", "ux goals", "user experience"),
    section("Target Users", nothing, "knowledge", "users", "audience"), section("Use Cases", nothing, "knowledge", "user journeys"))
ACTIVE = layout(
    "activeContext", "Active Context", "active context",
    section("Current Work Focus", focus, "task", "current focus", "current work", "focus", given={"state": "in progress"}, optional=False),
    section("Recent Changes", changes, "task", "recent updates", "what changed", "recently completed", given={"state": "done"}),
    section("Next Steps", soon, "task", "next actions", "upcoming work", "immediate next steps", optional=False),
    section("Active Decisions and Considerations", of("decision", "decision", "approach"), "decision", "active decisions", "decisions",
            "active decisions & considerations", "key decisions"),
    section("Important Patterns and Preferences", of("preference"), "preference", "preferences", "important patterns"),
    section("Learnings and Project Insights", learned, "knowledge", "learnings", "insights",
            "learnings and insights"),
    section("Current Challenges", nothing, "issue", "challenges", "open issues"))
PATTERNS = layout(
    "systemPatterns", "System Patterns", "system patterns",
    section("System Architecture", directories, "knowledge", "architecture", "architecture overview", given={"category": "architecture"}),
    section("Key Technical Decisions", nothing, "decision", "technical decisions", "design decisions"),
    section("Design Patterns in Use", knowing("pattern"), "knowledge", "design patterns", "core design patterns", "patterns", "code patterns",
            given={"category": "pattern"}),
    section("Component Relationships", nothing, "knowledge", "components", "data flow", "module structure", given={"category": "architecture"}))
TECHNOLOGY = layout(
    "techContext", "Tech Context", "tech(?:nical|nology)? context",
    section("Technologies Used", stack, "knowledge", "technology stack", "tech stack", "stack", "technologies", given={"category": "architecture"}),
    section("Development Setup", setup, "command", "development environment", "setup", "how to run"),
    section("Technical Constraints", knowing(*TECHNICAL), "knowledge", "constraints", "limitations", "technical debt and limitations",
            given={"category": "constraint"}),
    section("Dependencies", nothing, "knowledge", "external services", "core dependencies", given={"category": "external service"}),
    section("Resources", of("resource"), "resource", "references", "documentation"))
PROGRESS = layout(
    "progress", "Progress", "progress",
    section("What Works", works, "task", "completed", "done", "completed features", "recent milestones", given={"state": "done"}),
    section("What's Left to Build", later, "task", "remaining work", "todo", "to do", "next milestones", "what is left"),
    section("Current Status", nothing, "", "status"),
    section("Known Issues", of("issue", "issue", "risk"), "issue", "issues", "bugs", "known problems"),
    section("Evolution of Project Decisions", nothing, "decision", "decision history"))
LAYOUTS = (ACTIVE, PROGRESS, BRIEF, PATTERNS, TECHNOLOGY, PRODUCT)


def documents(material: Material, there: Mapping[str, str]) -> tuple[Planned, ...]:
    """Those that are there, and those that have something to say; the first answers for the records of which none says anything."""
    folder = next((f for f in FOLDERS if any(path.startswith(f + "/") for path in there)), FOLDERS[0])
    found = [(one, f"{folder}/{one.name.partition('/')[2]}.md", said(one, material)) for one in LAYOUTS]
    found = [(one, path, items) for one, path, items in found if one is ACTIVE or path in there or items]
    elsewhere = {i.key for _, _, items in found[1:] for i in items}
    return tuple(Planned(path, one, part(material, {i.key for i in items} if n else None, elsewhere)) for n, (one, path, items) in enumerate(found))


def said(one: Layout, material: Material) -> Sequence[Item]:
    return [item for s in one.sections for item in s.make(material)]


def part(material: Material, keys: set[str] | None, elsewhere: set[str]) -> Material:
    """The material with the records of these keys, or with those that are not said elsewhere."""
    def keep(records: Sequence[Record]) -> tuple[Record, ...]:
        return tuple(r for r in records if (r.id in keys if keys is not None else r.id not in elsewhere))
    return replace(material, records=keep(material.records), done=keep(material.done))


STYLE = Style("memory-bank", "a folder of six documents that an agent reads whole (memory-bank/)", LAYOUTS, documents)

__all__ = ["LAYOUTS", "STYLE"]
