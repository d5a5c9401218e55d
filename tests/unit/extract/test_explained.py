"""The sentence that says why."""

import pytest

from passdown.extract.explained import explanation


@pytest.mark.parametrize(("text", "told"), [
    ("Two tests fail. The issue is that the table in the test has no `kind` column. Let me add it:",
     "The issue is that the table in the test has no `kind` column."),
    ("The fixture doesn't set `source`, and requiring it dropped the row:", "The fixture doesn't set `source`, and requiring it dropped the row"),
])
def test_the_cause_is_cited(text: str, told: str) -> None:
    """One sentence, word for word, without the colon that leads on."""
    found = explanation(text, "AssertionError: row dropped")
    assert found
    assert found[0] == told


@pytest.mark.parametrize("text", [
    "Let me check the failing test because I want to see it.", "All tests pass now, since `kind` is there.", "Maybe the problem is the cache?", "Fixed.",
    "Now I need to update the import.",
])
def test_narration_and_doubt_explain_nothing(text: str) -> None:
    """Next moves, good news and guesses are no causes."""
    assert explanation(text, "AssertionError") is None
