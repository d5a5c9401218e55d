"""How a prompt speaks, whatever it is about."""

import pytest

from passdown.hooks.guarding.tone import tones


@pytest.mark.parametrize(("text", "way"), [
    ("I would love that", "wishes"), ("Couldn’t we do that?", "asks whether"), ("lets do it", "lets"), ("this is so clunky", "complains"),
    ("that were simpler", "compares"), ("customers keep asking", "others want it"), ("just a tiny one", "makes little of it"),
    ("so that it works", "says what for"),
    ("each of them", "speaks of all"), ("switch it", "moves"), ("is it?", "asks"), ("as agreed", "knows"), ("Please add one", "orders"),
    ("Why that", "wants to know"),
])
def test_each_way_of_speaking_is_heard(text: str, way: str) -> None:
    """By words, pairs and threes of them."""
    assert tones(text)[way] > 0


def test_two_are_as_many_as_it_takes() -> None:
    """More add nothing."""
    assert tones("slow")["complains"] == 0.5
    assert tones("slow, ugly and clunky")["complains"] == 1


def test_a_text_without_words_speaks_in_no_way() -> None:
    """Not even by its first word."""
    assert not any(tones("--- !").values())
