"""Sentences about names of code."""

from passdown.briefing.heat.names import Sentence, heats
from passdown.briefing.heat.names import sentences as of_names
from passdown.model.session import NameFact, Session

RETRY = "`drain_queue` must be safe to run twice, because a restart delivers again."
BOTH = "`drain_queue` and `OutboxStore` share one transaction so that nothing is lost."


def session(number: int, *facts: NameFact) -> Session:
    return Session(id=f"s{number}", agent="codex", ended=f"2026-03-0{9 - number}T08:00:00Z", names=facts)


def sentences(history: list[Session]) -> list[Sentence]:
    return of_names(history, heats(history))


def test_a_sentence_stands_once_and_each_adds_a_name() -> None:
    """What two names share is said for both; a sentence that says nothing new is left out."""
    found = sentences([session(0, NameFact("drain_queue", 3, BOTH), NameFact("OutboxStore", 2, BOTH)), session(1, NameFact("drain_queue", 1, RETRY))])

    assert [s.text for s in found] == [BOTH]
    assert found[0].names == ("OutboxStore", "drain_queue")


def test_names_without_a_sentence_are_not_listed() -> None:
    """A bare list of names is no briefing."""
    assert sentences([session(0, NameFact("lonelyName", 9))]) == []


def test_a_name_of_the_platform_is_no_reason_to_say_a_sentence() -> None:
    """However often it is spoken of; the project's own name in the same sentence is."""
    own = "`className` of `OutboxCard` must stay, because the tests look for it."
    other = "`useEffect` runs after each render unless it gets a list."
    history = [session(0, NameFact("useEffect", 90, other), NameFact("className", 9, own), NameFact("OutboxCard", 1, own))]

    assert [(s.text, s.names) for s in sentences(history)] == [(own, ("OutboxCard",))]


def test_a_later_session_counts_more() -> None:
    """Of two sentences of one length, that about the name of the last session comes first."""
    new, old = "`newName` returns nothing until the index is built.", "`oldName` returns nothing until the index is built."

    assert [s.text for s in sentences([session(0, NameFact("newName", 1, new)), session(3, NameFact("oldName", 1, old))])] == [new, old]
