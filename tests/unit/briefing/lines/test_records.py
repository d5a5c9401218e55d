"""Records in one line."""

import pytest
from msgspec.structs import replace

from passdown.briefing.lines.records import said
from passdown.briefing.situation import Situation
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
