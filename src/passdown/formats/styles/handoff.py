"""The free handoff: `HANDOFF.md`, or a dated file where the project keeps several; goal, state, decisions, dead ends, verification, next steps.

Source of the format: handoffs that agents and people write of their own accord (Claude Code skills `/handoff` and the like, release handoffs; seen 2026-11).
They agree on what they say more than on headings, so each section has many names.
"""

from collections.abc import Callable, Iterator, Mapping

from passdown.formats.base import Item, Layout, Make, Material, Planned, Section, Style, nothing
from passdown.formats.parts import changes, continuation, environment, first_steps, orientation, work
from passdown.formats.parts.asked import subject
from passdown.formats.parts.begun import begun
from passdown.formats.parts.entry import entry
from passdown.formats.parts.wording import harmless, key, line, listed
from passdown.formats.styles import session_handoff
from passdown.model.record import TRUST, Record

PATH = "HANDOFF.md"
FOLDERS = (".claude/handoffs", "docs/handoffs", ".passdown/handoffs")
HOMES: Mapping[str, str] = {
    "decision": "Key decisions", "preference": "Constraints and user directives", "question": "Open questions for the user",
    "resource": "Read on resume", "issue": "Known issues", "risk": "Risks", "blocker": "Blockers", "lesson": "Lessons learned", "milestone": "Completed",
    "test-data": "Current state", "knowledge": "Current state"}
TRIED = {"failed": "Dead ends", "untried": "Next steps"}
OTHER_WAYS: Mapping[str, str] = {"worked": "**Worked:** ", "untried": "**Not tried yet:** "}


def home(record: Record) -> str:
    """The one section in which a record is said."""
    if record.kind == "task":
        return "Completed" if work.is_done(record) else "Next steps"
    if record.kind == "approach":
        return TRIED.get(record.detail("outcome"), "What was tried")
    if record.kind == "command":
        return "Verification" if record.detail("purpose") == "verify" else "Commands"
    if record.kind == "knowledge" and record.detail("category"):
        return "Technical notes"
    return HOMES[record.kind]


def homed(name: str, material: Material) -> list[Record]:
    """The records of a section: begun and urgent work first, what somebody said on purpose before what was only quoted."""
    found = [r for r in (*material.records, *material.done) if home(r) == name]
    return sorted(found, key=lambda r: (r not in begun(material), work.PRIORITIES.index(r.detail("priority")) if r.kind == "task" else 0,
                                        list(TRUST).index(r.trust)))


def saying(name: str, measured: Make = nothing, mark: str = "- ", before: Make = nothing) -> Make:
    """What is measured `before`, the section's records, then what else is measured."""

    def make(material: Material) -> Iterator[Item]:
        section = BY_NAME[name]
        items = [entry(r, material, section.kind, given=given(r, section), mark=mark, lead=lead(r, section), dashed=section.dashed)
                 for r in homed(name, material)]
        for number, item in enumerate((*before(material), *items, *measured(material)), 1):
            yield Item(item.key, f"{number}{item.text[1:]}") if mark == "1. " else item

    return make


def lead(record: Record, section: Section) -> str:
    """The label of a way that was tried, in a section of other things."""
    return OTHER_WAYS.get(record.detail("outcome"), "") if record.kind == "approach" != section.kind else ""


def given(record: Record, section: Section) -> Mapping[str, str]:
    """What the section, or the label, says of the record anyhow."""
    return {"outcome": record.detail("outcome")} if lead(record, section) else section.given


def verified(material: Material) -> Iterator[Item]:
    """The last build and tests, and the commands that verify, with how they ended last."""
    yield listed("build", [f"**Build Status:** {environment.status(material, 'build', environment.BUILD)}"])
    yield listed("test", [f"**Test Status:** {environment.status(material, 'test', environment.TESTS)}"])


def next_work(material: Material) -> Iterator[Item]:
    """The agent's own list, and where it stopped."""
    for text in (t.text for t in (material.sessions[0].todos if material.sessions else ()) if t.status != "completed"):
        yield Item(key("todo", text), f"1. {line(text, 200)} (open on the agent's own list)")
    step = continuation.continue_from(material)
    if left := continuation.derived(material):
        yield Item("continue", f"1. Nothing was noted; {left}{f' (`{line(step.file, 160)}`)' if step.file else ''}")
    elif step.file:
        yield Item("continue", f"1. Continue at `{line(step.file, 160)}`{f': {step.next}' if step.next else ''}")


def to_read(material: Material) -> Iterator[Item]:
    """Files to read first, then other context files."""
    for one in continuation.read_first(material, continuation.continue_from(material)):
        yield listed(key("read", one), [one])


SECTIONS: tuple[Section, ...] = (
    Section(1, "Goal", first_steps.focus, 15, (
        "the goal", "objective", "current objective", "scope and intent", "objective and protocol", "mission", "purpose", "executive summary", "one sentence",
        "overview", "context", "background"), "UNKNOWN", "knowledge", by_hand=True),
    Section(2, "Current state", saying("Current state", first_steps.unsolved, before=first_steps.came_from), 60, (
        "state", "status", "current status", "where we are", "where things stand", "end state", "shipped state", "handoff status", "outcome", "result",
        "summary", "session summary", "what happened", "release summary", "what ships", "release contents", "published contents",
        "evidence & data", "data", "known facts", "what changed", "progress", "scope",
        "publish scope", "what changed and why"), "None", "knowledge"),
    Section(3, "Completed", saying("Completed", changes.achieved), 40, (
        "completed work", "work completed", "what was done", "what we did", "done", "goal completed", "accomplishments", "achievements", "landed",
        "landed work items", "completed execution", "implementation", "phase implementation", "delivered", "what delivered",
        "commits", "archive actions", "execution record", "shipped"), "None", "task", {"state": "done"}),
    Section(4, "Files touched", changes.files_modified, 30, (
        "files changed", "files modified", "files", "changed files", "files created", "files created/modified", "key files", "artifacts",
        "github release assets"), "None", "resource", by_hand=True),
    Section(5, "Key decisions", saying("Key decisions", mark="1. "), 60, (
        "decisions", "decisions made", "decisions taken", "recent decisions", "important decisions", "design decisions", "locked decisions",
        "decisions and rationale", "decision log"), "None", "decision", dashed=("why",)),
    Section(6, "Constraints and user directives", saying("Constraints and user directives"), 30, (
        "constraints and user directives (verbatim)", "constraints", "user directives",
        "user preferences", "preferences", "directives", "rules", "ground rules", "working agreement", "stop conditions", "claim boundary", "claim boundaries",
        "conventions", "guardrails"), "None", "preference"),
    Section(7, "Dead ends", saying("Dead ends"), 40, (
        "dead ends and cautions", "what didn't work", "what did not work", "failed approaches", "failed attempts", "approaches that failed", "mistakes"),
            "None", "approach", {"outcome": "failed"}),
    Section(8, "What was tried", saying("What was tried"), 30, ("what we tried", "approaches", "approaches tried", "attempts", "what worked"), "", "approach",
            optional=True),
    Section(9, "Problems and solutions", nothing, 20, ("problems & solutions", "problems", "problems solved", "bugs fixed", "issues fixed", "fixes"), "",
            "issue", optional=True, dashed=("mitigation",)),
    Section(10, "Verification", saying("Verification", before=verified), 30, (
        "validation", "tests", "testing", "test status", "how to verify", "smoke tests", "proof", "proof commands", "proof observed", "validation receipt",
        "what was validated", "release validation", "pre-tag checklist", "post-tag smoke", "post-release verification",
        "evidence pointers", "receipts", "pr receipts", "quality gates"), "None", "command", {"purpose": "verify"}),
    Section(11, "Git state", orientation.git_state, 15, (
        "current git state", "git", "git status", "repository state", "branch state", "branch"), "Not in a git work tree."),
    Section(12, "Blockers", saying("Blockers"), 20, ("blocked", "blocking issues", "current blockers", "dependencies"), "", "blocker", optional=True,
            dashed=("impact",)),
    Section(13, "Known issues", saying("Known issues"), 30, (
        "issues", "known problems", "known bugs", "bugs", "known limitations", "limitations", "known non-blockers", "known release notes", "technical debt",
        "remaining findings", "findings", "the remaining findings"), "", "issue", optional=True,
            dashed=("mitigation",)),
    Section(14, "Risks", saying("Risks"), 30, (
        "risks & blockers", "risks and blockers", "warnings", "warnings & cautions", "cautions", "gotchas", "risks and cautions", "rollback",
        "rollback / contingency guidance"), "", "risk", optional=True, dashed=("mitigation",)),
    Section(15, "Next steps", saying("Next steps", next_work, "1. "), 40, (
        "next", "next step", "next actions", "next exact work", "next work", "next tasks", "next session", "next session suggestions", "next up",
        "remaining work", "remaining project work", "remaining", "remaining tasks", "residual work", "where we're going", "todo", "todos", "to do",
        "incomplete/todo", "incomplete", "in progress", "pending", "pending work", "pending tasks", "follow-ups",
        "follow-up disposition",
        "follow-up", "action items", "roadmap", "release execution", "release runbook", "tag and release",
        "tag + release", "immediate next steps", "recommendations", "backlog", "plan"), "None", "task"),
    Section(16, "Open questions for the user", saying("Open questions for the user"), 20, (
        "open questions", "questions", "questions for the user", "pending user actions", "user decisions needed", "unresolved questions"), "None", "question"),
    Section(17, "Read on resume", saying("Read on resume", to_read), 25, (
        "read first", "files to read", "reading list", "references", "resources", "links", "important files", "related documents", "documents", "see also",
        "resources & references"), "None", "resource"),
    Section(18, "Commands", saying("Commands"), 25, (
        "quick start", "quick start for next session", "how to run", "how to resume", "resume prompt", "setup", "set up", "set-up", "install",
        "installation", "getting started", "useful commands", "publish github release"), "", "command",
            optional=True),
    Section(19, "Technical notes", saying("Technical notes"), 40, (
        "notes", "technical details", "implementation notes", "architecture", "architecture notes", "context and notes", "key insights", "insights",
        "important context", "key learnings", "patterns", "scope and architecture"), "",
            "knowledge", optional=True),
    Section(20, "Lessons learned", saying("Lessons learned"), 20, ("lessons", "learnings", "what we learned"), "", "lesson", optional=True),
)
BY_NAME = {s.name: s for s in SECTIONS}


def head(material: Material) -> Iterator[Item]:
    yield orientation.head(material)


def title(material: Material) -> str:
    """`# Handoff: project`: the document outlives the session that it begins with, and a title is never written anew."""
    last = material.sessions[0] if material.sessions else None
    about = harmless(line(material.overview.name, 80)) or (harmless(subject(last, 80)) if last else "")
    return f"# Handoff: {about}\n" if about else "# Handoff\n"


LAYOUT = Layout(
    "handoff", "|".join((PATH, *(f"{folder}/*.md" for folder in FOLDERS))), title, SECTIONS, 500, head=head,
    signs=(r"(?im)^#{1,2} (?:session )?handoff\b[:—–-]", r"(?m)^## (?:Dead ends|Read on resume|Constraints and user directives)\b"))


def free(text: str) -> bool:
    """Whether a document in a folder of handoffs is of this style, and not of the template."""
    return "**Session ID:**" not in text


def documents(material: Material, there: Mapping[str, str]) -> tuple[Planned, ...]:
    """`HANDOFF.md`; today's file of this thread in the folder where the project keeps such handoffs, when it has one."""
    return (session_handoff.planned(place(material, there, free), LAYOUT, material),)


def place(material: Material, there: Mapping[str, str], ours: Callable[[str], bool]) -> str:
    kept = [folder for folder in FOLDERS if any(p.startswith(f"{folder}/") and ours(text) for p, text in there.items())]
    if PATH in there or not kept:
        return PATH
    return session_handoff.path(material, there, ours, kept[0])


STYLE = Style("handoff", "a free handoff: goal, state, decisions, dead ends, verification, next steps (HANDOFF.md)", (LAYOUT,), documents)

__all__ = ["LAYOUT", "PATH", "STYLE"]
