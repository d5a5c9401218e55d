"""Which session continues which, and what held when it began."""

from msgspec.structs import replace

from passdown.continuity.course import Course
from passdown.continuity.pair import Pair, pairs
from passdown.model.record import Record
from passdown.model.session import Session


def session(name: str, day: int, thread: str = "", **facts: object) -> Session:
    return replace(Session(name, "codex", started=f"2026-01-{day:02}T10:00:00Z", ended=f"2026-01-{day:02}T11:00:00Z", thread=thread, tool_calls=9), **facts)


def test_the_same_piece_of_work_comes_before_the_last_in_time() -> None:
    """A branch is taken up again over what was done on another in between; without one the last session of the project counts."""
    found = pairs([session("c", 3, "feature"), session("a", 1, "feature"), session("b", 2), session("d", 4, "other")])

    assert [(x.id, y.id) for x, y in found] == [("a", "b"), ("a", "c"), ("c", "d")]


def test_a_parent_is_what_a_session_names_itself() -> None:
    """Even when another one ended later."""
    found = pairs([session("a", 1), session("b", 2), session("c", 3, parent="a")])

    assert [(x.id, y.id) for x, y in found][-1] == ("a", "c")


def test_sessions_that_overlap_or_did_nothing_are_no_pair() -> None:
    """What had not ended cannot be continued; a sub-agent and a look are no sessions of their own."""
    long = session("a", 1, ended="2026-01-09T10:00:00Z")

    assert pairs([long, session("b", 2)]) == []
    assert pairs([session("a", 1), session("b", 2, tool_calls=1), session("c", 3, subagent="reviewer")]) == []


def test_what_was_closed_later_held_then() -> None:
    """A record that a later session superseded was in force; one closed before, or made after, or by the session itself, was not."""
    after = session("b", 5)
    made = Record("r", "decision", "x", created="2026-01-01T00:00:00Z", updated="2026-01-01T00:00:00Z")
    records = (made, replace(made, id="later", status="superseded", updated="2026-01-07T00:00:00Z"), replace(made, id="closed", status="resolved"),
               replace(made, id="new", created="2026-01-06T00:00:00Z"), replace(made, id="own", session="b"))
    pair = Pair(session("a", 1), after, (), records, Course(()))

    assert [r.id for r in pair.in_force("decision")] == ["r", "later"]
