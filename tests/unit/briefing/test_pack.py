"""Packing a briefing into its budget."""

from hypothesis import given
from hypothesis import strategies as st

from passdown.briefing.candidates import SECTIONS, Candidate
from passdown.briefing.pack import pack
from passdown.briefing.tokens import estimate

WORDS = st.text(alphabet="abc déf 漢\n`/_.", min_size=1, max_size=200)
CANDIDATES = st.lists(
    st.builds(Candidate, st.sampled_from(SECTIONS), st.uuids().map(str), WORDS, st.floats(0, 2), WORDS | st.just("")), max_size=40)


def fixed(sections: frozenset[str]) -> int:
    return 20 + 3 * len(sections)


@given(CANDIDATES, st.integers(30, 400))
def test_the_budget_is_never_exceeded(found: list[Candidate], budget: int) -> None:
    """Lines, their breaks and what surrounds them stay within the budget."""
    chosen, _ = pack(found, budget, fixed)

    assert sum(estimate(c.text) for c in chosen) + fixed(frozenset(c.section for c in chosen)) <= budget or not chosen


@given(CANDIDATES, st.integers(30, 400))
def test_everything_is_said_or_named_as_dropped(found: list[Candidate], budget: int) -> None:
    """No candidate disappears in silence."""
    chosen, dropped = pack(found, budget, fixed)

    assert sorted([c.key for c in chosen] + [d.key for d in dropped]) == sorted(c.key for c in found)


def test_the_worthier_is_said_first() -> None:
    """Where one line fits, it is the one that is worth more."""
    found = [Candidate("KNOW", "low", "a line of some length here", 0.2), Candidate("KNOW", "high", "a line of some length too", 0.9)]
    chosen, dropped = pack(found, 33, fixed)

    assert [c.key for c in chosen] == ["high"]
    assert [d.key for d in dropped] == ["low"]


def test_room_is_used_to_say_more() -> None:
    """A thing is said in full when there is room, in short when there is not."""
    found = [Candidate("KNOW", "k", "said in full, with its reason and all", 1.0, short="said")]

    assert pack(found, 100, fixed)[0][0].text.startswith("said in full")
    assert pack(found, 28, fixed)[0][0].text == "said"
