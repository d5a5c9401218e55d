"""What is said of a settled matter."""

import pytest

from passdown.guard.line import line
from passdown.model.anchor import Anchor
from passdown.model.record import Record


def test_a_decision_says_when_by_whom_what_why_and_what_not() -> None:
    """With its id and its places, in one line."""
    record = Record("Dabc", "decision", "The outbox lives in SQLite", trust="user", created="2026-11-02T10:00:00Z", anchors=(Anchor("outbox.py"),),
                    details={"why": "one file.", "alternative": ("Redis: one more server",)})
    assert line(record) == "Decided on 2026-11-02, by the user: The outbox lives in SQLite. Why: one file. Not: Redis: one more server. (Dabc) [outbox.py]"


@pytest.mark.parametrize(("record", "begins"), [
    (Record("a", "approach", "x", details={"outcome": "failed"}), "Tried and failed"), (Record("a", "decision", "x", details={"until": "phase 4"}), "Put off"),
    (Record("a", "preference", "x"), "The user asked"), (Record("docs/decisions.md:3", "decision", "x"), "Decided, in a document"),
])
def test_its_beginning_says_what_it_is(record: Record, begins: str) -> None:
    """Failed, put off, wished or decided; what has no date is a document's."""
    assert line(record).startswith(begins)


def test_what_was_extracted_stands_between_quotation_marks() -> None:
    """It is what somebody said, not what was noted."""
    assert 'said in a session: "Use SQLite".' in line(Record("a", "decision", "Use SQLite", trust="extracted", created="2026-11-02T10:00:00Z"))


def test_a_detail_that_the_text_says_already_is_not_said_again() -> None:
    """Whatever its capitals."""
    assert "Why" not in line(Record("a", "decision", "SQLite because it is One File", details={"why": "it is one file"}))
