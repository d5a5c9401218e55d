"""Payloads are read as `json` reads them, and never raise."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdown.hooks import payload

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(SCALARS, lambda v: st.lists(v) | st.dictionaries(st.text(), v), max_leaves=20)


@given(st.dictionaries(st.text(), VALUES), st.booleans())
def test_an_object_is_read_as_json_reads_it(value: dict[str, object], ascii_only: bool) -> None:
    """Escapes, surrogates, numbers, nesting."""
    assert payload.parse(f" {json.dumps(value, ensure_ascii=ascii_only)}\n") == value


@given(st.text())
def test_text_that_is_no_object_gives_an_empty_one(text: str) -> None:
    """Whatever it is."""
    try:
        expected = json.loads(text)
    except (ValueError, RecursionError):
        expected = {}
    assert payload.parse(text) == (expected if isinstance(expected, dict) else {})


@given(st.text())
def test_a_quoted_text_reads_back(text: str) -> None:
    """In ASCII."""
    assert payload.quoted(text).isascii()
    assert json.loads(payload.quoted(text)) == text


@pytest.mark.parametrize("data", [b'\xef\xbb\xbf{"a": "b"}', b'{"a": "b"}\r\n'])
def test_a_payload_is_read_to_its_end(data: bytes) -> None:
    """With a byte order mark, too."""
    reading, writing = os.pipe()
    os.write(writing, data)
    os.close(writing)

    assert payload.read(reading) == {"a": "b"}
    os.close(reading)
