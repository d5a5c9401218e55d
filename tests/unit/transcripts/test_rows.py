"""Bytes to rows."""

import pytest

from passdown.transcripts import rows
from passdown.transcripts.rows import TooLong, read_rows

MESSAGE = rb"> "


def test_lines_are_numbered_and_know_where_they_end() -> None:
    """Each line comes with its number and the offset behind its line break."""
    assert list(read_rows([b"a\nbb\n"])) == [(0, 2, b"a"), (1, 5, b"bb")]


def test_the_unfinished_last_line_waits() -> None:
    """What stands behind the last line break may still grow: it is given only when the file is said to be complete."""
    assert list(read_rows([b"a\nb"])) == [(0, 2, b"a")]
    assert list(read_rows([b"a\nb"], last=True)) == [(0, 2, b"a"), (1, 3, b"b")]


def test_a_line_may_come_in_pieces() -> None:
    """The size of the chunks makes no difference."""
    content = b"first line\nsecond\n\nfourth\n"
    assert list(read_rows(content[i : i + 1] for i in range(len(content)))) == list(read_rows([content]))


def test_reading_goes_on_at_an_offset() -> None:
    """Given number and offset of where the last reading ended, rows go on from there."""
    content = b"one\ntwo\nthree\n"
    assert list(read_rows([content[4:]], number=1, offset=4)) == list(read_rows([content]))[1:]


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_a_byte_order_mark_at_the_start_is_taken_off(size: int) -> None:
    """It is no part of the first row, counts for the offset, and stays where it stands elsewhere."""
    content = b"\xef\xbb\xbfa\n\xef\xbb\xbfb\n"
    chunks = [content[i : i + size] for i in range(0, len(content), size)]
    assert list(read_rows(chunks)) == [(0, 5, b"a"), (1, 10, b"\xef\xbb\xbfb")]


def test_nul_padding_around_a_line_is_taken_off() -> None:
    """NUL bytes that a crashed writer left stand neither before nor behind a row, and a row of them is blank."""
    content = b"a\n\0\0\0b\n\0\0\nc\0\n"
    assert [row for _, _, row in read_rows([content])] == [b"a", b"b", b"", b"c"]
    assert list(read_rows(content[i : i + 2] for i in range(0, len(content), 2))) == list(read_rows([content]))


def test_a_line_over_the_limit_is_streamed_past(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is reported with its size, never held, and the rows behind it are read."""
    monkeypatch.setattr(rows, "MAX_ROW_BYTES", 10)
    content = b"short\n" + b"x" * 50 + b"\nshort again\nok\n"
    expected = [(0, 6, b"short"), (1, 57, TooLong(50)), (2, 69, TooLong(11)), (3, 72, b"ok")]
    for size in (1, 7, 13, 200):
        assert list(read_rows(content[i : i + size] for i in range(0, len(content), size))) == expected


def test_a_long_run_of_nul_bytes_does_not_swallow_the_line_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Padding of any length is dropped, the line that follows on it is a row."""
    monkeypatch.setattr(rows, "MAX_ROW_BYTES", 10)
    assert [row for _, _, row in read_rows([b"\0" * 30, b"\0" * 30 + b"abc\n"])] == [b"abc"]


def test_messages_begin_where_the_expression_matches() -> None:
    """With an expression, row 0 is what stands before the first match, each row holds its own lines, and the last is given at the end."""
    content = b"head\n> one\nmore\n> two\nend"
    assert list(read_rows([content], MESSAGE)) == [(0, 5, b"head"), (1, 16, b"> one\nmore"), (2, 25, b"> two\nend")]


def test_a_document_that_begins_with_a_message_has_an_empty_head() -> None:
    """Row 0 exists even when nothing stands before the first match."""
    assert [row for _, _, row in read_rows([b"> one\n"], MESSAGE)] == [b"", b"> one"]


def test_a_message_over_the_limit_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row of many lines is limited as a line is."""
    monkeypatch.setattr(rows, "MAX_ROW_BYTES", 10)
    found = [row for _, _, row in read_rows([b"> one\nline\nline\n> two\n"], MESSAGE)]
    assert found == [b"", TooLong(15), b"> two"]


def test_reading_messages_goes_on_at_an_offset() -> None:
    """From the beginning of a message on, it is the first row again."""
    content = b"head\n> one\nmore\n> two\n"
    assert list(read_rows([content[5:]], MESSAGE, number=1, offset=5)) == list(read_rows([content], MESSAGE))[1:]
    assert list(read_rows([], MESSAGE, number=3, offset=len(content))) == []


def test_nothing_gives_no_rows() -> None:
    """An empty file has no rows, whatever the kind."""
    assert list(read_rows([])) == list(read_rows([b""], last=True)) == list(read_rows([], MESSAGE)) == []
