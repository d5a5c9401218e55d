"""What is remembered of a document that was written: ids, seals and hashes."""

from pathlib import Path

from msgspec.structs import replace

from passdown.model.record import Record
from passdown.store.layout import Layout
from passdown.store.rendered import Rendered, read, state, write

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
