"""What the figures of many pairs come to."""

import pytest

from passdown.continuity.base import Measured, Seen
from passdown.continuity.picture.timeline import timeline
from passdown.continuity.report import PairFigures, rank_sum, report, saved, trend
from passdown.continuity.table import figures


def of(n: int, delivery: str = "none", **values: float | None) -> PairFigures:
    """A pair on a day of its own, of which these figures are known and no others."""
    found = {f.NAME: Measured(values.get(f.NAME.replace("-", "_")), (Seen(1, "file a.py"),)) for f in figures()}
    return PairFigures(f"s-{n}", f"s-{n + 1}", f"2026-01-{n:02}T10:00:00Z", "title", delivery, found)


def test_shares_have_a_mean_times_a_median_and_what_is_not_known_counts_for_neither() -> None:
    """One value among unknown ones is that value, of one pair."""
    made = report("shop", "now", [of(1, missing=0.2, time_to_edit=1), of(2, missing=0.4, time_to_edit=2), of(3, time_to_edit=90)])
    found = {s.name: s for s in made.summaries}

    assert (round(found["missing"].value or 0, 3), found["missing"].of) == (0.3, 2)
    assert found["time-to-edit"].value == 2
    assert (found["used"].value, found["used"].of, found["used"].trend) == (None, 0, "not known")


@pytest.mark.parametrize(("first", "last", "lower_is_better"), [
    ([5, 6, 7, 8, 9], [1, 1, 2, 2, 3], "better"), ([1, 1, 2, 2, 3], [5, 6, 7, 8, 9], "worse"), ([0] * 50, [*[0] * 49, 1], "same"),
    ([1, 9, 2, 8, 3], [2, 8, 1, 9, 4], "same"), ([1, 1], [9, 9], "not known"), ([0] * 9, [0] * 9, "same")])
def test_a_trend_is_more_than_chance(first: list[float], last: list[float], lower_is_better: str) -> None:
    """One event more among fifty is none; two pairs tell nothing."""
    mirrored = {"better": "worse", "worse": "better"}

    assert trend(first, last, "lower") == lower_is_better
    assert trend(first, last, "higher") == mirrored.get(lower_is_better, lower_is_better)


def test_ranks_of_two_halves_are_compared_as_mann_and_whitney_do() -> None:
    """U of 4 by 4 values without overlap is 16, its mean 8, its deviation the root of 12."""
    assert rank_sum([1, 2, 3, 4], [5, 6, 7, 8]) == pytest.approx(8 / 12**0.5)
    assert rank_sum([5, 6], [5, 6]) == 0


def test_a_column_of_the_picture_says_no_more_than_is_known() -> None:
    """What was missing is told where no mark stands for it, and a pair of which nothing is known is not one without trouble."""
    def words(**values: float | None) -> str:
        return timeline(report("shop", "", [of(1, **values)]).summaries, [of(1, **values)])[0]

    assert "needed and known, not handed over: 100 %" in words(missing=1.0, asked_again=0.0)
    assert "no trouble seen" not in words(missing=1.0, asked_again=0.0)
    assert "no trouble seen" in words(missing=0.0, asked_again=0.0)
    assert "the transcript does not tell" in words()


def test_savings_are_only_what_was_compared() -> None:
    """Five sessions on either side, in words that say what it is."""
    with_it = [of(n, "briefing", time_to_edit=1, tokens_to_edit=10) for n in range(1, 6)]
    without = [of(n, time_to_edit=3, tokens_to_edit=30) for n in range(6, 11)]

    assert saved([*with_it, *without[:4]]).startswith("not known: it takes 5 sessions with a briefing and 5 without")
    assert saved([*with_it, *without]).startswith("to the first productive edit 1.0 min with a briefing, 3.0 min without; 10 k tokens with, 30 k without")
    assert "compared, not tried" in saved([*with_it, *without])


def test_what_is_missing_most_often_comes_first_and_deliveries_are_counted() -> None:
    """Once a session, however often it was needed there."""
    made = report("shop", "now", [of(1, "briefing", missing=1), of(2, missing=1)])

    assert [(m.what, m.sessions) for m in made.missed] == [("file a.py", 2)]
    assert made.deliveries == {"briefing": 1, "none": 1}
