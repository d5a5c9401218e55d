"""Paragraphs wrapped at a column are read as they were meant."""

from passdown.formats.wrapped import titled, unwrapped


def test_a_wrapped_paragraph_is_one_line() -> None:
    """Lines that were ended for want of room are put together."""
    lines = [
        "- Investigate before implementing: the audit of all call sites of the", "  broadcast showed that every entity is a read model over rows", "  sent."]

    assert unwrapped(lines) == [" ".join(line.strip() for line in lines)]


def test_lines_ended_on_purpose_stay_apart() -> None:
    """Short lines, list entries, leads and places are lines of their own."""
    lines = [
        "Id Mismatch", "The id is PADDED, so a comparison of the two never says that they are the same.",
        "Why: the importer of the old system pads them with zeros", "- and a list", "File: backend/storage.py:57-78"]

    assert unwrapped(lines) == lines


def test_an_emphasised_lead_within_a_paragraph_begins_a_line() -> None:
    """`*Rejected:* …` behind a decision is a detail of it."""
    assert unwrapped(["1. **One table.** Joins were slow. *Rejected:* two tables. **Why:** less to move."]) == [
        "1. **One table.** Joins were slow.", "    *Rejected:* two tables.", "    **Why:** less to move."]


def test_a_long_title_ends_with_a_sentence() -> None:
    """What follows becomes text; a short title, and one without sentences, stay whole."""
    first, rest = "The queue is drained twice because rev. 2 of the loop forgets the last entry.", "It was found by counting. " * 10

    assert titled(f"{first} {rest}")[0].startswith(first)
    assert "".join(titled(f"{first} {rest}")).replace(" ", "") == f"{first} {rest}".replace(" ", "")
    assert titled(first) == (first, "")
    assert titled("word " * 80) == ("word " * 80, "")
