"""Rows of transcripts that are one JSON document."""

import json

import pytest

from passdown.transcripts.document import cut_at, top_keys
from passdown.transcripts.rows import TooLong, read_rows


def test_the_object_comes_first_and_then_each_element() -> None:
    """Row 0 is the object with the lengths of its lists; elements follow in the order of the lists that were named."""
    rows = list(cut_at("b", "a")(b'{"a": [1, {"x": 2}], "b": ["y"], "c": 3}'))
    assert json.loads(rows[0]) == {"a": 2, "b": 1, "c": 3}
    assert rows[1:] == [b'"y"', b"1", b'{"x": 2}']


@pytest.mark.parametrize("document", [b"[1, 2]", b"{broken", b"\xff\xfe", b'{"a": [1, 2'])
def test_what_is_no_object_is_one_row(document: bytes) -> None:
    """A document that is cut off or something else is one row, which its reader calls unreadable."""
    assert list(cut_at("a")(document)) == [document]


def test_a_value_that_is_no_list_stays() -> None:
    """A key that holds something else than expected stays in row 0."""
    assert [json.loads(row) for row in cut_at("a", "z")(b'{"a": {"b": 1}}')] == [{"a": {"b": 1}}]


def test_rows_of_a_document_end_where_it_ends() -> None:
    """The whole document was read with its first row: all offsets are its end, with its byte order mark."""
    content = b'\xef\xbb\xbf{"a": [1, 2]}\n'
    assert [(n, end) for n, end, _ in read_rows([content[:5], content[5:]], cut_at("a"))] == [(0, 17), (1, 17), (2, 17)]
    assert list(read_rows([], cut_at("a"))) == []


def test_a_document_that_is_too_long_is_one_row_without_its_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its bytes are streamed past."""
    monkeypatch.setattr("passdown.transcripts.rows.MAX_DOCUMENT_BYTES", 10)
    assert list(read_rows([b'{"a": [', b"1, 2]}", b"\n"], cut_at("a"))) == [(0, 14, TooLong(14))]


@pytest.mark.parametrize(("head", "keys"), [
    (b'{"a": {"b": "c\\": {"}, "d": [{"e": 1}], "f', {"a", "d"}),
    (b'  {\n "a" : "x", "b":', {"a", "b"}),
    (b'[{"a": 1}]', set()),
    (b'text "a": 1', set()),
])
def test_keys_at_the_top_are_known_without_the_end_of_the_document(head: bytes, keys: set[str]) -> None:
    """Keys inside values and words inside strings do not count."""
    assert top_keys(head) == keys


def test_a_head_of_nothing_but_quotes_is_passed_once() -> None:
    """A string that never ends takes the rest with it: a hostile head costs one pass."""
    assert top_keys(b'{"a": 1, "' + b'\\"' * 200_000) == {"a"}
