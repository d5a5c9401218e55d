"""Any text gives findings: never an error, never a repair that is not done after one round more, in time that grows with its length."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passdown.formats.base import GitState
from passdown.formats.repair import repair
from passdown.formats.table import detect, layouts
from passdown.lint.base import World, read
from passdown.lint.edits import mended
from passdown.lint.score import assess
from passdown.lint.table import findings, problems

LAYOUTS = (None, *layouts())
WORLD = World("2026-11-20", exists=lambda p: len(p) % 2 == 0, resolves=lambda c: (len(c) % 2 == 0, "lacks it"), git=GitState("main"))
PIECES = st.sampled_from((
    "# ", "## Next Steps\n", "## Technical Decisions\n", "### ", "- ", "1. ", "- [ ] ", "| a | b |\n", "|---|---|\n", "```\n", "```python\n", "~~~", "---\n",
    "id: x\n", "<!-- ", " -->", "<!-- passdown-ignore: ", "<LOAD_IF task=\"", "</LOAD_IF>", "<document ", "inherits=\"a\"", "[X_Y]", "<path>", "**Status**: ",
    "**Why:** ", "\t", "\r\n", "\n", "\n\n", "`a/b.py`", "](../../x)", "🔴 CRITICAL - ", "ðŸ", "\ufeff", "2026-13-99", "[As of 2026-01-01]", "Expires: ",
    "TODO ", "not built yet", "\x00", "\ud800", "lorem ipsum dolor sit amet ", "decided", "<!-- pd:01m3250v00yn62s6 abcdef -->"))
HOSTILE = (
    "```\n~~~\n", "- [ ", "<LOAD_IF task=\"a\">\n", "| a |\n", "## Next Steps\n- x\n", "`", "<!-- ", "**a** ", "](", "[[", "\t", "> ", "a" * 50 + "\n")
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=60).map("".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(LAYOUTS))
def test_any_text_is_judged(text: str, layout: object) -> None:
    """Whatever the style, each finding has a place in the text."""
    reading = read("docs/a.md", text, layout)  # type: ignore[arg-type]

    assert all(0 <= p.line <= len(reading.lines) + 1 for _, p in problems(reading, WORLD))


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_repairs_come_to_an_end_and_keep_every_word(text: str) -> None:
    """A few rounds, then nothing is left to repair; letters and digits are those that stood there."""
    before = text
    for _ in range(6):
        after = mended(text, [p.edit for _, p in problems(read("a.md", text, None), World("2026-11-20")) if p.edit])
        if after == text:
            break
        text = after
    assert after == text
    if not repair(before).spans:
        assert [c for c in text if c.isalnum()] == [c for c in before if c.isalnum()]


def similar(lines: int) -> str:
    """List entries that share most of their words, and no two of which are alike."""
    return "".join(f"- walrus{n} otter{n // 3} badger heron{n % 7} marten lynx{n % 11} plover curlew{n} siskin{n}\n" for n in range(lines))


LINES = {  # by what would take the square or the cube of its length to read
    "blanks in a heading": "# a" + " " * 50_000 + "b", "marks in a heading": "# a" + " #" * 25_000 + "b",
    "sections of a decision": "## Context\n## Decision\n" * 4_000, "a status that ends nowhere": "---\n" + "status: a\n---\n" * 6_000,
    "a decision log without entries": "---\n# Decisions\n" * 6_000, "a comment never closed": "<!-- passdown-ignore: a" + " " * 50_000,
    "a long code": "<!-- passdown-ignore: " + "a-a" * 20_000,
    "many comments": "<!-- passdown-ignore: a " * 4_000, "tags never closed": "<document " * 10_000,
    "dashes": "a-" * 50_000, "underscores": "a_" * 50_000 + "/", "capitals": "A" * 50_000 + "/", "digits": "1" * 50_000 + "/", "dots": "a." * 50_000 + "/",
    "similar entries": "# A\n" + similar(4_000)}


@pytest.mark.parametrize("name", LINES)
def test_hostile_lines_come_to_an_end(name: str) -> None:
    """With all that a check does of a text alone: the style, the findings, the score."""
    text = LINES[name]
    reading = read("docs/a.md", text, detect(text))

    assert 0 <= assess(reading, findings(reading, WORLD), WORLD).score <= 10


def test_hostile_texts_cost_no_more_than_others() -> None:
    """Four times as much text takes no more than about four times as long."""
    for piece in HOSTILE:
        took = []
        for size in (2_000, 8_000):
            text = piece * (size // len(piece) * 4)
            began = time.process_time()
            findings(read("a.md", text, detect(text)), World("2026-11-20"))
            took.append(time.process_time() - began)
        assert took[1] < 12 * took[0] + 0.5, piece
