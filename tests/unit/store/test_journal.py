"""The journal: all or nothing, written down before it counts."""

import json
from pathlib import Path

import pytest

from passdown import files
from passdown.errors import Conflict
from passdown.model.ids import content_hash
from passdown.redaction.scan import redact
from passdown.store.journal import Change, Journal
from passdown.store.layout import Layout

ONE, TWO = "private:one.md", "private:two.md"


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path)


def change(layout: Layout, name: str, text: str | None) -> Change:
    path = layout.path_of(name)
    assert path
    old = files.read(path)
    return Change(name, redact(old.decode()) if old is not None else None, redact(text) if text is not None else None, files.hash_of(path))


def texts(layout: Layout) -> dict[str, str]:
    return {path.name: path.read_text() for path in layout.private.glob("*.md")}


def test_an_operation_file_says_everything(layout: Layout) -> None:
    """Number, verb, time and the text of each file before and after, readable without passdown."""
    journal = Journal(layout)
    with journal.exclusive():
        journal.carry_out("edit", "2026-11-20T10:00:00Z", [change(layout, ONE, "grün")])

    assert json.loads(layout.operation(1).read_text()) == {
        "number": 1, "verb": "edit", "at": "2026-11-20T10:00:00Z", "changes": [{"path": ONE, "before": None, "after": "grün", "was": None}], "undoes": 0}
    assert not layout.pending.exists()


def test_a_change_that_cannot_be_made_takes_back_the_others(layout: Layout) -> None:
    """The second file is not as expected: the first is as it was, and there is no operation."""
    journal = Journal(layout)
    with journal.exclusive():
        journal.carry_out("a", "", [change(layout, ONE, "old")])
    (layout.private / "two.md").write_text("there")
    with journal.exclusive(), pytest.raises(Conflict):
        journal.carry_out("b", "", [change(layout, ONE, "new"), Change(TWO, None, redact("x"))])

    assert texts(layout) == {"one.md": "old", "two.md": "there"}
    assert [o.verb for o in journal.operations()] == ["a"]


@pytest.mark.parametrize("done", [0, 1, 2])
def test_an_unfinished_operation_is_taken_back_by_the_next(layout: Layout, done: int) -> None:
    """However far a killed process came, whoever takes the lock next finds everything as it was before."""
    journal = Journal(layout)
    with journal.exclusive():
        journal.carry_out("a", "", [change(layout, ONE, "old")])
        journal.carry_out("b", "", [change(layout, ONE, "new"), change(layout, TWO, "new")])
    files.move(layout.operation(2), layout.pending)
    if done < 2:
        (layout.private / "two.md").unlink()
    if done < 1:
        (layout.private / "one.md").write_text("old")

    with Journal(layout).exclusive():
        pass
    assert texts(layout) == {"one.md": "old"}
    assert not layout.pending.exists()


def test_recovery_leaves_what_others_wrote_since(layout: Layout) -> None:
    """A file that is no longer as the unfinished operation left it is not touched."""
    journal = Journal(layout)
    with journal.exclusive():
        journal.carry_out("a", "", [change(layout, ONE, "new")])
    files.move(layout.operation(1), layout.pending)
    (layout.private / "one.md").write_text("by hand")

    with journal.exclusive():
        pass
    assert texts(layout) == {"one.md": "by hand"}


def test_a_note_torn_by_power_loss_is_passed_over(layout: Layout) -> None:
    """An operation that was not synced may be empty; the others are read, and its number is not used again."""
    journal = Journal(layout)
    with journal.exclusive():
        journal.carry_out("a", "", [change(layout, ONE, "text")])
    layout.operation(2).write_bytes(b'{"number":2,"ve')
    layout.operation(3).write_bytes(b"")

    with Journal(layout).exclusive():
        assert journal.carry_out("b", "", []).number == 4
    assert [o.number for o in journal.operations()] == [4, 1]


def test_an_acknowledged_note_is_in_the_journal(layout: Layout) -> None:
    """A note writes its operation first and drops it when the record could not be written."""
    journal = Journal(layout)
    with journal.exclusive():
        journal.end_note(journal.begin_note("note", "", Change(ONE, None, redact("x"))), done=False)
        kept = journal.begin_note("note", "", Change(ONE, None, redact("x")))
        journal.end_note(kept, done=True)

    assert [o.number for o in journal.operations()] == [kept.number] == [1]


def test_undo_passes_over_a_note_whose_record_is_not_there(layout: Layout) -> None:
    """A crash between the note's operation and its record leaves nothing to take back."""
    journal = Journal(layout)
    with journal.exclusive():
        journal.carry_out("a", "", [change(layout, ONE, "text")])
        journal.begin_note("note", "", Change(TWO, None, redact("x")))
        assert journal.take_back().undoes == 1
    assert texts(layout) == {}


def test_numbers_go_on_behind_a_gap(layout: Layout) -> None:
    """Forgetting removes operations; what comes after is still the last, for a process that had looked before, too."""
    early, journal = Journal(layout), Journal(layout)
    with early.exclusive():
        early.carry_out("a", "", [change(layout, ONE, "mine")])
    with journal.exclusive():
        for text in ("word", "x", "y"):
            journal.carry_out("b", "", [change(layout, TWO, text)])
        journal.forget("word")
    with early.exclusive():
        assert early.carry_out("c", "", []).number == 6

    assert [o.verb for o in journal.operations()] == ["c", "forget", "b", "a"]
    assert content_hash("word") not in layout.operation(5).read_text()
