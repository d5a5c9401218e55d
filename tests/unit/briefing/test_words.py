"""Cutting quotes, telling times, counting tokens."""

import pytest

from passdown.briefing import times
from passdown.briefing.tokens import estimate
from passdown.briefing.words import clause, plain, quote, shorten


def test_a_quote_ends_with_a_whole_sentence() -> None:
    """As many sentences as fit, never half of one."""
    assert quote("One is done. Two is not. Three is far away.", 26) == "One is done. Two is not."


def test_a_quote_does_not_end_with_an_announcement() -> None:
    """What ends in a colon promises something that is not there."""
    assert quote("The fix is in. Here is what changed:\n- " + "x" * 100, 60) == "The fix is in."


def test_code_and_tables_are_not_quoted() -> None:
    """Prose is what is left."""
    assert plain("Before.\n```\ncode()\n```\n| a | b |\n**After** it.").split() == ["Before.", "After", "it."]


def test_shortening_cuts_behind_a_word() -> None:
    """One line, no word broken, marked as cut."""
    assert shorten("a sentence that\nis too long", 18) == "a sentence that…"


def test_a_single_word_is_cut_at_its_parts() -> None:
    """A path that is too long ends behind a folder."""
    assert shorten("/home/me/projects/shop/src/queue.py", 22) == "/home/me/projects/…"
    assert shorten("x" * 30, 10) == "x" * 9 + "…"


@pytest.mark.parametrize(("text", "limit", "said"), [
    ("It fits.", 20, "It fits."), ("The first is whole. The second is not whole at all.", 30, "The first is whole."),
    ("The worker drains the queue twice, because a restart delivers again", 50, "The worker drains the queue twice…"),
    ("Call `drain(now, limit)` when the worker has started again", 40, "Call `drain(now, limit)`…"),
])
def test_a_thought_is_cut_where_it_may_end(text: str, limit: int, said: str) -> None:
    """Behind a sentence, else behind a clause, never within code, quotations or brackets."""
    assert clause(text, limit) == said


def test_routine_is_no_result() -> None:
    """That checks passed or something was committed, headings and offers are left out when something else was said."""
    said = "## Summary\n**What went**\nAll 12 tests pass, lint is clean.\n- Moved the mailer into a worker\n- `drain()` is safe to run twice.\nWant me to push?"

    assert quote(said, 200) == "Moved the mailer into a worker; `drain()` is safe to run twice."
    assert quote("Committed as `50d8160`. All hooks passed.", 100) == "Committed as `50d8160`. All hooks passed."


@pytest.mark.parametrize(("seconds", "words"), [(5, "5 s"), (600, "10 min"), (7_200, "2 h"), (200_000, "2 days"), (3_000_000, "5 weeks"), (-5, "0 s")])
def test_spans_are_told_as_people_tell_them(seconds: float, words: str) -> None:
    """One number and one unit."""
    assert times.span(seconds) == words


def test_times_that_are_not_known_are_not_told() -> None:
    """An empty or malformed stamp gives nothing."""
    assert times.ago("", "2026-01-01T00:00:00Z") == ""
    assert times.clock("soon") == ""


@pytest.mark.parametrize(("text", "real"), [
    ("The retry queue still delivers twice after a restart.", 10), ("src/queue/retry.py:88", 9), ("def drain(self) -> None:\n    return self._rows", 14)])
def test_the_estimate_is_near_a_real_tokenizer(text: str, real: int) -> None:
    """Within a third of o200k on short texts; never below characters / 4."""
    assert real * 0.7 <= estimate(text) <= real * 1.6
    assert estimate(text) >= len(text) / 4


def test_the_last_words_are_those_of_substance() -> None:
    """Openers are passed over, and a quote does not stop where something is only announced."""
    said = "Perfect! All done. The queue drains twice without loss. Here's what I changed:\n\n```diff\n+x\n```"

    assert quote(said, 200) == "The queue drains twice without loss."
    assert quote("Done.", 100) == "Done."
