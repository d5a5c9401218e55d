"""Errors that one session after the other meets."""

from passdown.extract.recurring import recurring
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

    assert record.text == "`wrap yarn test` fails with `error: unrecognized subcommand 'yarn'` (in 3 sessions); `yarn test` works"
    assert record.details == {"outcome": "failed", "instead": "`yarn test`"}
    assert [(e.session, e.event, e.quote) for e in record.evidence] == [(f"s{n}", 7, content_hash(UNKNOWN)) for n in (3, 2, 1)]
    assert (record.session, record.created, record.updated) == ("s3", "2026-01-01T10:00:00Z", "2026-01-03T10:00:00Z")

    [later] = recurring([session(4), session(3), session(2)], {record.id: record}, "x/1")
    assert (later.id, later.session) == (record.id, "s3")


def test_what_is_no_error_of_usage_or_does_work_does_not_recur() -> None:
    """A failing test is a matter of the work; a command that mostly works was hindered by something else; once is once."""
    assert recurring([session(2, error="AssertionError: 3 != 4"), session(1, error="AssertionError: 3 != 4")], {}, "x/1") == []
    assert recurring([session(5, worked=True), session(4, worked=True), session(2), session(1)], {}, "x/1") == []
    assert recurring([session(1)], {}, "x/1") == []
