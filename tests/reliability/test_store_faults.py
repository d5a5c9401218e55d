"""Every verb of the record store with every disk operation failing once, for good, torn, killed or cut off from power."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.reliability.faults import Run, every_fault

from passdown import files
from passdown.errors import Conflict, NothingToUndo, PassdownError
from passdown.model.finding import Finding
from passdown.model.record import Record
from passdown.store.layout import Layout
from passdown.store.reading import Stored
from passdown.store.records import RecordStore

FIRST, SECOND, NEW, WAITING = (f"0{letter}" * 8 for letter in "abcd")
Visible = dict[str, tuple[str, str]]


def record(record_id: str, text: str = "Keep the queue in one file\n\nNo server to run.") -> Record:
    return Record(record_id, "decision", text, created="2026-11-20T10:00:00Z", updated="2026-11-20T10:00:00Z", details={"why": "it's small: no server"})


def store_in(place: Path) -> RecordStore:
    return RecordStore(Layout(place / "private", place / "work" / ".passdown"))


def prepare(place: Path) -> None:
    """Two acknowledged records, the first one published, and one in the inbox."""
    store = store_in(place)
    store.add(record(FIRST), publish=True)
    store.add(record(SECOND))
    waiting = store.layout.waiting(WAITING)
    assert waiting
    from passdown.store.boundary import safe

    files.write(waiting, safe(record(WAITING))[1])


def visible(place: Path) -> Visible:
    """Private text and published text by record id; fails when anything does not parse."""
    store = store_in(place)
    found: Visible = {}
    for stored in store.all():
        assert not isinstance(stored, Finding), stored
        copy = store.layout.copy(stored.record.kind, stored.record.id)
        found[stored.record.id] = (stored.path.read_text(), copy.read_text() if copy and copy.exists() else "")
    return found


def edited(stored: Stored) -> Record:
    return replace(stored.record, text="Keep it in two files", updated="2026-11-21T10:00:00Z")


def add(place: Path) -> None:
    with suppress(Conflict):
        store_in(place).add(record(NEW))


def add_published(place: Path) -> None:
    with suppress(Conflict):
        store_in(place).add(record(NEW), publish=True)


def put(place: Path) -> None:
    store = store_in(place)
    stored = store.get(FIRST)
    store.put(edited(stored), stored.hash)


def change_kind(place: Path) -> None:
    store = store_in(place)
    stored = store.get(FIRST)
    store.put(replace(stored.record, kind="lesson"), stored.hash)


def supersede(place: Path) -> None:
    store = store_in(place)
    with suppress(Conflict):
        store.supersede(record(NEW, "Keep it in memory"), store.get(FIRST), at="2026-11-21T10:00:00Z", publish=True)


def publish(place: Path) -> None:
    store_in(place).publish(SECOND)


def adopt(place: Path) -> None:
    assert not [found for found in store_in(place).adopt_inbox() if isinstance(found, Finding)]


def reconcile(place: Path) -> None:
    store_in(place).reconcile()


def edit_copy(place: Path) -> None:
    prepare(place)
    copy = store_in(place).layout.copy("decision", FIRST)
    assert copy
    copy.write_text(copy.read_text().replace("No server", "No daemon"))


def undo(place: Path) -> None:
    with suppress(NothingToUndo):
        store_in(place).undo(3)


def prepare_undo(place: Path) -> None:
    prepare(place)
    supersede(place)


@dataclass(frozen=True)
class Case:
    act: Callable[[Path], object]
    prepare: Callable[[Path], object] = prepare


CASES = (Case(add), Case(add_published), Case(put), Case(change_kind), Case(supersede), Case(publish), Case(adopt),
         Case(reconcile, edit_copy), Case(undo, prepare_undo))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.act.__name__)
def test_all_or_nothing(case: Case, quick_path: Path) -> None:
    """Whatever goes wrong wherever: the store holds all of the operation or nothing of it, every file parses, and a repetition completes it."""
    before, after = both(case, quick_path / "clean")
    points = 0
    for run in every_fault(quick_path, case.prepare, case.act):
        points += 1
        store_in(run.place).recover()
        found = visible(run.place)
        assert found == after if run.acknowledged else found in (before, after), str(run.fault)
        assert_told_the_truth(run, found, before)
        repeat(case, run.place, after)
    assert points > 20


def test_forgetting_converges(quick_path: Path) -> None:
    """A forget that was cut short leaves the other records alone, can be repeated by the same id, and leaves no trace of the text."""
    for run in every_fault(quick_path, prepare, lambda place: store_in(place).delete(FIRST)):
        store = store_in(run.place)
        store.recover()
        assert SECOND in visible(run.place), str(run.fault)
        if not run.acknowledged:
            with suppress(PassdownError):
                store.delete(FIRST)
        assert FIRST not in visible(run.place), str(run.fault)
        assert not [path for path in run.place.rglob("*") if path.is_file() and FIRST in path.read_text() and path.parent.name != "published"], str(run.fault)


def test_a_store_that_may_not_be_written_sends_notes_to_the_inbox(quick_path: Path) -> None:
    """Wherever permission is refused for good, a note is acknowledged in the inbox or in the store, and adopted later."""
    import errno

    from tests.reliability.faults import Fault

    for run in every_fault(quick_path, prepare, add, [Fault("fail", error=errno.EROFS)]):
        assert run.acknowledged, str(run.fault)
        assert NEW in visible(run.place), str(run.fault)
        adopt(run.place)
        assert store_in(run.place).get(NEW).place == "private"


def both(case: Case, place: Path) -> tuple[Visible, Visible]:
    """What is visible before and after an undisturbed run."""
    place.mkdir()
    case.prepare(place)
    before = visible(place)
    case.act(place)
    return before, visible(place)


def assert_told_the_truth(run: Run, found: Visible, before: Visible) -> None:
    """An error that says that the previous content is intact is right, unless the disk failed for good while we were putting it back."""
    if run.error and not run.fault.lasting:
        assert found == before, str(run.fault)


def repeat(case: Case, place: Path, after: Visible) -> None:
    if visible(place) != after:
        case.act(place)
    assert visible(place) == after
