"""Short versions of the long runs: `python -m benchmarks.soak` has the long ones."""

import pytest
from benchmarks import soak

pytestmark = pytest.mark.slow


def test_kills_at_random_moments() -> None:
    """Random verbs in three work trees are killed, with a clock that jumps: what was acknowledged is there, and doctor finds nothing wrong."""
    assert "60 kills" in soak.kills(60, seed=7)


def test_many_writers() -> None:
    """Six processes in three work trees of one store: every acknowledged save is there, and in the journal."""
    assert "60 acknowledged, 60 there" in soak.writers(6, 10)


def test_readers_beside_writers() -> None:
    """No reader ever sees a text that no writer wrote."""
    assert "none torn; 0 writers failed" in soak.readers(2.0, seed=7)


def test_three_sessions_at_once() -> None:
    """Hooks of three live sessions fire at once: none fails, and every event of each session is kept once."""
    assert "no hook failed" in soak.hooks(3, seed=7)
