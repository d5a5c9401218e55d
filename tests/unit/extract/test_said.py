"""What one message holds, each record such that it can be read alone."""

from passdown.extract.base import Candidate, Context, Speaker
from passdown.extract.said import candidates


def _found(text: str, by: Speaker = "agent") -> list[Candidate]:
    return list(candidates(text, Context(by)))


def test_a_record_that_points_back_takes_the_sentence_before_along() -> None:
    """A bare "it" is told with what it stands for, verbatim."""
    [record] = _found("The queue worker forks at import time. It deadlocks when a lock is held, so it must be started first.")
    assert record.text == "The queue worker forks at import time. It deadlocks when a lock is held, so it must be started first."


def test_a_record_that_points_at_nothing_is_none() -> None:
    """Without a sentence before it nobody could tell what it is about."""
    assert _found("It deadlocks when a lock is held, so LOCKS=0 must be set.") == []


def test_an_expletive_points_at_nothing() -> None:
    """"It turns out" and "it was decided" stand alone."""
    assert len(_found("It turns out the parser fails when the file has no newline at its end.")) == 1


def test_an_answer_to_a_numbered_list_is_no_decision() -> None:
    """The list is gone when the record is read."""
    assert _found("for #3 let's use a queue instead of polling", "user") == []


def test_a_long_pair_of_sentences_has_the_first_for_its_title() -> None:
    """The title stays one readable sentence; the second stands on the next line."""
    first = "I kept the importer single-threaded rather than parallel in the whole of the nightly pipeline and in its two side jobs as well."
    [record] = _found(f"{first} The reason is that the sequence table deadlocks as soon as two writers meet in the same minute.")
    assert record.text.split("\n")[0] == first


def test_findings_of_a_review_are_no_records() -> None:
    """They are about code that is about to change."""
    assert _found("(3) ⚠️ The loop never stops when the list is empty, so this must be fixed.") == []
