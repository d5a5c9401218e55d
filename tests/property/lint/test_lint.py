"""Any text gives findings: never an error, never a repair that is not done after one round more, in time that grows with its length."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from passdown.formats.base import GitState
from passdown.formats.table import detect, layouts
from passdown.lint.base import World, read
from passdown.lint.edits import mended
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
    if "ð" not in before:
        assert [c for c in text if c.isalnum()] == [c for c in before if c.isalnum()]


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
