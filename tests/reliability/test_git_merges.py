"""Two sides that add, edit, supersede and archive shared records come together by real git without loss. Hundreds: `python -m benchmarks.soak merges`."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.reliability import gitworld

pytestmark = pytest.mark.slow

SEEDS = range(3)


@pytest.mark.parametrize("way", gitworld.WAYS, ids=lambda way: way.__name__)
def test_nothing_is_lost(way: Callable[[gitworld.World], None], quick_path: Path) -> None:
    """Merge, rebase, cherry-pick, stash, another clone: what either side added is in the files, and every file reads."""
    for seed in SEEDS:
        gitworld.brought_together(quick_path / f"r{seed}", seed, way)
        shutil.rmtree(quick_path / f"r{seed}")


def test_nothing_is_lost_without_the_driver(quick_path: Path) -> None:
    """A clone that does not know the driver merges line by line: both sides stand in the files, between git's marks."""
    for seed in SEEDS:
        gitworld.brought_together(quick_path / f"r{seed}", seed, gitworld.merge, driver=False)
