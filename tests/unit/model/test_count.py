"""Numbers in files and words that anybody may have written."""

import pytest

from passdown.model.count import MOST_DIGITS, count


@pytest.mark.parametrize(("words", "number"), [("0", 0), ("0042", 42), ("9" * MOST_DIGITS, 10**MOST_DIGITS - 1)])
def test_digits_are_a_number(words: str, number: int) -> None:
    """Leading zeros are digits as well."""
    assert count(words) == number


@pytest.mark.parametrize("words", ["", " 1", "-1", "1.0", "1e3", "²", "x", "9" * (MOST_DIGITS + 1), "9" * 5_000])
def test_other_words_are_none(words: str) -> None:
    """Signs, blanks and superscripts are no digits; so many that `int` or a float raises are no count."""
    assert count(words) is None
