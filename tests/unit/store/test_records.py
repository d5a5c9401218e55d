"""The store of records: adding, reading, changing, forgetting, taking back."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from passdown import files
from passdown.errors import AmbiguousRecord, Conflict, InvalidRecord, NoSuchRecord, NothingToUndo, WriteFailed
from passdown.model.finding import Finding
from passdown.model.record import Record
from passdown.store.layout import Layout
from passdown.store.reading import Stored
from passdown.store.records import RecordStore

A, B, C = "0a" * 8, "0b" * 8, "0ac" + "0" * 13
AT = "2026-11-20T10:00:00Z"


def record(record_id: str = A, text: str = "Keep the queue in one file", kind: str = "decision") -> Record:
    return Record(record_id, kind, text, created=AT, updated=AT, details={"why": "no server: fewer parts"} if kind == "decision" else {})


@pytest.fixture
def store(tmp_path: Path) -> RecordStore:
    return RecordStore(Layout(tmp_path / "private", tmp_path / "work" / ".passdown"))


def copy_of(store: RecordStore, record_id: str = A) -> Path:
    path = store.layout.copy("decision", record_id)
    assert path
    return path


def test_a_note_is_there_when_it_is_acknowledged(store: RecordStore) -> None:
    """The receipt names the file, the hash and the operation, and the record reads back."""
    receipt = store.add(record())

    assert store.get(A) == Stored(record(), receipt.path, receipt.hash, "private")
    assert (receipt.record, receipt.place, receipt.copy, receipt.operation) == (record(), "private", None, 1)
    assert not copy_of(store).exists()


def test_ids_are_used_once(store: RecordStore) -> None:
    """A second record of the same id is refused, and leaves no operation behind."""
    store.add(record())

    with pytest.raises(Conflict):
        store.add(record(text="Something else"))
    assert [o.number for o in store.journal.operations()] == [1]
    assert store.get(A).record == record()


def test_secrets_are_replaced_on_the_way_in(store: RecordStore) -> None:
    """Text, details and the journal hold the marker; the receipt shows what was stored."""
    secret = "gh" + "p_" + "a1B2" * 9
    receipt = store.add(replace(record(text=f"Use {secret} here"), details={"why": secret, "alternative": (f"x {secret}",)}))

    assert "[REDACTED:" in receipt.record.text
    assert "[REDACTED:" in receipt.record.detail("why")
    assert store.get(A).record == receipt.record
    assert not [p for p in store.layout.private.rglob("*") if p.is_file() and secret.encode() in p.read_bytes()]


def test_what_would_not_read_back_is_not_written(store: RecordStore) -> None:
    """A value that the format does not allow is refused before anything is on disk."""
    with pytest.raises(InvalidRecord):
        store.add(Record(A, "issue", "Text", details={"severity": "huge"}))
    assert not store.layout.private.exists()


def test_an_edit_needs_the_hash_it_was_read_with(store: RecordStore) -> None:
    """Who edits an older version is told, and nothing changes."""
    old = store.get(store.add(record()).record.id)
    store.put(replace(record(), text="Second"), old.hash)

    with pytest.raises(Conflict):
        store.put(replace(record(), text="Third"), old.hash)
    with pytest.raises(NoSuchRecord):
        store.put(record(B), old.hash)
    assert store.get(A).record.text == "Second"


def test_a_published_copy_follows(store: RecordStore) -> None:
    """An edit changes both; the copy is the private file's twin."""
    receipt = store.add(record(), publish=True)
    edited = store.put(replace(record(), text="Second"), receipt.hash)

    assert edited.copy == copy_of(store)
    assert copy_of(store).read_text() == receipt.path.read_text() != ""
    assert "Second" in copy_of(store).read_text()


def test_a_new_kind_is_a_new_place(store: RecordStore) -> None:
    """When the kind changes, file and copy move; taking it back moves them again."""
    receipt = store.add(record(), publish=True)
    store.put(replace(record(), kind="lesson"), receipt.hash)

    assert [p.parent.name for p, _ in store.paths()] == ["lesson"]
    assert not copy_of(store).exists()
    store.undo()
    assert [p.parent.name for p, _ in store.paths()] == ["decision"]
    assert copy_of(store).exists()


def test_superseding_links_both(store: RecordStore) -> None:
    """The old record names the new one and the other way round, in one operation."""
    store.add(record())
    receipt = store.supersede(record(B, "Two files"), store.get(A), at="2026-11-21T10:00:00Z")

    old, new = store.get(A).record, store.get(B).record
    assert (old.status, old.superseded_by, old.updated) == ("superseded", B, "2026-11-21T10:00:00Z")
    assert new.supersedes == (A,)
    assert receipt.record == new
    store.undo()
    assert store.get(A).record == record()
    with pytest.raises(NoSuchRecord):
        store.get(B)


def test_publishing_gives_back_a_lost_copy(store: RecordStore) -> None:
    """A copy that a stash took is written again; one that is there already is left alone."""
    store.add(record())
    first = store.publish(A)
    copy_of(store).unlink()

    assert first.operation == 2
    assert store.publish(A).operation == 3
    assert store.publish(A).operation == 0
    assert copy_of(store).read_text() == store.get(A).path.read_text()


def test_publishing_does_not_overwrite_an_edited_copy(store: RecordStore) -> None:
    """What somebody wrote in the copy is theirs."""
    store.add(record(), publish=True)
    copy_of(store).write_text(copy_of(store).read_text() + "By hand.\n")

    with pytest.raises(Conflict):
        store.publish(A)
    assert "By hand." in copy_of(store).read_text()


def test_a_teammates_record_is_read_from_its_copy(store: RecordStore, tmp_path: Path) -> None:
    """A copy without a private record is read where it is; an edit takes it into the private store."""
    other = RecordStore(Layout(tmp_path / "theirs", store.layout.shared))
    other.add(record(), publish=True)

    stored = store.get(A)
    assert stored.place == "shared"
    assert [s.record for s in store.all() if isinstance(s, Stored)] == [record()]
    store.put(replace(record(), text="Second"), stored.hash)
    assert store.get(A).place == "private"
    assert "Second" in copy_of(store).read_text()


def test_finding_by_the_beginning(store: RecordStore) -> None:
    """Enough characters find the record; too few name the candidates."""
    for one in (A, B, C):
        store.add(record(one))

    assert store.find("0b").record.id == B
    assert store.find(A).record.id == A
    with pytest.raises(AmbiguousRecord, match=f"{A}, {C}"):
        store.find("0a")
    for nothing in ("zz", "../", "0" * 16):
        with pytest.raises(NoSuchRecord):
            store.find(nothing)


def test_a_broken_file_is_a_finding_among_the_others(store: RecordStore) -> None:
    """What cannot be read is named; the rest is still there."""
    store.add(record())
    store.layout.record("decision", B).write_text("not a record")
    store.layout.record("decision", C).write_text(store.layout.record("decision", A).read_text())
    store.layout.record("decision", "0d" * 8).write_bytes(b"---\n\xff\n")

    found = list(store.all())
    assert [s.record.id for s in found if isinstance(s, Stored)] == [A]
    assert [(f.code, f.severity) for f in found if isinstance(f, Finding)] == [("invalid-record", "error")] * 3
    with pytest.raises(InvalidRecord, match="line 1"):
        store.get(B)
    assert store.delete(B) == [store.layout.record("decision", B)]


def test_links_and_unfinished_files_are_no_records(store: RecordStore, tmp_path: Path) -> None:
    """A cloned repository cannot make us read a file elsewhere, and what a killed writer left is passed over."""
    store.add(record())
    elsewhere = tmp_path / "elsewhere.md"
    elsewhere.write_text("secret")
    copy_of(store, B).parent.mkdir(parents=True)
    copy_of(store, B).symlink_to(elsewhere)
    (store.layout.record("decision", A).parent / f".{B}.md.0011.tmp").write_text("half")

    assert [path.stem for path, _ in store.paths()] == [A]


def test_forgetting_leaves_no_trace(store: RecordStore) -> None:
    """Files, copies, operations and unfinished files of a record go; others stay; nothing can be taken back across it."""
    receipt = store.add(record(text="Unforgettable"), publish=True)
    store.put(replace(record(text="Unforgettable too")), receipt.hash)
    store.add(record(B))
    (receipt.path.parent / f".{A}.md.0011.tmp").write_text("Unforgettable")
    files.write_bytes(store.layout.journal / ".x.json.0011.tmp", b"Unforgettable")

    removed = store.delete(A)

    assert set(removed) == {receipt.path, copy_of(store)}
    assert not [p for p in store.layout.private.parent.rglob("*") if p.is_file() and b"Unforgettable" in p.read_bytes()]
    assert [s.record.id for s in store.all() if isinstance(s, Stored)] == [B]
    for number in (0, 1):
        with pytest.raises(NothingToUndo):
            store.undo(number)
    with pytest.raises(NoSuchRecord):
        store.delete(A)


def test_a_forgotten_record_does_not_come_back_with_a_branch(store: RecordStore) -> None:
    """A copy that git brings back stays unread."""
    store.add(record(), publish=True)
    text = copy_of(store).read_text()
    store.delete(A)
    copy_of(store).write_text(text)

    assert list(store.all()) == []
    with pytest.raises(NoSuchRecord):
        store.get(A)


def test_undo_goes_back_step_by_step(store: RecordStore) -> None:
    """Each undo takes back the operation before; an undo is undone by its number; in the end there is nothing left."""
    first = store.add(record())
    store.put(replace(record(), text="Second"), first.hash)
    edited_back = store.undo()

    assert store.get(A).record == record()
    assert store.undo().undoes == 1
    assert list(store.all()) == []
    with pytest.raises(NothingToUndo):
        store.undo()
    store.undo(4)
    store.undo(edited_back.number)
    assert store.get(A).record.text == "Second"
    assert [(o.number, o.verb, o.undoes) for o in store.journal.operations()][:3] == [(6, "undo", 3), (5, "undo", 4), (4, "undo", 1)]


def test_undo_refuses_what_changed_since(store: RecordStore) -> None:
    """A file that a hand has changed is left as it is."""
    receipt = store.add(record())
    receipt.path.write_text(receipt.path.read_text() + "By hand.\n")

    with pytest.raises(Conflict):
        store.undo()
    assert "By hand." in receipt.path.read_text()


def test_undo_does_not_need_the_copy(store: RecordStore) -> None:
    """A copy that another branch took away is no reason to refuse."""
    receipt = store.add(record(), publish=True)
    store.put(replace(record(), text="Second"), receipt.hash)
    copy_of(store).unlink()
    store.undo()

    assert store.get(A).record == record()
    assert not copy_of(store).exists()


def test_operations_are_ordered_without_a_clock(store: RecordStore) -> None:
    """The last one is the last that was made, also by another process, after the hint was lost, and with times that go back."""
    store.add(record())
    RecordStore(store.layout).add(replace(record(B), created="1999-01-01T00:00:00Z"))
    store.layout.last_operation.unlink(missing_ok=True)
    store.add(record(C))
    RecordStore(store.layout).undo()

    assert [s.record.id for s in store.all() if isinstance(s, Stored)] == [A, B]
    assert [o.number for o in store.journal.operations()] == [4, 3, 2, 1]


def test_a_hand_edit_with_a_secret_can_still_be_edited(store: RecordStore) -> None:
    """The journal keeps the redacted text; the change goes through, and taking it back does not bring the secret back."""
    secret = "gh" + "p_" + "a1B2" * 9
    receipt = store.add(record())
    receipt.path.write_text(receipt.path.read_text() + f"{secret}\n")
    store.put(replace(record(), text="Second"), store.get(A).hash)
    store.undo()

    assert "[REDACTED:" in store.get(A).record.text
    assert not [p for p in store.layout.private.rglob("*") if p.is_file() and secret.encode() in p.read_bytes()]


def test_a_store_in_the_way_is_a_clear_error(tmp_path: Path) -> None:
    """Where a file stands in place of the store, the error names the path and nothing is acknowledged."""
    (tmp_path / "private").write_text("")

    with pytest.raises(WriteFailed, match="private"):
        RecordStore(Layout(tmp_path / "private")).add(record())


def test_the_inbox_is_adopted_once(store: RecordStore) -> None:
    """A waiting record is read where it is, moved, and may be met again after a crash; one that contradicts is kept and reported."""
    from passdown.store.boundary import safe

    waiting = store.layout.waiting(A)
    assert waiting
    files.write(waiting, safe(record())[1])
    assert store.get(A).place == "inbox"
    assert store.put(replace(record(), text="Second"), store.get(A).hash).place == "inbox"

    assert [r.place for r in store.adopt_inbox() if not isinstance(r, Finding)] == ["private"]
    assert store.get(A).place == "private"
    files.write(waiting, safe(store.get(A).record)[1])
    assert len(list(store.adopt_inbox())) == 1
    assert not waiting.exists()
    files.write(waiting, safe(record(text="Third"))[1])
    assert [f.code for f in store.adopt_inbox() if isinstance(f, Finding)] == ["inbox-conflict"]
    assert waiting.exists()
