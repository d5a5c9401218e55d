"""Handoffs give back what they were made from, whatever it is."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passdown.formats.base import Layout, Material
from passdown.formats.losses import missing
from passdown.formats.sectioned import parse, update
from passdown.formats.styles import handoff, session_handoff
from passdown.model.anchor import Anchor
from passdown.model.record import KINDS, Field, Record, Trust

NOW = "2026-11-20T09:12:00Z"
LAYOUTS = [session_handoff.LAYOUT, handoff.LAYOUT]
WORD = st.sampled_from(("queue", "retry", "the", "Drain", "`a - b`", "-", "—", "fails", "src/app.py", "**bold**", "40%", "(gotcha)", "|", "UNKNOWN:", "Why"))
WORDS = st.lists(WORD, min_size=1, max_size=6).map(" ".join).filter(lambda words: any(c.isalpha() for c in words))
PLAIN = st.lists(st.sampled_from(("queue", "retry", "drains", "twice", "slowly", "-", "`a - b`", "to us")), min_size=2, max_size=6).map(" ".join).map(
    lambda words: f"Our {words} now")
PLACEHOLDER = re.compile(r"\[[A-Z][A-Z_0-9/]*\]")


def value(field: Field, words: st.SearchStrategy[str]) -> st.SearchStrategy[str | tuple[str, ...]]:
    if field.choices:
        return st.sampled_from(field.choices)
    if field.name == "percent":
        return st.integers(0, 100).map(str)
    return st.lists(words, min_size=1, max_size=2, unique=True).map(tuple) if field.many else words


@st.composite
def records(draw: st.DrawFn, words: st.SearchStrategy[str]) -> tuple[Record, ...]:
    out = []
    for number in range(draw(st.integers(1, 8))):
        kind = KINDS[draw(st.sampled_from(sorted(KINDS)))]
        details = {f.name: draw(value(f, words)) for f in kind.fields if draw(st.booleans())}
        trust: Trust = draw(st.sampled_from(("noted", "extracted")))
        anchors = tuple(draw(st.lists(st.builds(Anchor, st.sampled_from(("src/app.py", "docs/a.md")), st.integers(1, 9)), max_size=2, unique=True)))
        out.append(Record(f"01m3250v00yn{number:04}", kind.name, draw(words), trust=trust, created=NOW, details=details, anchors=anchors))
    return tuple(out)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
@given(said=records(WORDS))
@settings(max_examples=60, deadline=None)
def test_what_is_not_given_back_is_listed(layout: Layout, said: tuple[Record, ...]) -> None:
    """Each record comes back whole when the document is read, or is listed with what is missing; a second run changes nothing; nothing is left unfilled."""
    material = Material(NOW, records=said)
    draft = update(layout, "", material)
    read = {f.record.id: f.record for f in parse(layout, draft.text)}
    listed = {one.key for one in draft.left_out}

    for record in said:
        assert record.id in listed or not missing(record, read[record.id])
    assert update(layout, draft.text, material).text == draft.text
    assert not PLACEHOLDER.search(draft.text)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
@given(said=records(PLAIN))
@settings(max_examples=60, deadline=None)
def test_plain_words_all_come_back(layout: Layout, said: tuple[Record, ...]) -> None:
    """Records in ordinary words lose nothing, dashes in them or not."""
    draft = update(layout, "", Material(NOW, records=said))

    assert not draft.left_out, draft.text
