"""Short versions of the long runs: `python -m benchmarks.soak` has the long ones. The shortest run always, the others where PASSDOWN_SLOW is set."""

import pytest
from benchmarks import soak


def sizes(short: object, longer: object) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("size", [short, pytest.param(longer, marks=pytest.mark.slow)])


@sizes(15, 60)
def test_kills_at_random_moments(size: int) -> None:
    """Random verbs in three work trees are killed, with a clock that jumps: what was acknowledged is there, and doctor finds nothing wrong."""
    assert f"{size} kills" in soak.kills(size, seed=7)


@sizes((4, 4), (6, 20))
def test_many_writers(size: tuple[int, int]) -> None:
    """Several processes in three work trees of one store: every acknowledged save is there, and in the journal."""
    saves = size[0] * size[1]
    assert f"{saves} acknowledged, {saves} there" in soak.writers(*size)


@sizes(0.3, 3.0)
def test_readers_beside_writers(size: float) -> None:
    """No reader ever sees a text that no writer wrote."""
    assert "none torn; 0 writers failed" in soak.readers(size, seed=7)


@sizes(2, 4)
def test_three_sessions_at_once(size: int) -> None:
    """Hooks of three live sessions fire at once: none fails, and every event of each session is kept once."""
    assert "no hook failed" in soak.hooks(size, seed=7)
