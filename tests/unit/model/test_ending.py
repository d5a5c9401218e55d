"""What a session left open with its last words."""

import pytest

from passdown.model.ending import ending


@pytest.mark.parametrize(("words", "comes", "question"), [
    ("The queue drains. Next I’m adding the retry.", "Next I’m adding the retry.", ""),
    ("Done. Still open: the export of refunds.", "Still open: the export of refunds.", ""),
    ("The tests pass. Should refunds be retried too?", "", "Should refunds be retried too?"),
    ("Next time it runs, it is fast.", "", ""),
    ("Nothing is left to do. Anything else?", "", ""),
    ("Next steps, if you want: more tests.", "", ""),
    ("Next is a list:", "", ""),
    ("I asked: why? It drains now.", "", ""),
    ("", "", "")])
def test_only_what_the_words_say_is_left_open(words: str, comes: str, question: str) -> None:
    """A step that is announced in a whole sentence, a question at the very end; no formula, no offer, no heading."""
    found = ending(words)
    assert (found.comes, found.question) == (comes, question)
