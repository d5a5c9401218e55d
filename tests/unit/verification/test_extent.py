"""What became of the lines of a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdown.verification.extent import MOST_LINES, became, extent, shifted

TEXT = b"a\nb\nc\nd\ne\nf\n"


@pytest.mark.parametrize(("now", "lines"), [
    (TEXT, (3, 4)), (b"x\ny\n" + TEXT, (5, 6)), (TEXT.replace(b"c\n", b"C\n"), (3, 4)), (b"x\n" + TEXT.replace(b"c\n", b"C\nCC\n"), (4, 6)),
    (TEXT.replace(b"d\n", b""), (3, 3)), (TEXT.replace(b"c\nd\n", b""), None), (TEXT.replace(b"c\n", b"c\nnew\n"), (3, 5)), (b"", None)])
def test_where_changed_lines_are(now: bytes, lines: tuple[int, int] | None) -> None:
    """Shifted, rewritten, grown, cut, or not there any more."""
    assert became(TEXT, now, 3, 4) == lines


@given(st.lists(st.sampled_from([b"x\n", b"}\n", b"return 1\n"]), max_size=12), st.lists(st.sampled_from([b"x\n", b"}\n", b"y\n"]), max_size=12))
def test_lines_that_nothing_changed_are_the_same_lines(before: list[bytes], now: list[bytes]) -> None:
    """Wherever a line is said to have been shifted to, the same line stands, and nothing of it is said to be gone."""
    old, new = b"".join(before), b"".join(now)
    for number, row in enumerate(before, 1):
        line = shifted(old, new, number, number)
        much = extent(old, new, number, number)

        assert not line or now[line - 1] == row
        assert much
        assert (much.gone == 0) == bool(line)


def test_one_change_in_a_long_file_is_followed() -> None:
    """Only what lies between the changes has to be compared; where that is too much nothing is said."""
    rows = [b"row %d\n" % n for n in range(3 * MOST_LINES)]
    text = b"".join(rows)

    assert shifted(text, b"new\n" + text, 9_000, 9_001) == 9_001
    assert extent(text, b"new\n" + text[:-1] + b"!\n", 9_000, 9_001) is None
