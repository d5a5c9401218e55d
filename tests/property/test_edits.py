"""Whatever somebody writes into an item of ours, its words end up in a record, or stay in the document."""

import re

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from passdown.formats.base import Material
from passdown.formats.edits import WHOLE, Taken, edits, resealed
from passdown.formats.sectioned import update
from passdown.formats.table import STYLES, style
from passdown.model.anchor import Anchor
from passdown.model.ids import new_id
from passdown.model.record import KINDS, Record

NOW = "2026-11-20T09:12:00Z"
WORD = "zanzibar"
DETAILS = {"why": "floats drift", "next": "look at the ledger", "priority": "high", "severity": "critical", "outcome": "failed", "impact": "no refunds"}


def record(number: int, kind: str, *, long: bool) -> Record:
    """One of a kind with what details it has."""
    details = {f.name: DETAILS[f.name] for f in KINDS[kind].fields if f.name in DETAILS and (not f.choices or DETAILS[f.name] in f.choices)}
    text = f"Keep the {kind} of the desk" + ("\nA second line of it" if long else "")
    return Record(new_id(1_700_000_000_000 + number), kind, text, created=NOW, updated=NOW, details=details, anchors=(Anchor("src/pay.py", 3, 9),))


@st.composite
def inserted(draw: st.DrawFn, text: str) -> str:
    """The document with a new word somewhere in one of our items, the mark left alone."""
    lines = text.split("\n")
    ours = [n for n, line in enumerate(lines) if re.search(r"<!-- pd:[0-9a-z]{16} ", line)]
    at = draw(st.sampled_from(ours)) + draw(st.integers(0, 2))
    line = lines[min(at, len(lines) - 1)]
    places = [m.start() for m in re.finditer(r"(?<=\w)(?= )(?!.*-->.*pd:)", line.split("<!--")[0])]
    if not places or "`" in line:
        return text
    where = draw(st.sampled_from(places))
    lines[min(at, len(lines) - 1)] = f"{line[:where]} {WORD}{line[where:]}"
    return "\n".join(lines)


@pytest.mark.parametrize("name", STYLES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), long=st.booleans(), later=st.booleans())
def test_no_word_of_anybody_is_lost(name: str, data: st.DataObject, long: bool, later: bool) -> None:
    """Taken over, clashing or not understood; the record changed meanwhile or not."""
    records = tuple(record(n, kind, long=long) for n, kind in enumerate(KINDS))
    material = Material(NOW, root="/home/dev/shop", records=records)
    planned = data.draw(st.sampled_from(style(name).documents(material, {})))
    text = update(planned.layout, "", planned.material, WHOLE).text
    if not re.search(r"<!-- pd:[0-9a-z]{16} ", text):
        return
    changed = data.draw(inserted(text))
    event("a word was put in" if WORD in changed else "none was")
    known = {r.id: replace(r, text=r.text.replace("desk", "shop")) if later else r for r in records}
    now = replace(planned.material, records=tuple(known[r.id] for r in planned.material.records))
    found = list(edits(planned.layout, changed, now, known))
    taken = {e.record.id: e.record for e in found if isinstance(e, Taken)}
    whole = {e.record.id for e in found if isinstance(e, Taken) and e.whole}
    after = replace(now, records=tuple(taken.get(r.id, r) for r in now.records if taken.get(r.id, r).status == "active"))
    written = update(planned.layout, resealed(changed, whole), after, WHOLE).text
    told = written + " ".join(f"{r.text} {' '.join(map(r.detail, r.details))} {' '.join(a.place for a in r.anchors)}" for r in taken.values())

    assert (WORD in changed) <= (WORD in told)
