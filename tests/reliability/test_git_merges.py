"""Two sides that add, edit, supersede and archive shared records come together by real git without loss. Hundreds: `python -m benchmarks.soak merges`."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.reliability import gitworld

SEEDS = [3, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3))]  # the others wait for PASSDOWN_SLOW


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("way", gitworld.WAYS, ids=lambda way: way.__name__)
def test_nothing_is_lost(way: Callable[[gitworld.World], None], seed: int, quick_path: Path) -> None:
    """Merge, rebase, cherry-pick, stash, other clones, crossing merges: what either side added is in the files, and every file reads."""
    gitworld.brought_together(quick_path / "world", seed, way)


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_lost_without_the_driver(seed: int, quick_path: Path) -> None:
    """A clone that does not know the driver merges line by line: both sides stand in the files, between git's marks."""
    gitworld.brought_together(quick_path / "world", seed, gitworld.merge, driver=False)
