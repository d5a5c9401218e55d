"""What a terminal would obey and an eye not see, in the one place that takes care of it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdown.model.text import escaped, printable

LINES = st.text(st.one_of(st.characters(), st.sampled_from("\x1b\x9b\x9d\x07\x9c[];m\\\r\u200b\u202e\u2028\ufe0f\U000e0041✔👩‍")), max_size=60)


@pytest.mark.parametrize(("text", "shown"), [
    ("a\x1b[31mred\x1b[0m", "ared"), ("\x1b]52;c;QUJD\x07x", "x"), ("\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\", "here"), ("\x9b31mx", "x"),
    ("\x9d0;title\x9cx", "x"), ("\x1bP1$tx\x1b\\y", "y"), ("\x1b]begun, and the rest", "]begun, and the rest"), ("\x1b\x1b[31mx", "x"),
    ("kept\rhidden", "kepthidden"),
    ("a\x07\x08\x7fb", "ab"), ("tab\tand\nline", "tab\tand\nline")])
def test_sequences_for_a_terminal_go(text: str, shown: str) -> None:
    """CSI, OSC, DCS in seven and in eight bits, what is escaped, bells, carriage returns; one that never ends takes nothing with it."""
    assert printable(text) == shown


@pytest.mark.parametrize(("text", "shown"), [
    ("pay\u200bpal", "pay‹U+200B›pal"), ("\u202eabc\u202c", "‹U+202E›abc‹U+202C›"), ("a\u00adb", "a‹U+00AD›b"),
    ("x\U000e0069\U000e0067\U000e006e", "x‹U+E0069 and 2 more›"),
    ("a\ufe0f\ufe0fb", "a‹U+FE0F and 1 more›b"), ("one\u2028two", "one‹U+2028›two"), ("\ufeffx", "‹U+FEFF›x"), ("\u3164x", "‹U+3164›x")])
def test_what_is_invisible_is_marked(text: str, shown: str) -> None:
    """Zero width, turned direction, soft hyphens, tags, selectors, separators of lines, fillers; a run is one mark."""
    assert printable(text) == shown


@pytest.mark.parametrize("text", ["✔️ done", "👨‍👩‍👧 family", "1️⃣ first", "می‌خواهم", "क्‍ष", "❤️‍🔥", "é ü 東京 — “quoted”"])
def test_what_belongs_there_stays(text: str) -> None:
    """Joiners of scripts and emoji, one selector behind a sign."""
    assert printable(text) == text


@given(LINES)
def test_any_text_is_shown_once_and_for_all(text: str) -> None:
    """Nothing that a terminal obeys is left, and showing it again changes nothing."""
    shown = printable(text)

    assert printable(shown) == shown
    assert not any((c < " " and c not in "\t\n") or "\x7f" <= c <= "\x9f" or c in "\u200b\u202e\u2028\U000e0041" for c in shown)


@given(st.dictionaries(LINES, LINES, max_size=3))
def test_json_says_the_same_and_shows_nothing(value: dict[str, str]) -> None:
    """A JSON document reads as before, with escapes in the place of what a terminal would obey."""
    document = escaped(json.dumps(value, ensure_ascii=False, indent=1))

    assert json.loads(document) == value
    assert printable(document) == document
