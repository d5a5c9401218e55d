"""Sentences about code."""

import pytest

from passdown.briefing.lines.names import states


@pytest.mark.parametrize("text", [
    "`drain_queue` must be safe to run twice, because a restart delivers again.", "The `OutboxStore` shares one transaction with the queue."])
def test_what_something_is_or_needs_is_a_statement(text: str) -> None:
    """It is worth telling."""
    assert states(text)


@pytest.mark.parametrize("text", [
    "Add `drain_queue` to the worker.", "Manual test: `MAX_WAIT=500` lowers the threshold as expected", "the `drain_queue` of the worker",
    "onlyNew=true, noOld=false gives no error from `checkFlags`", "`drain_queue` helper (queue.py:121, only used in the worker)",
    "`queue.py`: Canonicalize `rootDir` in `newWatcher`", "Does `drain_queue` run twice?", "Added `drain_queue` to the worker", "`drain_queue (see the plan"])
def test_steps_ticks_and_output_are_none(text: str) -> None:
    """Nor fragments, questions, and what broke off."""
    assert not states(text)
