"""Kept events and cursors: what is committed is read, what is torn is not."""

from pathlib import Path

import pytest

from passdown.errors import Conflict
from passdown.model.event import Event, Prompt, Reply, SafeEvents, Todo, ToolCall
from passdown.store import events
from passdown.store.state import Cursor, Kept, State


def some(count: int, start: int = 0) -> SafeEvents:
    made: list[Event] = [Reply(n=n, text=f"reply {n} ü 🔴") for n in range(start, start + count)]
    return SafeEvents(tuple(made))


def written(path: Path, batch: SafeEvents, at: int = 0) -> int:
    writer = events.Writer(path, at)
    writer.add(batch)
    return writer.finish()


def test_events_come_back_as_they_were(tmp_path: Path) -> None:
    """Every field of nested values survives the file."""
    call = ToolCall(n=0, call="c", tool="TodoWrite", action="todo", todos=(Todo(text="x", status="pending"),), whole=True)
    length = written(tmp_path / "e.gz", SafeEvents((call, Prompt(n=1, text="hi", queued=True))))

    assert list(events.read(tmp_path / "e.gz", length)) == [call, Prompt(n=1, text="hi", queued=True)]


def test_members_follow_each_other(tmp_path: Path) -> None:
    """A later append adds to what is there."""
    path = tmp_path / "e.gz"
    length = written(path, some(3, 3), written(path, some(3)))

    assert [e.n for e in events.read(path, length)] == [0, 1, 2, 3, 4, 5]


def test_what_lies_behind_the_committed_length_is_replaced(tmp_path: Path) -> None:
    """An append that was never committed does not count, and the next one takes its place."""
    path = tmp_path / "e.gz"
    first = written(path, some(3))
    written(path, some(3, 100), first)
    length = written(path, some(2, 3), first)

    assert [e.n for e in events.read(path, length)] == [0, 1, 2, 3, 4]


def test_an_append_behind_the_end_is_refused(tmp_path: Path) -> None:
    """A file that is shorter than what was committed is not written to."""
    path = tmp_path / "e.gz"
    length = written(path, some(3))
    path.write_bytes(path.read_bytes()[:-4])
    with pytest.raises(Conflict):
        written(path, some(1, 3), length)


@pytest.mark.parametrize("cut", [0, 1, 10, 30])
def test_a_damaged_file_gives_what_can_be_read(tmp_path: Path, cut: int) -> None:
    """A torn end raises nothing."""
    path = tmp_path / "e.gz"
    written(path, some(50))
    path.write_bytes(path.read_bytes()[:cut])

    assert len(list(events.read(path))) <= 50


def test_a_rewriting_counts_once_it_is_committed(tmp_path: Path) -> None:
    """Before the commit the old events are read, after it the new ones, whenever the process died."""
    path = tmp_path / "e.gz"
    old = written(path, some(5))
    new = events.rewrite(path, some(1, 9))

    assert [e.n for e in events.read(path, old)] == [0, 1, 2, 3, 4]
    assert events.settle(path, new)
    assert [e.n for e in events.read(path, new)] == [9]


def test_a_rewriting_that_was_not_committed_goes(tmp_path: Path) -> None:
    """The next one who looks drops it."""
    path = tmp_path / "e.gz"
    old = written(path, some(5))
    events.rewrite(path, some(1, 9))

    assert events.settle(path, old)
    assert len(list(events.read(path, old))) == 5
    assert not path.with_name("e.gz.new").exists()


def test_a_cursor_is_found_by_its_path_and_by_its_beginning(tmp_path: Path) -> None:
    """A moved transcript is known by its first bytes."""
    with State(tmp_path / "state.db") as state:
        state.commit(Cursor("/a", "s", "codex", head="sha256:1", offset=7), Kept("s", 10, 3, {"x": 1}, {"y": 2}))
    with State(tmp_path / "state.db") as state:
        assert state.cursor("/a") == state.cursor("/b", "sha256:1")
        assert state.cursor("/b") is None
        assert state.kept("s") == Kept("s", 10, 3, {"x": 1}, {"y": 2})


def test_no_database_is_an_empty_one(tmp_path: Path) -> None:
    """Reading makes no file."""
    with State(tmp_path / "state.db") as state:
        assert state.cursors() == []
        assert state.kept("s") == Kept("s")
    assert not (tmp_path / "state.db").exists()


def test_the_database_is_its_owners_alone(tmp_path: Path) -> None:
    """It holds what the transcripts hold."""
    with State(tmp_path / "state.db") as state:
        state.commit(Cursor("/a", "s", "codex"), Kept("s"))

    assert (tmp_path / "state.db").stat().st_mode & 0o077 == 0
