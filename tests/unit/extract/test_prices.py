"""What tokens cost at list price."""

import json
import re

import pytest

from passdown.extract import prices


def test_the_table_is_dated_and_names_its_sources() -> None:
    """A price without a day and a source is worth nothing."""
    table = json.loads(prices.TABLE.read_text(encoding="utf-8"))

    assert re.fullmatch(r"20\d\d-\d\d-\d\d", table["as_of"])
    assert table["sources"]
    assert all(len(p) == 4 and min(p) >= 0 for p in table["models"].values())
    assert all(prices.model_name(m) == m for m in table["models"])


def test_cost_counts_each_kind_of_token_at_its_price() -> None:
    """Input, output, cache reads and cache writes have prices of their own."""
    assert prices.cost("claude-opus-4-6", 1_000_000, 1_000_000, 1_000_000, 1_000_000) == 5 + 25 + 0.5 + 6.25


@pytest.mark.parametrize("model", ["claude-haiku-4-5-20251001", "claude-haiku-4.5", "anthropic/claude-haiku-4-5", "us.anthropic.claude-haiku-4-5-20251001-v1:0",
                                   "Claude-Haiku-4-5-latest", "claude-haiku-4-5@20251001"])
def test_spellings_of_one_model(model: str) -> None:
    """Provider, date and dots do not change a price."""
    assert prices.cost(model, 1_000_000, 0, 0, 0) == 1


def test_an_unknown_model_has_no_cost() -> None:
    """No price is guessed."""
    assert prices.cost("some-new-model", 1, 1, 1, 1) is None
    assert prices.cost("gpt-5-5-pro", 1, 1, 1, 1) is None
