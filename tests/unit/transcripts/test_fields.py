"""Values of foreign JSON."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdown.transcripts.base import UnreadableRowError
from passdown.transcripts.fields import first, number, obj, objects, row_object, string, utc

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


@pytest.mark.parametrize(("given_", "expected"), [
    ("2026-03-05T10:00:00Z", "2026-03-05T10:00:00Z"), ("2026-03-05T10:00:00.250Z", "2026-03-05T10:00:00.250Z"),
    ("2026-03-05T11:00:00+01:00", "2026-03-05T10:00:00Z"), ("2026-03-05T10:00:00.123456", "2026-03-05T10:00:00.123Z"),
    (1772704800, "2026-03-05T10:00:00Z"), (1772704800250, "2026-03-05T10:00:00.250Z"),
    ("yesterday", ""), (None, ""), (0, ""), (-5, ""), (10**40, ""), (True, "1970-01-01T00:00:01Z")])
def test_times_become_utc(given_: Any, expected: str) -> None:
    """ISO text with a zone and epochs in seconds or milliseconds are times; all else is none."""
    assert utc(given_) == expected


@given(JSON)
def test_no_value_is_too_strange(value: Any) -> None:
    """Whatever stands in a field, what is made of it has the type that is asked for."""
    assert isinstance(obj(value), dict)
    assert all(isinstance(v, dict) for v in objects(value))
    assert isinstance(string(value), str)
    assert isinstance(utc(value), str)
    assert isinstance(first({"a": value}, "a"), str)


@given(st.one_of(st.integers(), st.floats(), st.text()))
def test_numbers_are_whole_and_finite(value: Any) -> None:
    """Counts that are no numbers, not finite or absurd are 0."""
    assert abs(number(value)) < 10**15


def test_arguments_may_be_text_that_holds_an_object() -> None:
    """Several agents keep the arguments of a call as JSON text."""
    assert obj('{"a": 1}') == {"a": 1}
    assert obj('{"a": ') == obj("text") == {}


@pytest.mark.parametrize("line", [b"[1]", b"{", b"\xff", b"[" * 100_000])
def test_a_row_that_is_no_object_is_unreadable(line: bytes) -> None:
    """Also where it nests deeper than any parser goes."""
    with pytest.raises(UnreadableRowError):
        row_object(line)
