"""System E's success criteria, each read off a figure of the next session."""

import pytest

from passdown.continuity.course import Course
from passdown.continuity.criteria import CRITERIA
from passdown.continuity.pair import Pair
from passdown.continuity.table import figures, measure
from passdown.model.event import Event, Prompt, Reply, ToolCall, ToolResult
from passdown.model.record import Record
from passdown.model.session import Session

PATH = "SESSION_CONTEXT.md"
CONTEXT = "# Context\n## Where We Are\nPhase 1 in progress: the ledger exporter escapes quotes.\n## Next\nPhase 2\n"
BEFORE = Session("s-1", "claude-code", started="2026-11-19T10:00:00Z", ended="2026-11-19T11:00:00Z", branch="main", tool_calls=9)
AFTER = Session("s-2", "claude-code", started="2026-11-20T10:00:00Z", ended="2026-11-20T11:00:00Z", branch="main", tool_calls=9)
DECISION = Record("r1", "decision", "Queue in SQLite", created="2026-11-19T10:30:00Z", details={"alternative": ("Redis",)})
ASKED = Prompt(n=0, text="go on")
READ = (ToolCall(n=1, call="1", tool="Read", action="read", paths=(PATH,)), ToolResult(n=2, call="1", output=CONTEXT))
STATED = Reply(n=3, text="The context says that we are on branch `main` in phase 1: the ledger exporter. I go on with quotes.")
EDIT = ToolCall(n=8, call="8", tool="Edit", action="edit", paths=("src/export.py",))


def met(*events: Event) -> dict[str, bool | None]:
    """Whether each criterion is met, by the figure that it is read off."""
    found = measure(Pair(BEFORE, AFTER, (BEFORE,), (DECISION,), Course(events)))
    return {c.figure: c.met(found) for c in CRITERIA}


def test_e_success_criteria_of_a_good_session() -> None:
    """It read the context, stated where things stand and was right, stayed with the architecture, and nothing had to be said again."""
    good = met(ASKED, *READ, STATED, EDIT, Prompt(n=9, text="thanks"))

    assert {name: ok for name, ok in good.items() if not ok} == {"repeated": None, "time-to-edit": None}  # nothing had failed; no times


@pytest.mark.parametrize(("events", "figure"), [
    ((ASKED, STATED, EDIT, *READ), "delivered"),
    ((ASKED, *READ, Reply(n=3, text="On branch `main`, this is phase 3, I start."), EDIT), "stated-right"),
    ((ASKED, *READ, Reply(n=3, text="Sure!"), EDIT), "stated"),
    ((ASKED, *READ, Reply(n=3, text="I suggest Redis for the queue."), EDIT), "reopened"),
    ((ASKED, *READ, STATED, EDIT, Prompt(n=9, text="No, as I said: SQLite")), "told-again"),
])
def test_e_success_criteria_of_a_poor_session(events: tuple[Event, ...], figure: str) -> None:
    """Each failure is seen where it happens."""
    numbered = [type(e)(**{**{f: getattr(e, f) for f in e.__struct_fields__}, "n": n}) for n, e in enumerate(events)]

    assert met(*numbered)[figure] is False


def test_naming_what_was_turned_down_as_such_is_no_proposal() -> None:
    """Who says that it was decided against stays with the architecture."""
    assert met(ASKED, *READ, Reply(n=3, text="I'll keep the queue in SQLite instead of Redis."), EDIT)["reopened"] is True


def test_what_cannot_be_seen_is_not_judged() -> None:
    """No events: of what needs replies, edits or times nothing is claimed; a sub-agent's lane says nothing for the session."""
    empty = met()

    assert {name for name, ok in empty.items() if ok is None} >= {"stated", "stated-right", "rediscovered", "time-to-edit"}
    assert met(ASKED, *READ, Reply(n=3, text="I suggest Redis for the queue.", lane="a"), EDIT)["reopened"] is True


def test_without_a_hand_over_nothing_is_owed_to_one() -> None:
    """That nothing was read, asked or said again is no success of a hand-over that did not take place."""
    alone, handed = met(ASKED, EDIT), met(ASKED, *READ, EDIT)

    assert {name: alone[name] for name in ("delivered", "rediscovered", "told-again", "asked-again", "reopened")} == {
        "delivered": False, "rediscovered": None, "told-again": None, "asked-again": None, "reopened": None}
    assert handed["rediscovered"] is True


def test_every_criterion_names_a_figure() -> None:
    """And has a bound on one side."""
    names = {figure.NAME for figure in figures()}

    assert {c.figure for c in CRITERIA} <= names
    assert all((c.least is None) != (c.most is None) for c in CRITERIA)
