"""What a target of the fuzzer is."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

GOLDEN = Path(__file__).parents[2] / "tests" / "golden"


class Target(msgspec.Struct, frozen=True):
    """seeds: inputs of the real shape. run: takes one input, and raises only what `allowed` names. tokens: pieces of the grammar that mutations put in.

    once: of processor seconds that one input may take besides what its length allows, for those that start something first.
    """

    seeds: Callable[[], Sequence[bytes]]
    run: Callable[[bytes], None]
    tokens: Sequence[bytes] = ()
    allowed: tuple[type[BaseException], ...] = ()
    once: float = 1.0


class BrokenLaw(Exception):
    """A law of a target that an input broke, such as that what was changed stays changed."""


__all__ = ["GOLDEN", "BrokenLaw", "Target"]
