"""What stands behind a title is found again."""

from hypothesis import given
from hypothesis import strategies as st

from passdown.formats.dashes import apart, joined

WORDS = st.text(st.sampled_from("ab -`*:.–"), min_size=1, max_size=20).map(str.strip).filter(bool)


@given(WORDS, st.lists(WORDS, max_size=3))
def test_what_is_joined_comes_apart_again(title: str, pieces: list[str]) -> None:
    """`joined` gives a line that `apart` takes apart as it was, or says that there is none."""
    line = joined(title, pieces, len(pieces))

    assert not line or apart(line, len(pieces)) == (title, pieces)


@given(st.text(st.sampled_from("ab -–."), min_size=1).map(str.strip).filter(lambda t: any(c in "ab" for c in t)), st.text("xyz", min_size=1))
def test_a_plain_title_can_always_be_joined(title: str, piece: str) -> None:
    """Dashes in a title are no obstacle."""
    assert joined(title, [piece], 1)
