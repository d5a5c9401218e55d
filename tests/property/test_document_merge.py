"""Laws of marked documents, for any Markdown: nothing of somebody else's is lost, ours is found again, the same material gives the same bytes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from passdown.formats import outline
from passdown.formats.base import Item, Material
from passdown.formats.losses import plain
from passdown.formats.marked import chunk, chunks
from passdown.formats.merge import merged
from passdown.formats.sectioned import number, parse, update
from passdown.formats.styles.session_memory import LAYOUT
from passdown.model.ids import derived_id
from passdown.model.record import Record

LINES = st.sampled_from([
    "", "- item", "* other", "  indented", "| a | b | c |", "|---|---|---|", "```", "~~~py", "text", "# Heading", "### 6. Critical Knowledge", "## Archive",
    "1. one", "<!-- pd:git 123456 -->",
    "> quote", "🔴 CRITICAL - x", "trailing  ", "\tTab", "### [2026-11-01] old", "## 11. Resume Instructions", "a\x0cb", "a\u2028b"])
MARKDOWN = st.lists(LINES, max_size=25).map("\n".join)
WORDS = st.lists(LINES | st.text(max_size=30), min_size=1, max_size=6).map("\n".join)


def item(number: int, words: str) -> Item:
    return Item(derived_id(str(number)), f"- {number} {words}")


@given(MARKDOWN)
def test_cutting_loses_no_byte(text: str) -> None:
    """Parts put together are the document, chunks put together are the section."""
    assert "".join(p.text for p in outline.parts(text, number(LAYOUT))) == text
    assert "".join(c.text for c in chunks(text)) == text


@given(WORDS)
def test_an_item_is_one_chunk_that_is_found_intact(words: str) -> None:
    """Whatever the text of a record is, its lines stay together and its seal holds."""
    made = chunk(item(1, words))

    assert [(c.key, c.intact) for c in chunks(made.text) if not c.blank] == [(derived_id("1"), True)]


@settings(max_examples=100)
@given(MARKDOWN, st.lists(WORDS, max_size=4), st.lists(WORDS, max_size=4))
def test_somebody_elses_lines_survive_every_update(body: str, first: list[str], second: list[str]) -> None:
    """All lines that are not ours are there after two updates, in their order; a repeated update changes nothing."""
    own = [c.text for c in chunks(body) if not c.key and not c.blank]
    once = merged(body, [item(n, w) for n, w in enumerate(first)], frozenset()).body
    items = [item(n, w) for n, w in enumerate(second)]
    twice = merged(once, items, frozenset()).body
    at = 0
    for text in own:
        at = twice.find(text.rstrip("\n"), at)
        assert at >= 0
        at += len(text.rstrip("\n"))

    assert merged(twice, items, frozenset()).body == twice


@settings(max_examples=100, deadline=None)
@given(MARKDOWN, st.lists(WORDS, max_size=3))
def test_any_document_is_updated_once_and_then_stays(text: str, words: list[str]) -> None:
    """`update` settles after one step on any document, `parse` never raises, and a record is said, by us or in its very words by others, or listed."""
    material = Material(now="2026-11-20T09:12:00Z", root="/project", records=tuple(
        Record(derived_id(str(n)), "knowledge", "w" + w.strip(), created="2026-11-20T09:00:00Z") for n, w in enumerate(words)))
    draft = update(LAYOUT, text, material)
    once = draft.text

    assert update(LAYOUT, once, material).text == once
    parse(LAYOUT, text)
    found = parse(LAYOUT, once)
    told = {f.record.id for f in found} | {one.key for one in draft.left_out if one.why.startswith("somebody's line says it")}
    said = {(f.record.kind, plain(f.record.text)) for f in found}
    assert all(r.id in told or (r.kind, plain(r.text)) in said for r in material.records)
