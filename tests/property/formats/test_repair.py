"""Laws of the repair of mis-decoded text."""

from hypothesis import given
from hypothesis import strategies as st

from passdown.formats.repair import repair

LATIN = st.sampled_from("abcdefghijklmnopqrstuvwxyzàáãäåæçèéêëìíîïñòóôõöøùúûüýß")
WORDS = st.lists(LATIN, min_size=1, max_size=9).map("".join)
MARKS = st.sampled_from([" ", ", ", ". ", "… ", "’ ", "” ", " “", " — ", " « ", " » ", "® ", "™ ", ": ", "\n"])
PROSE = st.lists(st.tuples(st.one_of(WORDS, WORDS.map(str.capitalize), WORDS.map(str.upper)), MARKS), max_size=12).map(lambda w: "".join(a + b for a, b in w))
SEEN = st.sampled_from(["’", "“", "”", "—", "…", "→", "✔", "✅", "🔴", "🟡", "🟢", "é", "è", "ü", "ñ", "ç", "ø", "├──", "└──", "€", "日本", "привет"])


def misread(text: str) -> str:
    """UTF-8 read as Windows-1252."""
    return "".join(bytes([n]).decode("cp1252", "ignore") or chr(n) for n in text.encode())


@given(PROSE)
def test_correct_prose_stays(text: str) -> None:
    """Words of Western European languages with any punctuation behind them are left as they are; none ends in `Â`."""
    assert repair(text).text == text


@given(st.lists(st.tuples(st.text("abc xyz,.\n-", max_size=6), SEEN), max_size=12), st.integers(1, 2))
def test_what_was_misread_comes_back(pieces: list[tuple[str, str]], times: int) -> None:
    """Marks, emoji and accented letters in plain text, mis-decoded once or twice."""
    text = "".join(a + b for a, b in pieces)
    wrong = text
    for _ in range(times):
        wrong = misread(wrong)

    assert repair(wrong).text == text


@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    """It never fails, and every span that is told stood there."""
    found = repair(text)

    assert all(span.before in text and span.after in found.text for span in found.spans)
