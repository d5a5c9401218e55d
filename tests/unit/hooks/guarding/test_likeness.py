"""How far a text is about what a settled matter is about."""

import pytest

from passdown.hooks.guarding.likeness import Space, likenesses

SPACE = Space({"wrist": "0 100", "tap": "0 50 1 20", "ledger": "1 100"}, ["0 90 1 10", "1 80", ""])
WATCH, BOOKS = {"0": [90, 90, 0]}, {"0": [10, 0, 0], "1": [80, 0, 80]}


def test_the_nearest_entries_come_first() -> None:
    """By all words of the text; who is not near is not there."""
    assert SPACE.nearest(SPACE.heard(("wrist", "tap"))) == [0, 1]
    assert SPACE.nearest(SPACE.heard(("ledger",))) == [1]
    assert SPACE.nearest(SPACE.heard(("unknown",))) == []


def test_the_figures_are_of_the_whole_of_what_is_out_and_of_the_difference() -> None:
    """One entry is the likest, and ahead of the next."""
    watch, books = likenesses(SPACE.heard(("wrist", "tap")), (WATCH, BOOKS))
    assert (watch["likest"], books["likest"]) == (1, 0)
    assert watch["ahead"] == -books["ahead"] > 0
    assert watch["like_out"] == watch["like"]
    assert watch["out_of_both"] > 0
    assert books["out_of_both"] < 0
    assert all(-1 <= value <= 1 for value in (*watch.values(), *books.values()))


def test_a_text_that_points_elsewhere_has_no_figures() -> None:
    """Nothing is nothing, and not 0 of something."""
    assert likenesses(SPACE.heard(("unknown",)), (WATCH, BOOKS)) == [{}, {}]
    assert likenesses(SPACE.heard(()), ()) == []


def test_one_word_alone_shows() -> None:
    """Its share of what they have in common."""
    [alone] = likenesses(SPACE.heard(("wrist", "unknown")), (WATCH,))
    [two] = likenesses(SPACE.heard(("wrist", "tap")), (WATCH,))
    assert alone["like_one"] == pytest.approx(1)
    assert two["like_one"] == pytest.approx(2 / 3)
