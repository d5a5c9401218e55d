"""Texts in JSON values."""

from passdown.model.json_values import changed


def test_every_text_is_changed_and_nothing_else() -> None:
    """Keys, members of lists and tuples, and what lies deeper; numbers and truths stay."""
    assert changed({"a": ["b", ("c", 1)], "d": {"e": None, "f": True}}, str.upper) == {"A": ["B", ["C", 1]], "D": {"E": None, "F": True}}
