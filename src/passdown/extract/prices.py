"""List prices of models: the dated table `prices.json`, and what a number of tokens cost by it."""

import functools
import json
import re
from collections.abc import Mapping
from pathlib import Path

# What stands around a model's name without changing its price: provider, date, alias, context variant.
AROUND = re.compile(r"^(?:\w+\.)?(?:anthropic|openai)[./]|(?:[-@](?:20\d{6}|20\d\d-\d\d-\d\d|latest|v\d+(?::\d+)?))+|\[1m\]$")
TABLE = Path(__file__).with_name("prices.json")


@functools.cache
def table() -> Mapping[str, tuple[float, float, float, float]]:
    """Model → (input, output, cache read, cache write), US dollars per million tokens."""
    models = json.loads(TABLE.read_text(encoding="utf-8"))["models"]
    return {name: (p[0], p[1], p[2], p[3]) for name, p in models.items()}


def model_name(model: str) -> str:
    """The table's spelling of a model: lower case, dashes for dots, without provider and date."""
    return AROUND.sub("", model.strip().lower()).replace(".", "-")


def cost(model: str, given: int, output: int, cache_read: int, cache_write: int) -> float | None:
    """US dollars at list price, rounded to a hundredth of a cent; None for a model that the table does not have.

    given: input tokens that were neither read from nor written to a cache.
    """
    price = table().get(model_name(model))
    if price is None:
        return None
    return round(sum(n * p for n, p in zip((given, output, cache_read, cache_write), price, strict=True)) / 1_000_000, 4)


__all__ = ["cost", "model_name", "table"]
