"""What counts as handed over."""

from passdown.continuity.course import Course
from passdown.continuity.given import delivered_briefings, given
from passdown.model.event import Compaction, Event, Injected, Prompt, ToolCall, ToolResult

BRIEFING = ("passdown · shop · Friday 09:12\n3 of 3 things known · pd:0a1b2c3d\n\nFILES\n- src/a.py\n\n"
            "The user expects to hear where things stand, before anything changes.")
EDIT = ToolCall(n=90, call="90", tool="Edit", action="edit", paths=("a.py",))


def kinds(*events: Event) -> list[tuple[str, str]]:
    return [(g.kind, g.where) for g in given(Course((*events, EDIT)))]


def test_a_briefing_is_found_wherever_it_came_in() -> None:
    """By hook, pasted, or printed by our own command; twice the same counts once."""
    assert kinds(Injected(n=1, text=BRIEFING)) == [("briefing", "pd:0a1b2c3d")]
    assert kinds(Prompt(n=1, text=f"Read this:\n{BRIEFING}\n\n\nthen go on")) == [("briefing", "pd:0a1b2c3d")]
    assert kinds(ToolResult(n=1, call="x", output=BRIEFING), Injected(n=2, text=BRIEFING)) == [("briefing", "pd:0a1b2c3d")]
    assert len(delivered_briefings(Course((EDIT, Injected(n=91, text=BRIEFING))))) == 1


def test_what_comes_after_the_first_edit_or_carries_no_mark_is_no_start() -> None:
    """A hook that had nothing to say yet gave nothing."""
    assert given(Course((EDIT, Injected(n=91, text=BRIEFING)))) == []
    assert kinds(Injected(n=1, text="passdown · quoted from earlier sessions · pd:none\n! Nothing is rendered yet.")) == []


def test_documents_for_handing_over_count_when_they_are_read_first() -> None:
    """A README is no such document, and one read late is not the start."""
    reads = [ToolCall(n=n, call=str(n), tool="Read", action="read", paths=(path,)) for n, path in enumerate(("README.md", "docs/HANDOFF-2026.md"), 1)]
    late = [ToolCall(n=n, call=str(n), tool="Bash", action="shell", command="ls") for n in range(3, 15)]

    assert kinds(*reads) == [("document", "docs/HANDOFF-2026.md")]
    assert kinds(reads[0], *late, ToolCall(n=20, call="20", tool="Read", action="read", paths=("CLAUDE.md",))) == []


def test_a_document_that_was_read_to_be_edited_was_not_handed_over() -> None:
    """Instructions that the session changed, or a hand-off that it changed first; one that is brought up to date at the end was handed over."""
    def course(path: str, *edited: str) -> Course:
        edits = [ToolCall(n=n, call=str(n), tool="Edit", action="edit", paths=(one,)) for n, one in enumerate(edited, 2)]
        return Course((ToolCall(n=1, call="1", tool="Read", action="read", paths=(path,)), *edits))

    assert [g.where for g in given(course("CLAUDE.md", "src/a.py"))] == ["CLAUDE.md"]
    assert given(course("CLAUDE.md", "src/a.py", "CLAUDE.md")) == []
    assert given(course("HANDOFF.md", "HANDOFF.md", "src/a.py")) == []
    assert [g.where for g in given(course("HANDOFF.md", "src/a.py", "HANDOFF.md"))] == ["HANDOFF.md"]


def test_a_session_may_go_on_from_a_summary() -> None:
    """When it opens with one; a compaction in its middle is its own."""
    assert kinds(Compaction(n=1, text="So far the queue was built.")) == [("summary", "")]
    assert kinds(ToolCall(n=1, call="1", tool="Bash", action="shell", command="ls"), Compaction(n=2, text="So far")) == []
