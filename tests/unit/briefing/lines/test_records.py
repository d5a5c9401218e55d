"""Records in one line."""

import pytest
from msgspec.structs import replace

from passdown.briefing.candidates import Candidate
from passdown.briefing.lines.records import candidates, said
from passdown.briefing.reverted import Reverted
from passdown.briefing.situation import Situation
from passdown.model.anchor import Evidence
from passdown.model.record import Record
from passdown.model.session import Session

NOW = "2026-11-20T09:12:00Z"


@pytest.mark.parametrize(("kind", "text", "extractor", "wanted"), [
    ("milestone", "Drain the queue\nPlan carried out (commit `1a2b3c4`)", "rules 1", 'Done: "Drain the queue. Plan carried out (commit `1a2b3c4`)"'),
    ("milestone", "Drain `x`?\nPlan carried out: 1 file edited", "rules 1", 'Done: "Drain `x`? Plan carried out: 1 file edited"'),
    ("milestone", "Drained the queue\nof refunds", "rules 1", 'Done: "Drained the queue of refunds"'),
    ("milestone", "Drained the\nAPI of refunds", "", "Done: Drained the API of refunds."),
    ("lesson", "Drain the\nAPI of refunds", "rules 1", '"Drain the API of refunds"')])
def test_a_title_ends_before_what_stands_below_it(kind: str, text: str, extractor: str, wanted: str) -> None:
    """Only where it is known for a title: other lines may be broken in the middle of a sentence."""
    record = Record("0" * 16, kind, text, trust="extracted" if extractor else "noted", created=NOW, updated=NOW, extractor=extractor)
    assert said(record, Situation(NOW, "shop"))[0].split(" (today")[0] == wanted


@pytest.mark.parametrize(("created", "wanted"), [
    ("2026-11-01T09:00:00Z", '"Drain twice" (19 days ago)'), ("2026-11-19T09:00:00Z", '"Drain twice"')])
def test_what_is_older_than_a_week_says_so(created: str, wanted: str) -> None:
    """Measured from the end of the last session, so that a text that is read later says the same; what that session said itself has no age."""
    last = Session("s0", "codex", ended="2026-11-20T08:00:00Z")
    old = Record("0" * 16, "decision", "Drain twice", trust="extracted", created=created, updated=created, extractor="rules 1", session="s1")

    assert said(old, Situation(NOW, "shop", sessions=(last,)))[0].rstrip(".") == wanted
    assert "ago" not in said(replace(old, session="s0"), Situation(NOW, "shop", sessions=(last,)))[0]


def failed(name: str, *sessions: str) -> Record:
    details = {"outcome": "failed", "why": f"`no such {name}`", "instead": "`make test`"}
    return Record(name.rjust(16, "0"), "approach", f"`{name} test` fails; `make test` works", trust="extracted", created=NOW, updated=NOW, session=sessions[-1],
                  details=details, evidence=tuple(Evidence(s, 1, "sha256:0") for s in sessions), extractor="rules 1")


def lines(*records: Record, sessions: int = 30) -> list[Candidate]:
    """In the order of their worth; the sessions are s0, the newest, s1, …"""
    situation = Situation(NOW, "shop", records=records, sessions=tuple(Session(f"s{n}", "codex") for n in range(sessions)))
    return sorted(candidates(situation, frozenset(), frozenset(), Reverted()), key=lambda c: -c.worth)


def test_what_failed_in_many_sessions_is_worth_more_than_what_failed_in_one() -> None:
    """Whatever its place among the records, and though it was met first long ago; more than a hot file."""
    once, thrice, often = failed("once", "s0"), failed("thrice", "s0", "s3", "s5"), failed("often", *(f"s{n}" for n in range(1, 9)))
    told = lines(once, thrice, often)

    assert [c.key for c in told] == [often.id, thrice.id, once.id]
    assert told[0].worth > 1.0


def test_what_has_not_failed_for_long_fades() -> None:
    """It counts when it was met last, not when first."""
    lately, long_ago = (failed(name, *(f"s{n}" for n in met)) for name, met in (("lately", (0, 20, 25)), ("long-ago", (20, 25, 29))))
    [a], [b] = lines(lately), lines(long_ago)
    assert a.worth > b.worth


def test_in_short_it_is_enough_to_know_what_works() -> None:
    """The message comes where there is room."""
    [line] = lines(failed("yarn", "s0"))
    assert line.short == '"`yarn test` fails; `make test` works"'
    assert line.text == '"`yarn test` fails; `make test` works" Why: `no such yarn`'
