"""Sentences that say what is not there, not done or failing."""

import pytest

from passdown.verification.sayings import ABSENT, FAILING, UNCOMMITTED, UNMERGED, meant, names, negative


@pytest.mark.parametrize(("text", "kind"), [
    ("The retry module isn't built yet.", ABSENT), ("`a.py` has not been written", ABSENT), ("a.py is still missing", ABSENT),
    ("there is no `a.py` yet", ABSENT),
    ("Validation remains to be implemented.", ABSENT), ("CI is red on main", FAILING), ("two tests still fail", FAILING), ("it doesn't compile", FAILING),
    ("a.py is not committed yet", UNCOMMITTED), ("there are uncommitted changes in a.py", UNCOMMITTED), ("feature/x has not been merged", UNMERGED)])
def test_what_is_said(text: str, kind: str) -> None:
    """In several wordings."""
    assert kind in [k for k, _ in negative(text)]


@pytest.mark.parametrize("text", [
    "If a.py does not exist, it is made.", "The table must not be missing.", "It returns 404 when the user is missing.", "The retry module is built.",
    "Tests pass.", "Make sure that nothing is uncommitted.", "It could be missing.", "Use `not committed` as the label.",
    "No tests are failing in the suite any more, none of the tests is broken.", "Nothing is missing.", "It was never failing: none of it is broken."])
def test_what_is_not_said(text: str) -> None:
    """Conditions, duties, possibilities, and words of code."""
    assert list(negative(text)) == []


def test_only_the_sentence_that_says_it_counts() -> None:
    """Others beside it speak of other things."""
    assert [s for _, s in negative("`a.py` is fine. `b.py` is not written yet. `c.py` too.")] == ["`b.py` is not written yet."]


def test_names_of_code() -> None:
    """Between backticks or called; paths and prose are none."""
    assert names("`drain()` and `Queue.push`, then fill() in `src/a.py` of `the queue`") == ["drain", "Queue.push", "fill"]


@pytest.mark.parametrize(("sentence", "tool", "command", "is_meant"), [
    ("The tests are still failing", "pytest", "pytest -q", True), ("The build is broken", "pytest", "pytest -q", False),
    ("mypy is red", "mypy", "mypy src", True), ("tests/test_a.py still fails", "pytest", "pytest tests/test_b.py", False),
    ("tests/test_a.py still fails", "pytest", "pytest tests/test_a.py -q", True), ("The build fails", "npm", "npm run build", True),
    ("tests/test_pay.py still fails", "pytest", "pytest -q -k unrelated", False), ("The tests still fail", "pytest", "python -m pytest -m slow", False),
    ("The tests still fail", "pytest", "python3 -m pytest -q", True), ("The tests still fail", "pytest", "pytest tests/test_other.py", False),
    ("The tests still fail", "go", "go test ./... -run TestOther", False), ("`pytest -k pay` still fails", "pytest", "pytest -k pay", True),
    ("tests/test_pay.py still fails", "pytest", "pytest -q", True), ("test_pay still fails", "pytest", "pytest tests/test_b.py::test_other", False),
    ("The nightly CI is failing on Windows with pytest", "pytest", "pytest -q", False), ("The build fails on arm64", "npm", "npm run build", False),
    ("The tests still fail under load", "pytest", "pytest -q", False), ("The tests still fail on main", "pytest", "pytest -q", True),
    ("test_retry in the suite still fails", "pytest", "pytest -q", True)])
def test_which_check_is_meant(sentence: str, tool: str, command: str, is_meant: bool) -> None:
    """By its tool, its command, or what it checks; of another file it is not."""
    assert meant(sentence, tool, command) == is_meant
