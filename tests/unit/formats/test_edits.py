"""The three sides of an edit: what was rendered, what stands in the document, and the record."""

import pytest
from msgspec.structs import replace

from passdown.formats.base import Material
from passdown.formats.edits import Clash, Taken, descends, edits, foreign, marks, patched, resealed
from passdown.formats.sectioned import parse, update
from passdown.formats.styles.session_memory import LAYOUT
from passdown.model.anchor import Anchor
from passdown.model.record import Record

NOW = "2026-11-20T09:12:00Z"
ID = "01m3250v00yn62s6"
TASK = Record(ID, "task", "Fix the rounding\nIn refunds alone", created=NOW, updated=NOW, details={"priority": "high", "why": "Orders fail"},
              anchors=(Anchor("src/pay.py", 3, 9, seen="sha256:" + "0" * 32),))


def material(*records: Record) -> Material:
    return Material(NOW, root="/home/dev/shop", records=records)


def document(*records: Record) -> str:
    return update(LAYOUT, "", material(*records)).text


def judged(written: Record, was: str, now: str, record: Record) -> list[Taken | Clash]:
    """What becomes of an edit in the document that was written from one version of a record, and held against another."""
    text = document(written)
    assert was in text
    return list(edits(LAYOUT, text.replace(was, now, 1), material(record), {record.id: record}))


EDITS = (  # what stood there, what somebody wrote, what the record is then
    ("Fix the rounding", "Fix all the rounding", {"text": "Fix all the rounding\nIn refunds alone"}),
    ("In refunds alone", "In refunds and orders", {"text": "Fix the rounding\nIn refunds and orders"}),
    ("[high]", "[low]", {"details": {"priority": "low", "why": "Orders fail"}}),
    ("Orders fail", "Payouts fail", {"details": {"priority": "high", "why": "Payouts fail"}}),
    ("- [high]", "- [x] [high]", {"status": "resolved", "details": {"state": "done", "priority": "high", "why": "Orders fail"}}),
    ("src/pay.py:3-9", "src/refund.py:4", {"anchors": (Anchor("src/refund.py", 4, 4),)}),
)


@pytest.mark.parametrize(("was", "now", "parts"), EDITS)
def test_only_the_document_changed(was: str, now: str, parts: dict[str, object]) -> None:
    """The record takes over the part that differs, and keeps all others."""
    found = judged(TASK, was, now, TASK)
    assert [type(f) for f in found] == [Taken]
    assert found[0].record == replace(TASK, **parts)


@pytest.mark.parametrize(("was", "now", "parts"), EDITS)
def test_both_changed(was: str, now: str, parts: dict[str, object]) -> None:
    """Neither is touched; both sides are told, and the record as it would be with the edit."""
    later = replace(TASK, details={**TASK.details, "next": "Look at the ledger"})
    found = judged(TASK, was, now, later)
    assert [type(f) for f in found] == [Clash]
    assert found[0].record == later


def test_both_changed_to_the_same() -> None:
    """Nothing is left to decide."""
    assert judged(TASK, "Orders fail", "Payouts fail", replace(TASK, details={**TASK.details, "why": "Payouts fail"}))[0] == Taken(
        replace(TASK, details={**TASK.details, "why": "Payouts fail"}), (), whole=True)


def test_a_record_that_is_known_not_to_have_changed_takes_the_edit_whatever_the_seal_says() -> None:
    """What is measured at its places changes the seal, and is nobody's edit."""
    text = document(TASK).replace("Fix the rounding", "Fix all the rounding")
    standing = replace(material(TASK), standing={TASK.anchors[0].place: "~ changed since"})
    assert [type(f) for f in edits(LAYOUT, text, standing, {ID: TASK})] == [Clash]
    assert [type(f) for f in edits(LAYOUT, text, standing, {ID: TASK}, {ID})] == [Taken]


def test_an_edit_of_what_was_put_away_clashes() -> None:
    """The record is archived, the words are somebody's: both are told."""
    found = list(edits(LAYOUT, document(TASK).replace("Fix the", "Mend the"), material(), {ID: replace(TASK, status="archived")}))
    assert [(type(f), getattr(f, "why", "")) for f in found] == [(Clash, "the record is archived")]


def test_an_untouched_document_and_an_unknown_record_give_nothing() -> None:
    """There is nothing to take."""
    assert list(edits(LAYOUT, document(TASK), material(TASK), {ID: TASK})) == []
    assert list(edits(LAYOUT, document(TASK).replace("Fix", "Mend"), material(), {})) == []


def test_words_that_no_record_takes_keep_the_item_as_it_is() -> None:
    """A remark behind a place is no part of the record, so the item is not written anew."""
    text = document(TASK).replace("src/pay.py:3-9", "src/pay.py:3-9 where cents are cut")
    found = list(edits(LAYOUT, text, material(TASK), {ID: TASK}))
    assert [(type(f), getattr(f, "whole", None)) for f in found] == [(Taken, False)]
    assert "where cents are cut" in update(LAYOUT, text, material(TASK)).text


PATCHES = (  # record, as rendered, as edited, the record then
    ("a\nb\nc", "a\nb\nc", "a\nx\nc", "a\nx\nc"),
    ("a\nb\nc", "a\nb", "a\nx", "a\nx\nc"),       # the document does not say all of it
    ("a\nb\nc", "a\nc", "a\nnew\nc", "a\nnew\nb\nc"),
    ("a\nb\nc", "a\nb\nc", "a\nc", "a\nc"),
    ("a long title\nb", "a long…\nb", "a short title\nb", None),
    ("a\nb", "a\nb", "a\nb", "a\nb"),
)


@pytest.mark.parametrize(("text", "before", "after", "then"), PATCHES)
def test_lines_are_patched_where_they_stand(text: str, before: str, after: str, then: str | None) -> None:
    """Only changed lines move; what cannot be placed is not guessed."""
    assert patched(text, before, after) == then


def test_a_resealed_item_is_ours_again() -> None:
    """Its words stay, it counts as untouched."""
    text = document(TASK).replace("Fix the rounding", "Mend the rounding")
    assert [f.edited for f in parse(LAYOUT, text) if f.record.id == ID] == [True]
    assert [(f.edited, f.record.title) for f in parse(LAYOUT, resealed(text, {ID})) if f.record.id == ID] == [(False, "Mend the rounding")]
    assert resealed(text, ()) == text


def test_an_older_version_does_not_descend_from_a_newer_one() -> None:
    """Its marks have other seals; an edited one keeps them all, or has fewer."""
    text = document(TASK)
    assert descends(text.replace("Fix the rounding", "Mend it"), marks(text))
    assert not descends(document(replace(TASK, text="Fix")), marks(text))


def test_lines_of_others_are_foreign_those_of_the_archive_not() -> None:
    """What carries our mark, or stands in the archive, is not theirs to add."""
    text = document(TASK) + "- Never trust the clock\n\n## Archive\n\n- An old thing\n"
    assert [f.record.title for f in foreign(parse(LAYOUT, text), text)] == ["Never trust the clock"]
