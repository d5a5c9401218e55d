"""The log of a VS Code chat session."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdown.transcripts.mutations import applied, cut_session


def log(*changes: Any) -> bytes:
    return b"\n".join(json.dumps(c).encode() for c in changes) + b"\n"


def rows(document: bytes) -> list[Any]:
    return [json.loads(row) for row in cut_session(document)]


@pytest.mark.parametrize(("change", "state"), [
    ({"kind": 1, "k": ["title"], "v": "x"}, {"title": "x", "requests": [{"response": [1, 2]}]}),
    ({"kind": 1, "k": ["input", "text"], "v": "x"}, {"input": {"text": "x"}, "requests": [{"response": [1, 2]}]}),
    ({"kind": 2, "k": ["requests", 0, "response"], "v": [3]}, {"requests": [{"response": [1, 2, 3]}]}),
    ({"kind": 2, "k": ["requests", 0, "response"], "v": [3], "i": 1}, {"requests": [{"response": [1, 3]}]}),
    ({"kind": 2, "k": ["requests", 0, "response"], "i": 0}, {"requests": [{"response": []}]}),
    ({"kind": 2, "k": ["requests", 0, "edits"], "v": [1]}, {"requests": [{"response": [1, 2], "edits": [1]}]}),
    ({"kind": 3, "k": ["requests"]}, {}),
])
def test_a_change_is_made_at_its_path(change: dict[str, Any], state: dict[str, Any]) -> None:
    """Set, append (behind a length to which the list is cut first), delete."""
    before = {"requests": [{"response": [1, 2]}]}
    assert applied(before, change)
    assert before == state


@pytest.mark.parametrize("change", [
    {"kind": 1, "k": ["requests", 5, "x"], "v": 1}, {"kind": 1, "k": [], "v": 1}, {"kind": 1, "v": 1}, {"kind": 9, "k": ["a"]},
    {"kind": 1, "k": ["requests", "x", "y"], "v": 1}, {"kind": 1, "k": ["requests", 10**9], "v": 1}, {"kind": 1, "k": ["requests", -1], "v": 1}])
def test_a_change_that_cannot_be_made_changes_nothing(change: dict[str, Any]) -> None:
    """A path that leads nowhere, an index without measure, an unknown kind."""
    state: dict[str, Any] = {"requests": []}
    assert not applied(state, change)
    assert state == {"requests": []}


def test_a_log_gives_the_session_its_requests_and_then_what_could_not_be_applied() -> None:
    """No line of the log is lost without a trace."""
    found = rows(log({"kind": 0, "v": {"sessionId": "s", "requests": []}}, {"kind": 2, "k": ["requests"], "v": [{"requestId": "r"}]}, {"kind": 7}))
    assert found == [{"sessionId": "s", "requests": 1}, {"requestId": "r"}, {"kind": 7}]


def test_a_document_gives_the_same_rows_as_its_log() -> None:
    """Whether it is written on one line or on many."""
    session = {"sessionId": "s", "requests": [{"requestId": "r"}]}
    assert rows(json.dumps(session).encode()) == rows(json.dumps(session, indent=2).encode()) == rows(log({"kind": 0, "v": session}))


@given(st.lists(st.fixed_dictionaries({"kind": st.integers(0, 4)}, optional={
    "k": st.lists(st.sampled_from(["requests", "a", 0, 1, -1, None]), max_size=4), "v": st.sampled_from([None, 1, [1], {"a": []}]), "i": st.integers(-1, 3)})))
def test_no_log_is_too_strange(changes: list[dict[str, Any]]) -> None:
    """Any sequence of changes gives rows."""
    assert list(cut_session(log({"kind": 0, "v": {"requests": [{"a": [{}]}]}}, *changes)))
