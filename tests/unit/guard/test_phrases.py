"""What a settled record turned down and chose, cut out of the words in which it was said."""

import pytest

from passdown.guard.phrases import of_decision, of_failed, waits_for


@pytest.mark.parametrize(("text", "out"), [
    ("SQLite outbox, not Redis", ("Redis",)),
    ("yeah keep htmx for the front, no react/vue in this repo", ("react", "vue")),
    ("pnpm only. no npm install, no yarn, one lockfile", ("npm install", "yarn")),
    ("We never send mail from a view", ("send mail from a view",)),
    ("use slog instead of zap because one format is enough", ("zap",)),
    ("Windows can wait till after 1.0", ("Windows",)),
    ("Live mode is off limits from laptops", ("Live mode",)),
    ("Do not use moment.js; use date-fns", ("moment",)),
    ("mockk goes nowhere near the unit tests", ("mockk",)),
    ("docs are mkdocs, the sphinx discussion is closed", ("sphinx",)),
    ("plain forms; stop proposing react-hook-form, ours have four fields", ("react-hook-form",)),
    ("nobody uploads from a laptop", ("uploads from a laptop",)),
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


@pytest.mark.parametrize(("text", "until"), [
    ("AAX is for later: after 1.2, when the signing account exists", "1.2"), ("Apple Watch companion waits for 3.0", "3.0"),
    ("Watch companion not before version 3", "version 3"), ("Use SQLite until it hurts", ""), ("SQLite, not Redis", ""),
])
def test_words_that_put_something_off_say_until_when(text: str, until: str) -> None:
    """Also where nobody filled in a form; what is merely temporary is no deferral."""
    assert waits_for(text) == until


def test_the_subject_of_a_prohibition_was_not_chosen() -> None:
    """Of "reports are never deleted" neither the reports nor the deleting; what else the text says stays."""
    assert of_decision("Reports are never deleted. They are archived.", (), deferred=False).chosen == ("They are archived.",)


def test_what_an_approach_replaced_was_not_tried() -> None:
    """It is what there was before."""
    assert of_failed("Tried memory-mapping files with memmap2 instead of reading them", "", "").out == ("memory-mapping files with memmap2",)
