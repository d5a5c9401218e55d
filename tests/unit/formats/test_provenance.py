"""Dates that a document gives itself, and its lines that were not read."""

import pytest

from passdown.formats.provenance import dates, unread
from passdown.formats.sectioned import parse
from passdown.formats.styles.session_memory import LAYOUT


@pytest.mark.parametrize(("text", "wanted"), [
    ("# S\n**Created**: 2026-01-20\n**Last Updated**: 2026-02-06 14:30 UTC\n", ("2026-01-20T00:00:00Z", "2026-02-06T14:30:00Z")),
    ("Date: 2026-05-13\n", ("2026-05-13T00:00:00Z", "2026-05-13T00:00:00Z")),
    ("**Date:** 2026-08-03T22:27:34+01:00 · **Branch:** main\n", ("2026-08-03T21:27:34Z", "2026-08-03T21:27:34Z")),
    ("---\ncreated: '2025-06-22'\n---\n", ("2025-06-22T00:00:00Z", "2025-06-22T00:00:00Z")),
    ("| Updated | 2026-01-25 |\n", ("2026-01-25T00:00:00Z", "2026-01-25T00:00:00Z")),
    ("Created: 2026-13-45\nfixed on 2026-01-02: all\n", ("", "")),
    ("Created: 0001-01-01 00:00 +05:00\nUpdated: 0999-01-02\n", ("0999-01-02T00:00:00Z", "0999-01-02T00:00:00Z")),
    ("Date: 9999-12-31 23:00 -05:00\n", ("", "")),
    ("\n" * 80 + "Date: 2026-05-13\n", ("", "")),
])
def test_dates_of_the_head(text: str, wanted: tuple[str, str]) -> None:
    """Created and updated, each for the other where one is missing, in UTC; nothing else is taken for a date."""
    assert dates(text) == wanted


def test_unread_lines_are_told_with_their_numbers() -> None:
    """Items below a heading that no record says: not those that were read, not tables' heads, not ours."""
    text = "# Memory\n\n## 5. Pending Work\n\n- Write it\n\n## Notes of mine\n\n- keep this\n\nand a paragraph\ngoes on\n"
    assert list(unread(LAYOUT, text, parse(LAYOUT, text))) == [(9, "- keep this"), (11, "and a paragraph")]
