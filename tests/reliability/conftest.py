"""Lets the tests import the harness by its full name, however pytest was started, and gives them a folder where syncing costs nothing."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))


@pytest.fixture
def quick_path(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is such a thing: injected faults do not depend on the disk, and a sweep syncs ten thousand times."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(prefix="passdown-", dir=memory))
    yield folder
    shutil.rmtree(folder)
