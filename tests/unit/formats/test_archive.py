"""What became obsolete, at the end of a document."""

from passdown.formats import archive
from passdown.formats.marked import Chunk

TODAY = "2026-11-20"


def test_an_entry_is_as_old_as_the_later_of_its_days() -> None:
    """What went into the archive today stays two weeks, also where it begins with a day long past."""
    body = "\n### [2026-11-20] Git State\n\n2001-01-01 moved to a new server\n"

    assert archive.kept(body, TODAY, frozenset()) == (body, 0)
    assert archive.kept(body, "2026-12-20", frozenset()) == ("", 1)


def test_a_line_that_begins_with_a_number_sign_is_no_heading() -> None:
    """The heading with the day above it stays."""
    body = archive.archived("", [("Git State", Chunk("#42 is open\n", "y"))], TODAY)

    assert archive.kept(body, TODAY, frozenset()) == (body, 0)
    assert "### [2026-11-20] Git State" in body
