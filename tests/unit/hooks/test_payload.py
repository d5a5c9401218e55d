"""Payloads are read as `json` reads them, and never raise."""

import json
import os
from pathlib import Path

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
def test_a_payload_is_read_to_its_end(data: bytes, tmp_path: Path) -> None:
    """With a byte order mark, too."""
    assert read(tmp_path, data) == {"a": "b"}


def read(folder: Path, data: bytes) -> dict[str, object]:
    (folder / "payload").write_bytes(data)
    handle = os.open(folder / "payload", os.O_RDONLY)
    try:
        return payload.read(handle)
    finally:
        os.close(handle)


@pytest.mark.parametrize("text", ["log line\n", '"quoted" \\ back \\\\n', "Zeilenumbruch für größere Protokolle ", "日本語 の ログ\n"])
def test_of_a_huge_text_both_ends_are_kept(text: str, tmp_path: Path) -> None:
    """The other fields are whole, wherever the middle was cut."""
    for ascii_only in (True, False):
        long = "BEGIN " + text * (4_000_000 // len(text)) + " END"
        found = read(tmp_path, json.dumps({"session_id": "s", "prompt": long, "cwd": "/x"}, ensure_ascii=ascii_only).encode())

        assert (found["session_id"], found["cwd"]) == ("s", "/x")
        assert str(found["prompt"]).startswith("BEGIN")
        assert str(found["prompt"]).endswith("END")
        assert len(str(found["prompt"])) < 2_000_000


@pytest.mark.parametrize("size", [payload.HEAD_BYTES - 20, payload.HEAD_BYTES, payload.HEAD_BYTES + payload.TAIL_BYTES])
def test_up_to_a_size_nothing_is_cut(size: int, tmp_path: Path) -> None:
    """Also where head and tail meet."""
    text = "".join(chr(97 + n % 26) for n in range(size))

    assert read(tmp_path, json.dumps({"prompt": text}).encode()) == {"prompt": text}
