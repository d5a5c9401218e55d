"""Session context: `SESSION_CONTEXT.md` with the present state, `docs/decisions.md` with every decision and its number, `docs/conversation_summary.md`.

Source of the format: "Session Handoff Workflow" (system E, seen 2026-11): the documents that it names, their sections, and when they are to be updated.
`loading.context` reads what is written here; architecture and phase documents are the project's own, and stand in the reading order.
"""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from passdown.formats.base import Item, Layout, Make, Material, Planned, Section, Style, nothing
from passdown.formats.marked import chunks
from passdown.formats.parts import context, decisions, orientation, update_log
from passdown.formats.parts.context import is_constraint, is_deferred, of
from passdown.formats.parts.wording import harmless, line
from passdown.formats.parts.work import is_pending
from passdown.model.record import Record

PATH, DECISIONS, SUMMARY = "SESSION_CONTEXT.md", "docs/decisions.md", "docs/conversation_summary.md"
PROTOCOL = ("New session, any agent: read this file first, state in a few sentences where things stand, ask what is unclear, then proceed as it was designed. "
            "What is decided or put off below is not reopened without asking.")


def title(material: Material) -> str:
    name = harmless(material.overview.name)
    return f"# Session Context{f' - {line(name, 80)}' if name else ''}\n"


def head(material: Material) -> Iterator[Item]:
    yield orientation.head(material)
    yield Item("protocol", f"> {PROTOCOL}")


def is_architecture(record: Record) -> bool:
    return record.detail("category") == "architecture"


def gotchas(material: Material) -> Iterator[Item]:
    """All other knowledge; known problems and risks."""
    yield from of("knowledge", test=lambda r: not is_constraint(r) and not is_architecture(r), category="gotcha")(material)
    yield from of("knowledge", "issue", "risk")(material)


def next_steps(material: Material) -> Iterator[Item]:
    yield from of("task", test=lambda r: is_pending(r) and not is_deferred(r))(material)
    yield from of("task", "approach", test=lambda r: r.detail("outcome") in ("", "untried"))(material)


def sections(quick: Make, order: Make) -> tuple[Section, ...]:
    """quick: the decisions in short. order: what to read when."""
    return (
        Section(1, "Where We Are", context.where_we_are, 40, (
            "current state", "current status", "status", "state", "where things stand", "current state & phase", "current phase", "current focus", "progress"),
            "Nothing known yet: `passdown note task \"what is begun\" --state \"in progress\"`", "task", {"state": "in progress"}),
        Section(2, "Current Blockers", of("blocker", "blocker", "question"), 30, ("blockers", "blocked", "open questions", "waiting for"), "None known.",
                "blocker"),
        Section(3, "What NOT to Do", context.what_not, 60, (
            "don't", "don'ts", "anti-patterns", "anti-patterns to avoid", "avoid", "constraints", "off limits", "hard constraints"),
            "None known.", "knowledge", {"category": "constraint"}),
        Section(4, "Implementation Gotchas", gotchas, 90, ("gotchas", "known issues", "pitfalls", "things to watch out for", "watch out", "troubleshooting"),
                "", "knowledge", {"category": "gotcha"}, optional=True),
        Section(5, "Critical Decisions", quick, 60, ("quick decisions", "key decisions", "decisions", "decisions made", "settled decisions"), "", "decision",
                optional=True),
        Section(6, "Architecture Notes", of("knowledge", test=is_architecture, category="architecture"), 40, (
            "architecture", "architecture overview", "technical details", "tech stack"), "", "knowledge", {"category": "architecture"}, optional=True),
        Section(7, "Approaches That Worked", of("approach", test=lambda r: r.detail("outcome") == "worked", outcome="worked"), 40, (
            "what works", "what worked", "approaches that work"), "", "approach", {"outcome": "worked"}, optional=True),
        Section(8, "Standards", of("preference"), 30, (
            "coding standards", "code standards", "when writing code", "user rules", "user preferences", "conventions", "preferences", "rules"), "",
            "preference", optional=True),
        Section(9, "Lessons", of("lesson"), 25, ("lessons learned", "learnings"), "", "lesson", optional=True),
        Section(10, "Next Steps", next_steps, 60, ("next", "todo", "to do", "immediate next steps", "what's next", "pending"), "", "task", optional=True),
        Section(11, "Completed", context.completed, 50, ("done", "completed work", "recently completed", "what's done"), "", "task",
                {"state": "done"}, optional=True),
        Section(12, "Commands", of("command"), 25, ("quick start", "quick commands", "how to run", "setup", "set-up"), "", "command", optional=True),
        Section(13, "Test Data", of("test-data"), 20, ("test fixtures",), "", "test-data", optional=True),
        Section(14, "Resources", of("resource"), 25, ("key files", "links", "references", "file locations"), "", "resource", optional=True),
        Section(15, "Reading Order", order, 20, ("documentation hierarchy", "what to read", "documents", "documentation", "read first"), "", "resource",
                by_hand=True),
        Section(16, "Update Log", update_log.entries, 60, ("updates", "change log", "changelog", "session log", "history", "recent updates"), "", "milestone"),
    )


def laid_out(quick: Make, order: Make) -> Layout:
    return Layout("session-context", PATH, title, sections(quick, order), 650, head=head, signs=(
        r"(?i)\A\s*# [^\n]*\bsession[ _]context\b",
        r"(?is)\A(?=.*\n#{1,4} [^\n]*(?:where we are|what not to do))(?=.*\n#{1,4} [^\n]*(?:update log|blockers|gotchas|(?:critical|quick) decisions))"))


HISTORY = Layout("session-context/summary", SUMMARY, lambda _: "# Conversation Summary\n", (
    Section(1, "How We Got Here", context.history, 120, ("history", "sessions", "timeline"), "No session is told here.", "milestone"),
    Section(2, "Turning Points", context.turning_points, 80, ("key moments", "milestones"), "", "milestone", optional=True)), 220,
    signs=(r"(?im)^# .*\b(?:conversation|discussion|chat) (?:summary|history)\b",))
CONTEXT = laid_out(context.quick_decisions({}, DECISIONS, ""), context.reading_order((PATH,)))
# By its content alone a log is one of the style `decisions`: this one is found by its place.
LOG = replace(decisions.LOG, name="session-context/decisions", glob=DECISIONS, sections=(Section(1, "Numbered Decisions", nothing),), signs=())


def documents(material: Material, there: Mapping[str, str]) -> tuple[Planned, ...]:
    """The context; the decisions when there are any; the summary when there is something to tell."""
    chosen = replace(material, records=tuple(r for r in material.records if r.kind == "decision"), done=())
    log = decisions.log(LOG.name, DECISIONS, there.get(DECISIONS, ""), chosen)
    turns = replace(material, records=tuple(filter(context.is_turn, material.records)), done=tuple(filter(context.is_turn, material.done)))
    has_log = bool(chosen.records or DECISIONS in there)
    has_summary = bool(material.sessions or turns.records or turns.done or SUMMARY in there)
    names = decisions.called(there.get(DECISIONS, ""), chosen)
    written = (PATH, *([DECISIONS] if has_log else []), *([SUMMARY] if has_summary else []))
    layout = laid_out(context.quick_decisions(names, DECISIONS, by_hand(there.get(PATH, ""))), context.reading_order(written))
    planned = [Planned(PATH, layout, material)]
    planned += [Planned(DECISIONS, log, chosen)] if has_log else []
    planned += [Planned(SUMMARY, HISTORY, turns)] if has_summary else []
    return tuple(planned)


def by_hand(text: str) -> str:
    """What somebody else wrote in a document of ours."""
    return "".join(one.text for one in chunks(text) if not one.key)


STYLE = Style("session-context", "SESSION_CONTEXT.md with the present state, numbered decisions and a summary of how it came about", (CONTEXT, LOG, HISTORY),
              documents)

__all__ = ["CONTEXT", "DECISIONS", "HISTORY", "LOG", "PATH", "STYLE", "SUMMARY"]
