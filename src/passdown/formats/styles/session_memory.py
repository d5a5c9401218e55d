"""Session memory: `.tmp/SESSION_MEMORY.md`, thirteen numbered sections with a line budget each, and an archive.

Source of the format: the hand-off prompt "Write a memory document to .tmp/SESSION_MEMORY.md" (system A, seen 2026-11); headings, order and budgets are its.
See `formats.sectioned` for how it is written and read.
"""

from collections.abc import Iterator, Mapping

from passdown.formats.base import Item, Layout, LeftOut, Material, Planned, Section, Style
from passdown.formats.parts import continuation, knowledge, orientation, work

PATH = ".tmp/SESSION_MEMORY.md"
GIT_WORDS = ("branch:", "last commit", "uncommitted", "remote sync")


def note(kind: str, words: str = "…", options: str = "") -> str:
    return f"Nothing known yet: `passdown note {kind} \"{words}\"{' ' + options if options else ''}`"


def measured(text: str, material: Material) -> bool:
    """Git's state as somebody wrote it: it is measured."""
    return material.git is not None and any(word in text.lower() for word in GIT_WORDS)


def worked_off(text: str, material: Material) -> bool:
    """Resume instructions that a later session has worked off."""
    return not text.startswith("#") and bool(material.written and material.sessions and material.sessions[0].started > material.written)


def speculation(material: Material) -> Iterator[LeftOut]:
    """The seed wants no future work that is not captured in a ticket."""
    for record in material.records:
        if work.speculative(record):
            yield LeftOut(record.id, record.title, "for the future, and no ticket asks for it")


def head(material: Material) -> Iterator[Item]:
    yield orientation.head(material)


SECTIONS: tuple[Section, ...] = (
    Section(1, "Project Overview", orientation.overview, 10, ("overview",), by_hand=True),
    Section(2, "Architecture", orientation.architecture, 20, ("structure",),
            note("knowledge", "how data flows", "--category architecture --file path"), by_hand=True),
    Section(3, "Completed Work", work.completed, 50, ("completed", "done"),
            note("milestone", "what was finished", "--file path"), "task", {"state": "done"}, head=work.HEAD),
    Section(4, "In-Progress/Blocked", work.in_progress, 20, ("in progress", "in-progress", "in progress / blocked", "in progress/blocked", "blocked"),
            note("task", "what is begun", "--state \"in progress\" --stopped file:line --next \"…\""), "task", {"state": "in progress"}),
    Section(5, "Pending Work", work.pending, 20, ("pending", "next steps", "todo"), note("task", "what remains", "--priority high --ticket path"),
            "task", {"state": "open"}),
    Section(6, "Critical Knowledge", knowledge.critical, 150, ("knowledge", "gotchas"),
            note("knowledge", "what is not obvious", "--severity critical --category gotcha --file path:line"), "knowledge"),
    Section(7, "Test Data", knowledge.test_data, 30, (), note("test-data", "data that works", "--as-of YYYY-MM-DD --credentials path"), "test-data"),
    Section(8, "Quick Start", orientation.quick_start, 20, ("quickstart", "how to run"),
            note("command", "exact command", "--purpose set-up"), "command", by_hand=True),
    Section(9, "Git State", orientation.git_state, 15, ("git", "git status"), "Not in a git work tree.", outdated=measured),
    Section(10, "Related Memory Files", orientation.related, 15, ("related files", "memory files"), note("resource", "what it is", "--link path"), "resource"),
    Section(11, "Resume Instructions", continuation.resume_instructions, 25, ("resume", "how to resume"),
            note("task", "what comes next", "--stopped file:line --next \"…\""), by_hand=True, outdated=worked_off),
    Section(12, "User Preferences", knowledge.preferences, 25, ("preferences",), note("preference", "how the user wants it", "--scope Commits"), "preference"),
    Section(13, "Lessons Learned", knowledge.lessons, 20, ("lessons",), note("lesson", "what to do differently", "--why \"…\""), "lesson"),
)
LAYOUT = Layout(
    "session-memory", PATH, lambda _: "# Session Memory\n", SECTIONS, head=head, numbered=True, stamped=True, archive="Archive",
    signs=(r"(?m)^#{2,4} (?:\d{1,2}\. )?Critical Knowledge\b", r"\[UPDATED: \d{4}-\d{2}-\d{2}\]"), excludes=speculation)


def documents(material: Material, there: Mapping[str, str]) -> tuple[Planned, ...]:
    """The one document."""
    del there
    return (Planned(PATH, LAYOUT, material),)


STYLE = Style("session-memory", "one memory document in thirteen numbered sections (.tmp/SESSION_MEMORY.md)", (LAYOUT,), documents, (".tmp/",))

__all__ = ["LAYOUT", "PATH", "STYLE"]
