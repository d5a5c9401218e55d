"""A fact is told once."""

from passdown.briefing.candidates import Candidate
from passdown.briefing.repeats import repeated, shorter

SAID = "The retry queue drains twice after a restart of the worker."


def line(section: str, key: str, says: str, worth: float) -> Candidate:
    return Candidate(section, key, f'"{says}"', worth, says=says)


def test_of_two_lines_that_say_the_same_the_worthier_stays() -> None:
    """By most of the content words, not by equality."""
    first, again = line("NEXT", "todo", "Make RetryQueue.drain() safe to run twice", 0.9), line("NEXT", "x1", "make `RetryQueue.drain` safe to run twice.", 0.6)
    other = line("NEXT", "x2", "Delete the poller in src/poll", 0.5)

    assert repeated([other, again, first]) == [again]


def test_a_sentence_of_the_last_words_is_not_told_again() -> None:
    """But what comes next is a list of its own."""
    last = Candidate("WHERE WE ARE", "s:said", f'Last said: "The handler is in. {SAID}"', 0.97)

    assert [c.key for c in repeated([last, line("KNOW", "x1", SAID, 0.6), line("NEXT", "x2", SAID, 0.6)])] == ["x1"]


def test_a_file_gives_up_the_reason_not_its_place() -> None:
    """It is told with what was done to it; a form without the reason repeats nothing."""
    code = line("IN THE CODE", SAID, SAID, 1.2)
    file = Candidate("FILES", "queue.py", f'queue.py edited 2 h ago: "{SAID}"', 0.9, middle="queue.py edited 2 h ago", says=SAID)

    assert repeated([code, file]) == [file]
    assert (kept := shorter(file)) is not None
    assert kept.text == "queue.py edited 2 h ago"
    assert repeated([code, kept]) == []
    assert shorter(code) is None
