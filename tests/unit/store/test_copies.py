"""Published copies that differ from their records: which of both is newer."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from passdown.model.record import Record
from passdown.store.copies import state
from passdown.store.layout import Layout
from passdown.store.records import RecordStore

ID = "0a" * 8
FIRST = Record(ID, "decision", "First", created="2026-11-20T10:00:00Z", updated="2026-11-20T10:00:00Z")


@pytest.fixture
def store(tmp_path: Path) -> RecordStore:
    store = RecordStore(Layout(tmp_path / "private", tmp_path / "work" / ".passdown"))
    store.add(FIRST, publish=True)
    return store


def copy_of(store: RecordStore) -> Path:
    path = store.layout.copy("decision", ID)
    assert path
    return path


def codes(store: RecordStore) -> list[str]:
    return [finding.code for finding in store.reconcile()]


def edit(path: Path, new: str) -> None:
    path.write_text(path.read_text().replace("First", new))


def test_the_table() -> None:
    """Every combination of ours, edited and gone has its state."""
    known = frozenset({"a", "b"})

    assert [state(private, copy, known) for private, copy in [("a", "a"), ("x", "x"), ("a", None), ("a", "b"), ("a", "x"), ("x", "a"), ("x", "y")]] == [
        "same", "same", "missing", "stale", "edited", "behind", "conflict"]


def test_an_edited_copy_is_taken_in(store: RecordStore) -> None:
    """The record gets the copy's very text, once; it can be taken back."""
    edit(copy_of(store), "Edited")
    text = copy_of(store).read_text()

    assert codes(store) == ["copy-taken-in"]
    assert store.get(ID).record.text == "Edited"
    assert (store.get(ID).path.read_text(), copy_of(store).read_text()) == (text, text)
    assert codes(store) == []
    store.undo()
    assert store.get(ID).record == FIRST


def test_a_second_edit_of_a_copy_is_taken_in_too(store: RecordStore) -> None:
    """After the first one, both are known again."""
    edit(copy_of(store), "Edited")
    store.reconcile()
    copy_of(store).write_text(copy_of(store).read_text().replace("Edited", "Again"))

    assert codes(store) == ["copy-taken-in"]
    assert store.get(ID).record.text == "Again"


def test_a_changed_kind_moves_both(store: RecordStore) -> None:
    """The folder tells the kind, in the private store and in the work tree."""
    copy_of(store).write_text(copy_of(store).read_text().replace("kind: decision", "kind: lesson"))

    assert codes(store) == ["copy-taken-in"]
    assert store.get(ID).path.parent.name == "lesson"
    assert not copy_of(store).exists()
    assert codes(store) == []


def test_a_secret_in_an_edited_copy_goes_from_both(store: RecordStore) -> None:
    """What a hand put into the work tree is redacted there as well."""
    secret = "gh" + "p_" + "a1B2" * 9
    edit(copy_of(store), secret)

    assert codes(store) == ["copy-taken-in"]
    assert "[REDACTED:" in copy_of(store).read_text()
    assert codes(store) == []


def test_an_edited_record_renews_its_copy(store: RecordStore) -> None:
    """A hand edit in the private store is published."""
    edit(store.get(ID).path, "Edited")

    assert codes(store) == ["copy-renewed"]
    assert "Edited" in copy_of(store).read_text()
    assert codes(store) == []


def test_two_edits_are_a_conflict_and_both_stay(store: RecordStore) -> None:
    """Nobody's words are overwritten."""
    edit(copy_of(store), "Theirs")
    edit(store.get(ID).path, "Ours")

    assert codes(store) == ["copy-conflict"]
    assert "Theirs" in copy_of(store).read_text()
    assert "Ours" in store.get(ID).path.read_text()


def test_an_older_version_on_another_branch_is_left_alone(store: RecordStore) -> None:
    """A branch switch brings back an old text; it is neither taken in nor overwritten."""
    old = copy_of(store).read_text()
    stored = store.get(ID)
    store.put(replace(FIRST, text="Second"), stored.hash)
    copy_of(store).write_text(old)

    assert codes(store) == ["copy-stale"]
    assert store.get(ID).record.text == "Second"
    assert copy_of(store).read_text() == old


def test_a_lost_copy_is_offered_back(store: RecordStore) -> None:
    """A clean takes the copy, never the record; the finding says how to get it back."""
    copy_of(store).unlink()

    found = store.reconcile()
    assert [(f.code, f.fix) for f in found] == [("copy-missing", f"passdown share {ID}")]
    assert store.get(ID).record == FIRST


def test_a_broken_copy_is_reported_and_kept(store: RecordStore) -> None:
    """A copy that does not parse changes nothing."""
    copy_of(store).write_text("<<<<<<< HEAD\n")

    assert codes(store) == ["invalid-record"]
    assert store.get(ID).record == FIRST
    assert copy_of(store).read_text() == "<<<<<<< HEAD\n"
