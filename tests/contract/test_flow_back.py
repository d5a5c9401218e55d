"""What somebody changes in a rendered document comes back into the records, in every style."""

import re
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from passdown.formats.base import Layout, Material, Planned
from passdown.formats.edits import WHOLE, Clash, Taken, edits, resealed
from passdown.formats.sectioned import parse, update
from passdown.formats.table import STYLES, style
from passdown.model.ids import new_id
from passdown.model.record import KINDS, Record

NOW = "2026-11-20T09:12:00Z"
SAYINGS = {kind: f"The {word} of the refund desk stays as it is" for kind, word in zip(
    KINDS, ("broker", "poller", "ledger", "drain", "sandbox", "rounding", "timeout", "colour", "make", "fixture", "manual", "tone", "lesson", "launch"),
    strict=True)}


def records() -> tuple[Record, ...]:
    """One of each kind."""
    return tuple(Record(new_id(1_700_000_000_000 + n), kind, text, created=NOW, updated=NOW) for n, (kind, text) in enumerate(SAYINGS.items()))


def planned(name: str, material: Material) -> Iterator[tuple[Planned, str]]:
    for one in style(name).documents(material, {}):
        yield one, update(one.layout, "", one.material, WHOLE).text


def reworded(text: str, layout: Layout) -> str:
    """The document with one word of each record's title changed, its mark kept."""
    said = {f.record.title for f in parse(layout, text)}
    return re.sub("stays as it is", lambda _: "stays as it was", text) if said else text


@pytest.mark.parametrize("name", STYLES)
def test_a_rewritten_item_becomes_its_records_text(name: str) -> None:
    """For each record that the style gives back whole, a word changed in the document is a word changed in the record, and nothing else of it."""
    material = Material(NOW, root="/home/dev/shop", records=records())
    known = {r.id: r for r in material.records}
    seen = 0
    for one, text in planned(name, material):
        whole = {f.record.id for f in parse(one.layout, text) if f.record.text == known.get(f.record.id, f.record).text and f.record.id in known}
        changed = reworded(text, one.layout)
        found = list(edits(one.layout, changed, one.material, known))
        for edit in found:
            assert isinstance(edit, Taken)
            assert edit.record == replace(known[edit.record.id], text=edit.record.text)
            assert edit.record.text == known[edit.record.id].text.replace("as it is", "as it was")
        ours = set(re.findall(r"<!-- pd:(\w{16}) ", changed))
        assert {e.record.id for e in found} >= whole & ours
        seen += len(found)
    assert seen


@pytest.mark.parametrize("name", STYLES)
def test_a_record_that_changed_too_clashes_and_the_document_stays(name: str) -> None:
    """Both sides changed: neither is touched, in the document not a byte of the item."""
    material = Material(NOW, root="/home/dev/shop", records=records())
    later = replace(material, records=tuple(replace(r, text=r.text.replace("refund desk", "front desk")) for r in material.records))
    seen = 0
    for (one, text), (then, _) in zip(planned(name, material), planned(name, later), strict=True):
        changed = reworded(text, one.layout)
        found = list(edits(then.layout, changed, then.material, {r.id: r for r in later.records}))
        seen += len(found)
        assert all(isinstance(edit, Clash) and edit.taken for edit in found)
        after = update(then.layout, changed, then.material).text
        for edit in found:
            assert isinstance(edit, Clash)
            assert edit.said.title in after
    assert seen


@pytest.mark.parametrize("name", STYLES)
def test_what_was_taken_over_is_ours_again(name: str) -> None:
    """With the record as it is now, the item counts as untouched, and the next update finds nothing to do."""
    material = Material(NOW, root="/home/dev/shop", records=records())
    seen = 0
    for one, text in planned(name, material):
        changed = reworded(text, one.layout)
        found = list(edits(one.layout, changed, one.material, {r.id: r for r in material.records}))
        seen += len(found)
        taken = {e.record.id: e.record for e in found if isinstance(e, Taken) and e.whole}
        assert len(taken) == len(found)
        now = replace(one.material, records=tuple(taken.get(r.id, r) for r in one.material.records))
        draft = update(one.layout, resealed(changed, taken), now, WHOLE)
        assert not set(draft.edited) & set(taken)
        assert {f.record.id for f in parse(one.layout, draft.text) if f.edited} == set()
        assert update(one.layout, draft.text, now, WHOLE).text == draft.text
    assert seen
