"""A record as a list item."""

from passdown.formats.base import Material
from passdown.formats.grammar import Place, record
from passdown.formats.parts.entry import entry
from passdown.model.record import Record

NOW = "2026-11-20T10:00:00Z"


def test_details_stand_above_a_text_that_ends_in_a_list() -> None:
    """Below it they would read as items of that list; both ways the same record is read back."""
    listed = Record("x" * 16, "decision", "Two queues\n- one for refunds\n- one for orders", trust="noted", details={"why": "They drain apart"})
    plain = Record("y" * 16, "decision", "Two queues\nRefunds apart", trust="noted", details={"why": "They drain apart"})
    texts = [entry(one, Material(NOW), "decision").text for one in (listed, plain)]

    assert texts == ["- Two queues\n  Why: They drain apart\n  - one for refunds\n  - one for orders", "- Two queues\n  Refunds apart\n  Why: They drain apart"]
    for one, text in zip((listed, plain), texts, strict=True):
        read = record(text, Place(1, "decision"), one.id)
        assert (read.text, read.details) == (one.text, one.details)
