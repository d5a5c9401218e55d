"""What a prompt asks for."""

import pytest

from passdown.briefing.asks import latest, topic, wish
from passdown.model.session import Session


@pytest.mark.parametrize(("prompt", "asked"), [
    ("The queue is slow again. Please cache the price list in memory. Keep the old path for tests.",
     "Please cache the price list in memory. Keep the old path for tests."),
    ("FAIL tests/test_queue.py::test_drain\n>   assert 2 == 1\nE   AssertionError\nmake the drain safe to run twice", "make the drain safe to run twice"),
    ("```\nTraceback\n```\nwhy does the worker restart?", "why does the worker restart?"),
    ("Re: the mail queue (55)\nRemove the speculative branches of the parser", "Remove the speculative branches of the parser"),
    ("src/a.go:12:3: QF1012: Use fmt.Fprintf", ""),
    ("Address 7", ""),
    ("go on", ""),
])
def test_a_wish_is_what_the_user_asks_for(prompt: str, asked: str) -> None:
    """From the first sentence that asks or orders; pasted logs, labels, and what only those understand who were there are left out."""
    assert wish(prompt, 200) == asked


def test_a_long_wish_ends_with_a_clause() -> None:
    """Never in the middle of a word or a thought; a prompt that its host cut is not continued by half a word."""
    assert wish("Move the invoice mailer into its own worker, because the web process times out when the provider is slow", 70) == (
        "Move the invoice mailer into its own worker…")
    assert wish("Review the resume code path for race conditions where the agent resum…", 200) == (
        "Review the resume code path for race conditions where the agent…")


def test_the_latest_ask_of_substance_is_told() -> None:
    """One that says nothing by itself gives way to the one before it, and all to the goal."""
    session = Session("s", "codex", goal="Build the retry queue", asks=("Add a metric for dropped webhook deliveries", "yes", "do 3"))

    assert latest(session, 200) == "Add a metric for dropped webhook deliveries"
    assert latest(Session("s", "codex", goal="Build the retry queue", asks=("yes",)), 200) == "Build the retry queue"


def test_a_plan_is_told_by_its_title() -> None:
    """A session that was opened with a plan was for that plan."""
    assert topic(Session("s", "codex", goal="Implement the following plan:\n# Retries\n…", title="Retries"), 200) == "Implement the plan: Retries"


@pytest.mark.parametrize("prompt", [
    "Bitte die Warteschlange für Größenänderungen zweimal ausführbar machen", "Сделай очередь повторов безопасной для двойного запуска",
    "让重试队列可以安全地运行两次，并删除旧的轮询器。"])
def test_a_wish_may_be_said_in_any_language(prompt: str) -> None:
    """Letters of other scripts are words too, not a paste."""
    assert wish(prompt, 100) == prompt
