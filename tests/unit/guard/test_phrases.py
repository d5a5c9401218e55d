"""What a settled record turned down and chose, cut out of the words in which it was said."""

import pytest

from passdown.guard.phrases import of_decision, of_failed


@pytest.mark.parametrize(("text", "out"), [
    ("SQLite outbox, not Redis", ("Redis",)),
    ("yeah keep htmx for the front, no react/vue in this repo", ("react", "vue")),
    ("pnpm only. no npm install, no yarn, one lockfile", ("npm install", "yarn")),
    ("We never send mail from a view", ("send mail from a view",)),
    ("use slog instead of zap because one format is enough", ("zap",)),
    ("Windows can wait till after 1.0", ("Windows",)),
    ("Live mode is off limits from laptops", ("Live mode",)),
    ("Do not use moment.js; use date-fns", ("moment",)),
    ("GraphQL API: deferred until phase 3.", ("GraphQL API",)),
])
def test_what_a_sentence_turns_down_is_cut_out(text: str, out: tuple[str, ...]) -> None:
    """Negations, contrasts and subjects that are ruled out give the phrase alone, lists one by one."""
    assert of_decision(text, (), deferred=False).out == out


def test_alternatives_lose_their_reasons() -> None:
    """`Redis: one more thing to run` is Redis."""
    assert of_decision("SQLite", ("Redis: one more thing to run", "Kafka (a JVM)"), deferred=False).out == ("Redis", "Kafka")


def test_a_deferral_without_a_negation_is_its_own_subject() -> None:
    """What is put off is what the record says, up to when."""
    assert of_decision("PayPal as a second provider", (), deferred=True).out == ("PayPal as a second provider",)


@pytest.mark.parametrize(("text", "way"), [
    ("Tried memory-mapping files with memmap2, it made things slower", "memory-mapping files with memmap2"),
    ("more dataloader workers: tried 16 and 32, hangs after some hours", "more dataloader workers"),
    ("rds proxy didn't help: connections stay pinned", "rds proxy"),
])
def test_a_failed_approach_is_the_way_without_its_end(text: str, way: str) -> None:
    """What came of it is cut off."""
    assert of_failed(text, "", "").out == (way,)


def test_what_was_done_instead_is_what_was_chosen() -> None:
    """So that doing it is no repetition."""
    assert of_failed("Tried WebSockets", "long polling", "no sockets over SIM cards").chosen == ("long polling", "no sockets over SIM cards")
