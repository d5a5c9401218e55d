"""Amounts as people write them."""

import pytest

from passdown.workflows.amounts import read_money, read_time, read_tokens, write_money, write_time, write_tokens


@pytest.mark.parametrize(("text", "dollars"), [("$3.50", 3.5), ("3.5", 3.5), ("12 USD", 12), ("$1,200", 1200), ("0.99 $", 0.99), ("$0", 0)])
def test_money_is_read(text: str, dollars: float) -> None:
    """A sign before or behind, or none: all are US dollars."""
    assert read_money(text) == dollars


@pytest.mark.parametrize("text", ["12 EUR", "€3", "-1", "1e9", "nan", "$", "", "1,2,3", "99999999999999999999"])
def test_what_is_no_money_is_none(text: str) -> None:
    """Other currencies, negative amounts and amounts beyond all sense are not taken."""
    assert read_money(text) is None


@pytest.mark.parametrize(("text", "tokens"), [("200k", 200_000), ("1.5M", 1_500_000), ("200,000", 200_000), ("200_000 tokens", 200_000), ("12", 12)])
def test_tokens_are_read(text: str, tokens: int) -> None:
    """Thousands and millions may be shortened."""
    assert read_tokens(text) == tokens


@pytest.mark.parametrize(("text", "seconds"), [("10 min", 600), ("2h", 7_200), ("1h 30m", 5_400), ("90 s", 90), ("1 day", 86_400), ("0.1 s", 0.1)])
def test_times_are_read(text: str, seconds: float) -> None:
    """A number with its unit, or several."""
    assert read_time(text) == seconds


@pytest.mark.parametrize("text", ["90", "ten minutes", "5 parsecs", "-1 h", "1h30"])
def test_a_number_without_a_unit_is_no_time(text: str) -> None:
    """Nobody could say whether 90 are seconds or minutes."""
    assert read_time(text) is None


def test_amounts_are_written_shortly() -> None:
    """The text is the one that a person would have written."""
    assert [write_money(3.5), write_money(4), write_tokens(200_000), write_tokens(1_500_000), write_time(5_400), write_time(45)] == [
        "$3.50", "$4", "200k", "1.5M", "1.5 h", "45 s"]
