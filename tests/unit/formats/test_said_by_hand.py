"""Lines of somebody else that say a record, and lines of ours that somebody rewrote although they must not be said any more."""

import re

import pytest

from passdown.formats.base import Material
from passdown.formats.sectioned import update
from passdown.formats.styles.session_memory import LAYOUT
from passdown.model.ids import derived_id
from passdown.model.record import Record

USE = Record(derived_id("1"), "decision", "Use SQLite", details={"why": "no server"}, created="2026-11-20T09:00:00Z")
NOW = "2026-11-20T09:12:00Z"
HEADING = next(one.split("\n")[0] for one in update(LAYOUT, "", Material(NOW, records=(USE,))).text.split("\n## ") if "Use SQLite" in one)


def by_hand(line: str) -> str:
    return f"# Session memory\n\n## {HEADING}\n\n{line}\n"


def test_a_line_that_only_holds_the_words_of_a_record_does_not_say_it() -> None:
    """The record is written beside it, with all that it has."""
    draft = update(LAYOUT, by_hand("- We must never Use SQLite3 on the server"), Material(NOW, records=(USE,)))

    assert f"pd:{USE.id}" in draft.text
    assert "no server" in draft.text
    assert not draft.left_out


@pytest.mark.parametrize("line", ["- **Decision:** use `SQLite`.", "- **Decision:** Use SQLite"])
def test_a_line_that_is_a_record_says_it_and_what_it_lacks_is_listed(line: str) -> None:
    """It is not written twice."""
    draft = update(LAYOUT, by_hand(line), Material(NOW, records=(USE,)))

    assert USE.id not in draft.text
    [left] = draft.left_out
    assert left.key == USE.id
    assert re.fullmatch(r"somebody.s line says it, without (text, )?why", left.why)


def test_what_must_not_be_said_and_was_rewritten_is_named_with_every_update() -> None:
    """It is somebody's text by then: it stays, in the archive, and so does the word that it is there."""
    text = update(LAYOUT, "", Material(NOW, records=(USE,))).text.replace("Use SQLite", "Use SQLite everywhere")
    for _ in range(3):
        draft = update(LAYOUT, text, Material(NOW, withheld=frozenset((USE.id,))))
        text = draft.text

        assert "Use SQLite everywhere" in text
        assert USE.id in draft.edited
