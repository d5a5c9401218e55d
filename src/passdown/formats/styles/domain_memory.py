"""Domain memory: documents that say when they are to be loaded, with `<LOAD_IF task="…">` around each group of records.

Source of the format: "Session Memory - Production State Management" (system D, seen 2026-11) and the domain contexts of the project that it comes from:
a `<document>` element with metadata, an inheritance chain that ends at CLAUDE.md, production sessions and hand-over between phases as YAML.
`loading.memory` reads what is written here. Conditions and triggers are made from the records' own words (`parts.conditions`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from passdown.formats.base import Found, Item, Layout, Make, Material, Planned, Section, Style, nothing
from passdown.formats.marked import keys
from passdown.formats.parts import memory_text, orientation, production
from passdown.formats.parts.conditions import block, triggers
from passdown.formats.parts.context import of
from passdown.formats.parts.knowledge import CATEGORIES
from passdown.formats.parts.wording import harmless, line
from passdown.model.record import Record

if TYPE_CHECKING:
    from passdown.loading.triggers import Trigger

FOLDER = ".passdown/memory/"
VERSION = "1.0.0"
BASES = ("CLAUDE.md", "AGENTS.md", "GEMINI.md")  # what a domain's memory inherits from, the first that is there
_TAG = re.compile(r"<(/?LOAD_IF|/?document|/?metadata)\b", re.IGNORECASE)
_DOCUMENT = re.compile(r"<document\b", re.IGNORECASE)


def title(material: Material) -> str:
    return f"# Session Memory - {line(harmless(material.overview.name) or 'Production State Management', 80)} 🎬\n"


def head(material: Material) -> Iterator[Item]:
    """The `<document>` element: whom it inherits from, and what asks for it."""
    domain = slug(material.overview.name)
    known = {path for path, _ in material.memory}
    base = next((f' inherits="/{name}"' for name in BASES if name in known), "")
    kinds = [words for kind, words in WHEN.items() if any(r.kind == kind for r in material.records)]
    lines = [
        f'<document type="session-memory" version="{VERSION}"{base}>', "  <metadata>", f"    <domain>{domain}</domain>",
        f"    <scope>{_text(material.overview.about) or 'What sessions on this project have learned, decided and left open'}</scope>",
        "    <inheritance-level>Tier 3 - Domain Memory</inheritance-level>", "    <selective-loading>true</selective-loading>",
        f"    <loads-when>{', '.join(['session management', 'production tracking', 'workflow coordination', *kinds])}</loads-when>",
        f"    <triggers>{'|'.join(triggers(material, domain))}</triggers>", "  </metadata>", "</document>"]
    yield Item("metadata", "\n".join(lines))


WHEN = {"decision": "questioning what was decided", "issue": "debugging known problems", "command": "running or verifying the project",
        "preference": "user preferences"}


def _text(words: str) -> str:
    return line(harmless(words), 160).replace("<", "(").replace(">", ")")


def slug(name: str) -> str:
    """A name as a file and a trigger: `shop-api`; `project` for none."""
    return "-".join(re.findall(r"[a-z0-9]+", harmless(name).lower()))[:60] or "project"


def context(material: Material) -> Iterator[Item]:
    """What the domain is, in the seed's three ways as far as they are known; where to go on is below."""
    yield from (replace(item, text=_safe(item.text)) for item in orientation.overview(replace(material, root="")) if item.key != "root")


def category(name: str) -> Make:
    """The knowledge of one category."""
    return of("knowledge", test=lambda r: r.detail("category") == name, category=name)


def uncategorised(record: Record) -> bool:
    return record.detail("category") not in CATEGORIES[:-1]


def tame(make: Make) -> Make:
    """The same, with tags in it that cannot be taken for ours: a record that quotes `</LOAD_IF>` must not end its block."""

    def made(material: Material) -> Iterator[Item]:
        yield from (replace(item, text=_safe(item.text)) for item in make(material))

    return made


def _safe(text: str) -> str:
    return _TAG.sub(r"< \1", text)


def section(number: int, name: str, make: Make, budget: int, kind: str, aliases: tuple[str, ...] = (), *, given: Mapping[str, str] | None = None,
            topic: str = "", within: int = 0) -> Section:
    """A section that is there when it has something to say. topic: what asks for its block besides the records' own words, `a|b`; "" for no block."""
    return Section(number, name, tame(make), budget, aliases, kind=kind, given=given or {}, within=within, optional=True,
                   around=block(topic) if topic else None)


def known(number: int, name: str, of_category: str, aliases: tuple[str, ...], topic: str) -> Section:
    """The block of one category of knowledge."""
    return section(number, name, category(of_category), 60, "knowledge", aliases, given={"category": of_category}, topic=topic, within=13)


SECTIONS: tuple[Section, ...] = (
    Section(1, "🎯 SESSION MANAGEMENT CONTEXT", tame(context), 12, (
        "overview", "domain context", "domain overview", "production overview", "configuration overview", "agent system overview", "content overview",
        "state management overview", "system overview", "system status dashboard", "project transformation summary"),
        "Nothing known yet: one paragraph on what this domain is.", kind="knowledge", by_hand=True),
    section(2, "🎬 SESSION ARCHITECTURE", category("architecture"), 40, "knowledge", (
        "architecture", "state architecture", "system architecture", "current system architecture", "structure", "project structure", "production structure",
        "session directory structure", "context organization", "settings hierarchy", "current file status", "integration points", "state transitions",
        "agent communication", "agent roster", "hooks system", "episode lifecycle", "episode structure"),
            given={"category": "architecture"}, topic="architecture|structure|design"),
    section(3, "Active Production Sessions", production.active, 60, "task", ("active sessions", "active episodes", "active productions", "current focus"),
            given={"state": "in progress"}, topic="active|current|workflow|production", within=2),
    section(4, "Batch Production Sessions", production.batches, 20, "task", ("batch research sessions", "batch sessions", "batch production", "batches"),
            topic="batch|coordination|parallel", within=2),
    section(5, "Templates", production.templates, 20, "knowledge", ("episode templates", "episode template", "session templates"),
            given={"category": "pattern"}, topic="template|initialization|structure|planning", within=2),
    section(6, "🔄 WORKFLOW STATE COORDINATION", nothing, 10, "knowledge", (
        "state management", "workflow coordination", "invocation patterns", "primary workflows", "workflows", "state manager api"),
            given={"category": "pattern"}),
    section(7, "Cross-Phase Handover", production.handover, 60, "task", (
        "cross-phase intelligence", "cross-phase hand-over", "cross-phase handoff", "next actions", "next steps", "what needs attention", "open tasks"),
            topic="next|todo|continue|resume|open|phase|handover", within=6),
    section(8, "Session Intelligence", production.intelligence, 12, "knowledge", (
        "performance metrics", "quality metrics", "metrics & reporting", "cost tracking", "token budget allocation", "progress"),
            given={"category": "performance"}, topic="progress|cost|quality|recovery|metrics", within=6),
    section(9, "Completed Sessions", production.completed, 50, "task", ("completed production sessions", "completed", "handoff status"),
            given={"state": "done"}, topic="completed|finished|history|milestone", within=6),
    section(10, "🚧 BLOCKERS AND QUESTIONS", of("blocker", "blocker", "question"), 30, "blocker", (
        "blockers", "current blockers", "open questions", "blocked"), topic="blocked|blocker|question|waiting"),
    section(11, "⚖️ DECISIONS", of("decision"), 90, "decision", ("decisions", "key decisions", "design decisions", "decision log"),
            topic="decision|decided|chosen|instead|alternative"),
    section(12, "🧪 APPROACHES", of("approach"), 60, "approach", ("approaches", "approaches tried", "what was tried"), topic="approach|tried|failed|attempt"),
    section(13, "🧠 DOMAIN KNOWLEDGE", of("knowledge", test=uncategorised), 80, "knowledge", (
        "knowledge", "domain knowledge", "critical knowledge", "mcp server configuration", "series bible", "seasonal themes", "content assets",
        "essential context for new chat", "quick reference", "what works"), topic="knowledge|background"),
    known(14, "Gotchas", "gotcha", ("pitfalls", "error recovery", "error handling", "debugging & logs"), "gotcha|debug|error|pitfall"),
    known(15, "External Services", "external service", ("integrations", "voice configuration"), "service|integration|api|external"),
    known(16, "Patterns", "pattern", ("best practices",), "pattern|convention|implement"),
    known(17, "Data Relationships", "data relationship", ("data",), "data|schema|model|relationship"),
    known(18, "Constraints", "constraint", (
        "quality gates", "quality standards", "configuration protection", "content validation", "technical constraints", "critical policies", "policies"),
          "constraint|limit|gate|must|rule"),
    known(19, "Performance", "performance", (), "performance|slow|memory|speed"),
    known(20, "Security", "security", (), "security|secret|permission|auth"),
    section(21, "⚠️ KNOWN ISSUES AND RISKS", of("issue", "issue", "risk"), 50, "issue", ("known issues", "issues", "risks", "known problems"),
            topic="issue|bug|problem|risk|debug"),
    section(22, "⚡ COMMANDS", of("command"), 40, "command", (
        "quick start", "essential commands", "production commands", "configuration commands", "commands", "cli operations", "utility scripts",
        "agent management"), topic="run|command|build|verify|setup"),
    section(23, "🗃️ TEST DATA", of("test-data"), 30, "test-data", ("test data",), topic="test|data|fixture|sample"),
    section(24, "📚 RESOURCES", of("resource"), 40, "resource", (
        "resources", "cross-references", "references", "related contexts", "key files", "support resources", "context navigation map"),
            topic="resource|reference|document|link"),
    section(25, "👤 PREFERENCES", of("preference"), 30, "preference", ("preferences", "user preferences", "brand voice guidelines"),
            topic="preference|style|commit|review"),
    section(26, "🎓 LESSONS", of("lesson"), 30, "lesson", ("lessons learned", "lessons", "key learnings"), topic="lesson|learned|mistake|retry"),
)
BY_SECTION = Layout(
    "domain-memory", f"{FOLDER}*.md|.claude/*/CLAUDE.md", title, SECTIONS, 900, head=head,
    signs=(r"(?i)<document\b[^<>]*\btype=\"[\w-]*memory\"", r"(?im)^<LOAD_IF\b", r"<!-- (?:Domain|Component) Context \|", r"<selective-loading>"))


def read(text: str) -> tuple[Found, ...]:
    return memory_text.read(BY_SECTION, text)


LAYOUT = replace(BY_SECTION, read=read)


def documents(material: Material, there: Mapping[str, str]) -> tuple[Planned, ...]:
    """The memory documents that are there, each with the records that ask for it; what asks for none goes into the project's own."""
    from passdown.loading.metadata import metadata  # patterns that whoever only reads documents need not compile

    own = f"{FOLDER}{slug(material.overview.name)}.md"
    memories = {path: text for path, text in there.items() if _DOCUMENT.search(text)}
    main = own if own in memories or not memories else next(iter(memories))
    says = {path: keys(text) for path, text in memories.items()}
    asks = {path: metadata(text)[0].triggers for path, text in memories.items() if path != main}
    homes = {r.id: _home(r, says, asks) or main for r in (*material.records, *material.done)}
    return tuple(Planned(path, LAYOUT, replace(
        material, records=tuple(r for r in material.records if homes[r.id] == path), done=tuple(r for r in material.done if homes[r.id] == path)))
        for path in {main: "", **memories})


def _home(record: Record, says: Mapping[str, frozenset[str]], asks: Mapping[str, "Sequence[Trigger]"]) -> str:
    """The document that says the record already, else the first whose triggers its words ask for; "" for the main one."""
    said = next((path for path, ids in says.items() if record.id in ids), "")
    return said or next((path for path, wanted in asks.items() if _asked(wanted, record)), "")


def _asked(wanted: "Sequence[Trigger]", record: Record) -> bool:
    from passdown.loading.triggers import BadRegexError, first_match
    from passdown.loading.words import task_of

    try:
        return first_match(wanted, task_of(record.title)) is not None
    except BadRegexError:
        return False


STYLE = Style("domain-memory", "memory that a task loads in parts: metadata, triggers, LOAD_IF blocks (.passdown/memory/<domain>.md)", (LAYOUT,), documents)

__all__ = ["FOLDER", "LAYOUT", "STYLE"]
