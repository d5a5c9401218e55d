"""Texts of apply_patch."""

from passdown.model.event import Patch
from passdown.transcripts.base import EDIT_CHARS
from passdown.transcripts.patches import parse_patch, patched_paths

TEXT = """*** Begin Patch
*** Update File: a.py
@@ def f():
 same
-old
+new
*** Add File: b.py
+first
+second
*** Delete File: c.py
*** Update File: d.py
*** Move to: e/d.py
@@
-x
+y
*** End Patch"""


def test_each_section_is_a_patch() -> None:
    """Update, add, delete and move give one patch each, with the lines taken out and put in."""
    assert parse_patch(TEXT) == (
        Patch(path="a.py", removed="old", added="new"),
        Patch(path="b.py", action="write", added="first\nsecond"),
        Patch(path="c.py", action="delete"),
        Patch(path="d.py", action="move", removed="x", added="y", moved_to="e/d.py"),
    )


def test_paths_hold_both_names_of_a_moved_file() -> None:
    """Every path that a patch touches is named once."""
    assert patched_paths(parse_patch(TEXT + TEXT)) == ("a.py", "b.py", "c.py", "d.py", "e/d.py")


def test_a_text_without_sections_is_no_patch() -> None:
    """Nothing is made up for other text, and a cut-off patch gives what is there."""
    assert parse_patch("*** Begin Patch\n") == parse_patch("") == ()
    assert parse_patch("*** Update File: a.py\n@@\n-ol") == (Patch(path="a.py", removed="ol"),)


def test_long_sides_are_clipped() -> None:
    """What an edit took out and put in is kept in excerpts."""
    (patch,) = parse_patch("*** Add File: a\n" + "+line of text\n" * 5_000)
    assert EDIT_CHARS <= len(patch.added) < EDIT_CHARS + 100
