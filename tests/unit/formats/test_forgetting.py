"""Taking a forgotten record out of documents: what other lines took over from it goes too."""

from msgspec.structs import replace
from tests.unit.formats.styles.shop import MATERIAL, written

from passdown.formats.forgetting import GONE, without
from passdown.formats.styles import domain_memory, session_context

QUEUE = next(r for r in MATERIAL.records if r.title == "Keep the retry queue in SQLite")
WORDS = ("retry queue", "SQLite", "no server to run", "Redis")


def test_nothing_of_it_stays_in_a_session_context() -> None:
    """Not in the list of decisions, the log, the summary, nor in the heading of its own document, whose number stays."""
    texts = {path: without(text, QUEUE) for path, text in written(session_context.STYLE, MATERIAL).items()}

    assert [word for text in texts.values() for word in WORDS if word in text] == []
    assert f"## Decision 1: {GONE}" in texts[session_context.DECISIONS]
    assert "Drain the queue once a minute" in texts[session_context.DECISIONS]


def test_conditions_lose_the_words_by_which_it_was_asked_for() -> None:
    """The tags stay whole, and the next update finds them as ours."""
    before = written(domain_memory.STYLE, MATERIAL)
    path, text = next(iter(before.items()))
    after = without(text, QUEUE)

    assert [word for word in (*WORDS, "sqlite", "retry") if word in after] == []
    assert after.count("<LOAD_IF") == after.count("</LOAD_IF>") == text.count("<LOAD_IF")
    left = replace(MATERIAL, records=tuple(r for r in MATERIAL.records if r.id != QUEUE.id))
    assert "minute" in written(domain_memory.STYLE, left, {path: after})[path]


def test_lines_of_somebody_else_stay() -> None:
    """Byte for byte, also when they say the same."""
    text = "# Notes\n\nKeep the retry queue in SQLite, I say.\n- Keep the retry queue in SQLite\n"

    assert without(text, QUEUE) == text
