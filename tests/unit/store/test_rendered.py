"""What is remembered of a document that was written: ids, seals and hashes."""

from pathlib import Path

from msgspec.structs import replace

from passdown.model.record import Record
from passdown.store.layout import Layout
from passdown.store.rendered import Rendered, name_of, read, state, write

RECORD = Record("01m3250v00yn62s6", "task", "Fix the rounding", created="2026-11-20T09:12:00Z", updated="2026-11-20T09:12:00Z")


def test_what_was_written_is_read_back_by_path_and_branch(tmp_path: Path) -> None:
    """Another branch has its own; one that does not read counts as none."""
    layout = Layout(tmp_path)
    said = Rendered(path="/home/dev/shop/MEMORY.md", marks=("git 012345",), records={RECORD.id: state(RECORD)}, foreign=("x" + "0" * 15,), gone={})
    write(layout, "main", said)
    assert read(layout, said.path, "main") == said
    assert read(layout, said.path, "topic") is None
    layout.rendered(said.path, "main").write_text("{")
    assert read(layout, said.path, "main") is None


def test_the_state_of_a_record_is_what_it_says_not_when() -> None:
    """Text, details and status count; the time at which it was written does not."""
    assert state(replace(RECORD, updated="2026-11-21T09:12:00Z")) == state(RECORD)
    assert len({state(r) for r in (RECORD, replace(RECORD, status="resolved"), replace(RECORD, text="Fix it"), replace(RECORD, details={"why": "x"}))}) == 4


def test_a_name_lasts_when_the_repository_is_moved() -> None:
    """It holds the work tree's name and the path in it; only a document outside of it is known by its whole path."""
    assert name_of(Path("/home/dev/shop/docs/a.md"), Path("/home/dev/shop"), "main") == name_of(Path("/srv/shop/docs/a.md"), Path("/srv/shop"), "main")
    assert name_of(Path("/home/dev/shop/a.md"), Path("/home/dev/shop"), "tree-topic") != name_of(Path("/home/dev/shop/a.md"), Path("/home/dev/shop"), "main")
    assert name_of(Path("/home/dev/a.md"), Path("/home/dev/shop"), "main") == "/home/dev/a.md"


def test_what_an_earlier_version_kept_by_the_whole_path_is_read(tmp_path: Path) -> None:
    """Until something is written under the document's name."""
    layout = Layout(tmp_path)
    old = Rendered(path="/home/dev/shop/MEMORY.md", marks=("git 012345",))
    new = Rendered(path="main:MEMORY.md", marks=("git 543210",))
    write(layout, "main", old)
    assert read(layout, new.path, "main", old.path) == old
    assert read(layout, new.path, "main") is None
    write(layout, "main", new)
    assert read(layout, new.path, "main", old.path) == new
