"""What the user asks for in session after session."""

import pytest

from passdown.extract.requested import requested
from passdown.model.ids import content_hash
from passdown.model.record import Record
from passdown.model.session import Session

WORDED = {
    1: "commit and update the changelog", 2: "ok, then commit this and update @CHANGELOG.md", 3: "Please commit, and update the changelog.",
    4: "commit + update changelog"}


def session(number: int, *asks: str, subagent: str = "") -> Session:
    return Session(f"s{number}", "codex", started=f"2026-01-{number:02}T10:00:00.123Z", goal="Implement the outbox", asks=asks, subagent=subagent)


def found(*sessions: Session, known: dict[str, Record] | None = None, looked: list[str] | None = None) -> list[Record]:
    """looked: learns the sessions of which the events were asked for."""

    def event_of(session: str, _sentence: str) -> int:
        if looked is not None:
            looked.append(session)
        return 7

    return requested(sessions, known or {}, "x/1", event_of)


def test_what_three_sessions_ask_for_in_nearly_the_same_words_is_a_preference() -> None:
    """In its newest words, with evidence in each session; twice in one session counts once."""
    [record] = found(session(3, WORDED[3], WORDED[1]), session(2, "why?", WORDED[2]), session(1, WORDED[1]))

    assert (record.kind, record.trust) == ("preference", "extracted")
    assert record.text == "Please commit, and update the changelog (asked for in 3 sessions)"
    assert [(e.session, e.event, e.quote) for e in record.evidence] == [(f"s{n}", 7, content_hash(WORDED[n])) for n in (3, 2, 1)]
    assert (record.session, record.created, record.updated) == ("s3", "2026-01-01T10:00:00Z", "2026-01-03T10:00:00Z")


def test_a_later_session_adds_to_it() -> None:
    """The record stays where it is; only the session that is new to it is looked into."""
    [record] = found(*(session(n, WORDED[n]) for n in (3, 2, 1)))
    looked: list[str] = []
    [later] = found(*(session(n, WORDED[n]) for n in (4, 3, 2)), known={record.id: record}, looked=looked)

    assert (later.id, later.session, later.created, looked) == (record.id, "s3", record.created, ["s4"])
    assert [e.session for e in later.evidence] == ["s4", "s3", "s2", "s1"]


@pytest.mark.parametrize("ask", [
    "commit this", "which tests cover the outbox worker?", "Implement the following plan: move the outbox worker to the queue",
    "[worker] outbox drained\n[worker] queue emptied\n[worker] outbox drained\n[worker] done"])
def test_what_is_said_of_the_work_at_hand_stands_for_nothing(ask: str) -> None:
    """A word or two, a question, a plan, a log that was put in."""
    assert found(*(session(n, ask) for n in (4, 3, 2, 1))) == []


def test_two_sessions_and_those_of_agents_are_no_habit_of_the_user() -> None:
    """A sub-agent's prompts are written by an agent."""
    assert found(session(2, WORDED[2]), session(1, WORDED[1])) == []
    assert found(*(session(n, WORDED[n], subagent="s0") for n in (3, 2, 1))) == []
