"""Repairs change the lines that they name, and no other byte."""

from passdown.lint.base import Edit, World, read
from passdown.lint.edits import mended
from passdown.lint.table import problems

TODAY = World("2026-11-20")


def repaired(text: str) -> str:
    return mended(text, [p.edit for _, p in problems(read("a.md", text, None), TODAY) if p.edit])


def test_a_short_row_gets_the_cells_that_it_lacks() -> None:
    """Empty ones: nothing that stands in the row is lost or moved."""
    assert repaired("# A\n\n| a | b | c |\n|---|---|---|\n| 1 |\n| 1 | 2 | 3 |\n") == "# A\n\n| a | b | c |\n|---|---|---|\n| 1 |  |  |\n| 1 | 2 | 3 |\n"


def test_a_row_with_too_many_cells_is_left_to_its_author() -> None:
    """Where the bar is meant is not known."""
    text = "# A\n\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n"

    assert repaired(text) == text


def test_mixed_line_ends_become_those_of_most_lines() -> None:
    """Only the lines that are fewer change."""
    assert repaired("# A\r\none\r\ntwo\nthree\r\n") == "# A\r\none\r\ntwo\r\nthree\r\n"
    assert repaired("# A\none\ntwo\r\nthree") == "# A\none\ntwo\nthree"


def test_line_ends_and_byte_order_mark_stay_where_a_repair_is_about_something_else() -> None:
    """A document of CRLF stays one."""
    assert repaired("\ufeff# A\r\n- one\r\n\t- two\r\n") == "\ufeff# A\r\n- one\r\n    - two\r\n"


def test_mis_decoded_text_is_read_back_where_it_can_be() -> None:
    """Beside correct text too; what lost a byte already stays as it is."""
    whole = "- 🟡 IMPORTANT – é".encode().decode("latin-1")

    assert repaired(f"# A\n{whole}\n") == "# A\n- 🟡 IMPORTANT – é\n"
    assert repaired("# A\n- ðŸ”´ and 日本\n") == "# A\n- 🔴 and 日本\n"
    assert repaired("# A\n- ðŸ” and 日本\n") == "# A\n- ðŸ” and 日本\n"


def test_of_two_edits_of_one_line_one_is_made() -> None:
    """The other one is found again in the next round."""
    assert mended("a\nb\n", [Edit(1, 1, "x\n"), Edit(1, 1, "y\n")]) in ("x\nb\n", "y\nb\n")


def test_edits_outside_of_the_text_are_passed_over() -> None:
    """A rule that counted wrong damages nothing."""
    assert mended("a\n", [Edit(9, 9, "x\n"), Edit(2, 1, "x\n"), Edit(1, 0, "x\n")]) == "a\n"
