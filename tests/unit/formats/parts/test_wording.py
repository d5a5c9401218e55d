"""How styles word things."""

import pytest

from passdown.formats.parts.wording import by_reason, quote, telling


@pytest.mark.parametrize("why", [
    "Let me rename them all.", "Now let me run it", "After that I’ll rerun the installer.", "I'm applying the updates in one patch.",
    "I’ve finished the edits and am checking them.", "Good, I need to look at it", "It's the `Queue` component.", "Two targeted edits needed"])
def test_an_announcement_is_no_reason(why: str) -> None:
    """Whatever apostrophe it has, and whatever stands before it."""
    assert telling(why) == ""


@pytest.mark.parametrize("why", [
    "I've found that the loop drains twice.", "Now update the README with the new names.", "The loop must drain twice.", "So that it drains",
    "Lock was missing"])
def test_what_says_something_is_one(why: str) -> None:
    """What was found, what is done, what is so."""
    assert telling(why) == why


def test_things_of_one_reason_stand_together_and_those_without_alone() -> None:
    """In the order of their first."""
    assert by_reason([("a", "x"), ("b", ""), ("c", "x"), ("d", "")]) == [(["a", "c"], "x"), (["b"], ""), (["d"], "")]


@pytest.mark.parametrize(("text", "wanted"), [
    ("Done. The queue drains.", "The queue drains."), ("All renamed. Here is what changed:", "All renamed."), ("Done.", "Done."),
    ("These changed: `a.py`", "These changed: `a.py`"), ("What changed:", "What changed:")])
def test_a_quote_begins_with_what_says_something_and_ends_with_it(text: str, wanted: str) -> None:
    """Unless there is nothing else."""
    assert quote(text, 200) == wanted


def test_lines_that_nothing_ends_are_parted() -> None:
    """A list is told in one line, and where each entry ends is seen."""
    assert quote("The hook ran.\n- Tests: 12 pass\n- Lint: clean\n\nAll is well.", 200) == "The hook ran. Tests: 12 pass; Lint: clean; All is well."
