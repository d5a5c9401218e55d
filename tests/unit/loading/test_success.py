"""System E's success criteria, seen in the events of the next session."""

import pytest

from passdown.loading.success import criteria
from passdown.model.event import Event, Injected, Prompt, Reply, ToolCall

PATH = "SESSION_CONTEXT.md"
CONTEXT = "# Context\n## Where We Are\nPhase 1 in progress: the ledger exporter escapes quotes.\n## Next\nPhase 2\n"
DECISIONS = "# Decisions\n## Decision 1: Queue in SQLite\n**Rationale:** no server\n**Alternatives:** Redis\n"
READ = ToolCall(n=1, call="1", tool="Read", action="read", paths=(f"/home/dev/shop/{PATH}",))
EDIT = ToolCall(n=8, call="8", tool="Edit", action="edit", paths=("src/export.py",))
ASKED = Prompt(n=0, text="go on")


def judged(*events: Event) -> dict[str, bool | None]:
    return {c.name: c.ok for c in criteria(events, PATH, CONTEXT, DECISIONS)}


def test_e_success_criteria_of_a_good_session() -> None:
    """It read the context, stated where things stand, stayed with the architecture, and nothing had to be said again."""
    good = judged(ASKED, READ, Reply(n=2, text="We are in phase 1: the ledger exporter. I go on with quotes."), EDIT, Prompt(n=9, text="thanks"))

    assert good == {"read": True, "stated": True, "architecture": True, "no-re-explaining": True}


@pytest.mark.parametrize(("events", "name"), [
    ((ASKED, EDIT, ToolCall(n=9, call="9", tool="Read", action="read", paths=(PATH,))), "read"),
    ((ASKED, READ, Reply(n=2, text="This is phase 3, I start."), EDIT), "stated"),
    ((ASKED, READ, Reply(n=2, text="Sure!"), EDIT), "stated"),
    ((ASKED, READ, Reply(n=2, text="The queue would be faster on Redis."), EDIT), "architecture"),
    ((ASKED, READ, EDIT, Prompt(n=9, text="No, we decided that: as I said, SQLite")), "no-re-explaining"),
])
def test_e_success_criteria_of_a_poor_session(events: tuple[Event, ...], name: str) -> None:
    """Each failure is seen where it happens."""
    assert judged(*events)[name] is False


def test_naming_what_was_turned_down_as_such_is_no_proposal() -> None:
    """Who says that it was decided against stays with the architecture."""
    assert judged(ASKED, READ, Reply(n=2, text="The queue stays in SQLite instead of Redis."))["architecture"] is True


def test_a_context_that_a_hook_gave_counts_as_read() -> None:
    """Or that a shell command printed."""
    assert judged(ASKED, Injected(n=1, text=f"{PATH}: Phase 1"), EDIT)["read"] is True
    assert judged(ASKED, ToolCall(n=1, call="1", tool="Bash", action="shell", command=f"cat {PATH}"), EDIT)["read"] is True


def test_what_cannot_be_seen_is_not_judged() -> None:
    """No events, no decisions, a sub-agent's lane: nothing is claimed."""
    assert judged() == {"read": None, "stated": None, "architecture": None, "no-re-explaining": None}
    assert criteria((ASKED, Reply(n=1, text="Redis for the queue", lane="a")), PATH, CONTEXT, "")[2].ok is None
