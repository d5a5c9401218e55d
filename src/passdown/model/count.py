"""Whole numbers in files and words that anybody may have written."""

MOST_DIGITS = 18  # of a size, a time, the number of an event or of an operation


def count(text: str) -> int | None:
    """The number that these decimal digits say; None for other words, and for more digits than a count has: `int` or a float may raise then."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


__all__ = ["count"]
