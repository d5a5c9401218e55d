"""Reservations, limits and sums."""

import pytest

from passdown.errors import BudgetExceeded
from passdown.workflows.ledger import Limit, Line, Used, claim, held, left, limit_of, share, tighter, total
from passdown.workflows.model import Budget

OF = {"run": "r", "plan": "p", "item": "i", "batch": "", "phase": "f"}


def test_a_reservation_counts_until_it_is_settled() -> None:
    """Then what was used counts, and the rest is free again."""
    open_ = [Line(**OF, attempt="1.1", number=0, money=100)]
    settled = [*open_, Line(**OF, attempt="1.1", number=1, model="small", money=30), Line(**OF, attempt="1.1", number=2, model="large", money=20)]

    assert (held(open_).money, total(open_).money, left(Limit(150), open_).money) == (100, 0, 50)
    assert (held(settled).money, total(settled).money, left(Limit(150), settled).money) == (0, 50, 100)


@pytest.mark.parametrize(("phase", "remaining", "reserved"), [
    (Limit(), Limit(), Used()), (Limit(5), Limit(), Used(5)), (Limit(), Limit(7), Used(7)), (Limit(5), Limit(5), Used(5)), (Limit(5), Limit(9, 3), Used(5, 3))])
def test_a_phase_reserves_its_own_budget_or_all_that_is_left(phase: Limit, remaining: Limit, reserved: Used) -> None:
    """In each unit for itself."""
    assert claim(phase, remaining) == reserved


@pytest.mark.parametrize(("phase", "remaining"), [(Limit(6), Limit(5)), (Limit(), Limit(0)), (Limit(0), Limit(-1)), (Limit(1, 10), Limit(5, 9))])
def test_what_is_not_left_cannot_be_reserved(phase: Limit, remaining: Limit) -> None:
    """Also where a phase has no budget of its own and nothing is left."""
    with pytest.raises(BudgetExceeded):
        claim(phase, remaining)


def test_a_share_grows_by_what_others_left_over() -> None:
    """Four items share 100; one used 10, so each of the other three may use 30."""
    assert share(Limit(100), 4, [], 0).money == 25
    assert share(Limit(100), 4, [Line(**OF, attempt="1.1", number=1, money=10)], 1).money == 30


def test_budgets_become_whole_numbers() -> None:
    """Millionths of a dollar and milliseconds; of two limits the smaller one holds."""
    assert limit_of(Budget(0.1, 5, 1.5)) == Limit(100_000, 5, 1_500)
    assert tighter(Limit(5, None, 3), Limit(4, 2, None)) == Limit(4, 2, 3)
