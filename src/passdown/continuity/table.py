"""The figures, in the order in which they are told. Imported on use."""

import functools
import importlib
from collections.abc import Mapping

from passdown.continuity.base import Figure, Measured
from passdown.continuity.pair import Pair

TABLE = (
    "delivered", "stated", "right", "used", "missing", "asked_again", "told_again", "reopened", "repeated", "rediscovered", "time_to_edit", "tokens_to_edit")


@functools.cache
def figures() -> tuple[Figure, ...]:
    return tuple(importlib.import_module(f"passdown.continuity.figures.{name}") for name in TABLE)


def measure(pair: Pair) -> Mapping[str, Measured]:
    """Every figure of a pair, by name."""
    return {figure.NAME: figure.measure(pair) for figure in figures()}


__all__ = ["TABLE", "figures", "measure"]
