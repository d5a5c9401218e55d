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


def test_a_task_that_is_done_is_not_told_to_be_open() -> None:
    """What its status has overtaken is left out; a task that was begun and is done keeps nothing of that either way."""
    done = Record("x" * 16, "task", "Drain the queue", "resolved", details={"state": "open", "horizon": "immediate"})

    assert entry(done, Material(NOW), "task", mark="- [x] ").text == "- [x] Drain the queue\n  When: immediate"
