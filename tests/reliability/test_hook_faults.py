"""Every hook with each of its system calls failing, torn, hanging or killed: the agent notices nothing, and nothing is lost."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.reliability import hookworld

BY_NAME = {f"{case.event}-{number}": case for number, case in enumerate(hookworld.CASES)}
TELLING = ("SessionStart-0", "UserPromptSubmit-4", "PreToolUse-7", "Stop-8")  # of each of the ways through the code one; all of them in the slow test


@pytest.fixture(autouse=True)
def _home() -> Iterator[None]:
    yield
    os.environ.pop("PASSDOWN_HOME", None)


def test_every_hook_has_a_case() -> None:
    """A new event cannot be forgotten here."""
    assert hookworld.forgotten_events() == set()


@pytest.mark.parametrize("name", TELLING)
def test_a_hook_that_is_cut_short(name: str, quick_path: Path) -> None:
    """Exit code 0, a whole answer or none, no byte of the store changed; the next hook and the next capture make up for it."""
    assert hookworld.Sweep(BY_NAME[name], quick_path).all(hookworld.QUICK) > len(hookworld.QUICK)


@pytest.mark.slow
@pytest.mark.parametrize("name", BY_NAME)
def test_any_hook_that_is_cut_short_in_any_way(name: str, quick_path: Path) -> None:
    """The same of every case, with calls that only read going wrong too."""
    assert hookworld.Sweep(BY_NAME[name], quick_path).all(hookworld.ALL) > len(hookworld.ALL)
