"""Errors that one session after the other meets."""

from passdown.extract.recurring import MANY, recurring
from passdown.model.ids import content_hash
from passdown.model.session import CommandFact, ErrorFact, Session

UNKNOWN = "error: unrecognized subcommand 'yarn'"


def session(number: int, *, worked: bool = False, error: str = UNKNOWN) -> Session:
    day = f"2026-01-{number:02}T10"
    wrapped = CommandFact("wrap yarn test", ok=worked, last=f"{day}:00:00Z", purpose="test")
    return Session(
        f"s{number}", "codex", errors=() if worked else (ErrorFact("wrap yarn test", error, f"{day}:00:00Z", 7),),
        commands=(CommandFact("yarn test | tail -3", ok=True, last=f"{day}:01:00Z", purpose="test"), wrapped))


def test_a_command_that_fails_in_each_session_is_a_failed_approach() -> None:
    """With what works instead, and evidence in each session; it stays where it was first put."""
    [record] = recurring([session(3), session(2), session(1)], {}, "x/1")

    assert record.text == "`wrap yarn test` fails in 3 sessions; `yarn test` works"
    assert record.details == {"outcome": "failed", "why": "`error: unrecognized subcommand 'yarn'`", "instead": "`yarn test`"}
    assert [(e.session, e.event, e.quote) for e in record.evidence] == [(f"s{n}", 7, content_hash(UNKNOWN)) for n in (3, 2, 1)]
    assert (record.session, record.created, record.updated) == ("s3", "2026-01-01T10:00:00Z", "2026-01-03T10:00:00Z")



def test_what_is_known_of_sessions_that_are_no_longer_looked_at_stays() -> None:
    """Only the latest sessions are looked at: the record gets no younger by that, keeps its place, and counts the earlier ones."""
    [record] = recurring([session(3), session(2), session(1)], {}, "x/1")
    [later] = recurring([session(5), session(4), session(3)], {record.id: record}, "x/1")

    assert (later.id, later.session, later.created, later.updated) == (record.id, "s3", "2026-01-01T10:00:00Z", "2026-01-05T10:00:00Z")
    assert [e.session for e in later.evidence] == ["s5", "s4", "s3", "s2", "s1"]
    assert "fails in 5 sessions" in later.text


def test_of_many_sessions_the_text_does_not_change_any_more() -> None:
    """Else each session would write the record again."""
    met = [session(number) for number in range(20, 0, -1)]
    [some] = recurring(met[1:], {}, "x/1")
    [more] = recurring(met, {some.id: some}, "x/1")

    assert some.text == more.text == "`wrap yarn test` fails in many sessions; `yarn test` works"
    assert len(more.evidence) == MANY


def test_what_is_no_error_of_usage_or_does_work_does_not_recur() -> None:
    """A failing test is a matter of the work; a command that mostly works was hindered by something else; once is once."""
    assert recurring([session(2, error="AssertionError: 3 != 4"), session(1, error="AssertionError: 3 != 4")], {}, "x/1") == []
    assert recurring([session(5, worked=True), session(4, worked=True), session(2), session(1)], {}, "x/1") == []
    assert recurring([session(1)], {}, "x/1") == []
