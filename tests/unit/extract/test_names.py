"""Code-shaped names and the sentences that say most about them."""

import pytest

from passdown.extract import names
from passdown.model.session import FileFact


def told(*texts: str) -> dict[str, str]:
    state = names.empty()
    for n, text in enumerate(texts):
        names.told(state, n, text)
    return {fact.name: fact.said for fact in names.facts(state)}


@pytest.mark.parametrize(("text", "found"), [
    ("run it with --dry-run against retry_queue and parseRows", ["--dry-run", "retry_queue", "parseRows"]),
    ("GitHub and TypeScript are words, src/app.py is a file, HTTP is short", []),
    ("std::vector and config.MAX_RETRIES and RFC3339", ["std::vector", "config.MAX_RETRIES", "RFC3339"])])
def test_what_counts_as_a_name(text: str, found: list[str]) -> None:
    """Identifiers that no word of prose looks like, and long flags; no files, no brands."""
    assert names.named(text) == found


def test_the_sentence_that_explains_is_kept() -> None:
    """A reason over an event, whichever came first; an announcement, a question and praise are none."""
    why = "`parseRows` returns early because an empty header means an old export."
    assert told(f"{why} Let me look at `parseRows` in the other reader now.", "Then I changed the call of `parseRows` in there too.",
                "✅ Good - did you want `parseRows` to be public as well?")["parseRows"] == why


def test_a_name_that_was_only_typed_has_no_sentence() -> None:
    """Names in commands count, but say nothing."""
    state = names.empty()
    names.typed(state, 0, "pytest --maxfail=1 -k drain_queue")

    assert [(f.name, f.said) for f in names.facts(state)] == [("--maxfail", ""), ("drain_queue", "")]


def test_a_file_knows_the_names_that_its_edits_and_words_were_about() -> None:
    """Those that somebody spoke of; others of a patch are noise."""
    state = names.empty()
    names.told(state, 0, "In `queue.py` the method `drain_queue` has to hold the lock.")
    names.edited(state, "src/queue.py", "def drain_queue(self):", "def drain_queue(self): local_thing = 1")
    facts = names.placed((FileFact("src/queue.py", edits=1), FileFact("src/other.py", edits=1)), state)

    assert [f.names for f in facts] == [("drain_queue",), ()]


def test_what_is_kept_is_bounded() -> None:
    """However many names a session has; the most used ones stay."""
    state = names.empty()
    for n in range(2_000):
        names.told(state, n, f"`mainThing` uses `helper_{n}` and nothing else of the kind here.")

    assert len(state["spoken"]) <= names.MOST
    assert names.facts(state)[0].name == "mainThing"


def test_a_briefing_of_ours_is_no_source() -> None:
    """What repeats what a session was given is not evidence for it."""
    assert told("passdown · shop · main @ 1234567\nIN THE CODE\n- \"`drainQueue` must be safe to run twice because of restarts.\"") == {}
