"""The order of phases."""

import pytest

from passdown.errors import PlanError
from passdown.workflows.model import Phase
from passdown.workflows.order import order


def named(*phases: tuple[str, str]) -> list[Phase]:
    return [Phase(name, needs=tuple(needs.split())) for name, needs in phases]


def test_a_phase_comes_after_all_it_needs() -> None:
    """And otherwise as written."""
    found = order(named(("final", "audio text"), ("text", "research"), ("audio", "research"), ("research", ""), ("notes", "")))

    assert [phase.name for phase in found] == ["research", "text", "audio", "final", "notes"]


@pytest.mark.parametrize(("phases", "problem"), [
    ((("a", "b"), ("b", "c"), ("c", "b")), "b → c → b"), ((("a", "a"),), "a → a"), ((("a", "x"),), "`x`"), ((("a", ""), ("a", "")), "two phases")])
def test_what_has_no_order_is_an_error_that_names_it(phases: tuple[tuple[str, str], ...], problem: str) -> None:
    """A cycle, a need that is nothing, a name given twice."""
    with pytest.raises(PlanError, match=problem):
        order(named(*phases))
