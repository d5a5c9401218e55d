"""Records in one line."""

import pytest

from passdown.briefing.lines.records import said
from passdown.briefing.situation import Situation
from passdown.model.record import Record

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
