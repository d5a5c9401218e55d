"""A database with a piece of it overwritten is read, told or made anew, wherever the piece lies."""

import pytest
from benchmarks.fuzzing import engine, table
from benchmarks.fuzzing.base import Target

STEPS = 128  # places that are overwritten, one after the other
PIECE = b"\xff" * 100
PAGE = 512  # of the seeds of agents' databases: in so small a one most places matter


@pytest.mark.parametrize("name", ["store-opencode", "store-cursor", "index-state", "index-file"])
def test_a_piece_is_overwritten(name: str) -> None:
    """SQLite answers some with "out of memory", which no error of its own says."""
    target = table.target(name)
    seed = next(iter(target.seeds()))
    patient = Target(target.seeds, target.run, allowed=target.allowed, once=60.0)
    whole = len(seed)
    for at in range(PAGE, whole, max(20, (whole - PAGE) // STEPS)):
        assert engine.failing(patient, seed[:at] + PIECE + seed[at + len(PIECE):]) is None
