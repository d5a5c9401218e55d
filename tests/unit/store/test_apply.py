"""Several new and changed records in one operation."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from passdown.errors import Conflict, NoSuchRecord
from passdown.model.record import Record
from passdown.store.layout import Layout
from passdown.store.records import RecordStore

OLD = Record("01m3250v00yn62s6", "task", "Fix the rounding", created="2026-11-20T09:12:00Z", updated="2026-11-20T09:12:00Z")
NEW = replace(OLD, id="01m3250v00yn62s7", kind="lesson", text="Count in cents")


def test_all_are_kept_and_taken_back_together(tmp_path: Path) -> None:
    """One number, one undo."""
    store = RecordStore(Layout(tmp_path))
    store.add(OLD)
    number = store.apply("import", [(store.get(OLD.id), replace(OLD, text="Mend the rounding")), (None, NEW)], at="2026-11-21T09:12:00Z")
    assert (store.get(OLD.id).record.text, store.get(NEW.id).record) == ("Mend the rounding", NEW)
    assert store.undo().undoes == number
    assert store.get(OLD.id).record == OLD
    with pytest.raises(NoSuchRecord):
        store.get(NEW.id)


def test_nothing_is_kept_when_one_cannot_be(tmp_path: Path) -> None:
    """A record that changed since it was read, or is there already, stops the whole operation."""
    store = RecordStore(Layout(tmp_path))
    store.add(OLD)
    read = store.get(OLD.id)
    store.put(replace(OLD, text="Mine"), read.hash)
    with pytest.raises(Conflict):
        store.apply("import", [(None, NEW), (read, replace(OLD, text="Yours"))])
    with pytest.raises(Conflict):
        store.apply("import", [(None, NEW), (None, OLD)])
    assert store.get(OLD.id).record.text == "Mine"
    with pytest.raises(NoSuchRecord):
        store.get(NEW.id)
    assert store.apply("import", []) == 0
