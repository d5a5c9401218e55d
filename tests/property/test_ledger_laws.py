"""Whatever phases reserve and use, in whatever order: the ledger adds up, and no budget is overrun by what was foreseen."""

from collections.abc import Sequence
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from passdown.errors import BudgetExceeded
from passdown.workflows.ledger import DIMENSIONS, Limit, Line, Used, claim, held, left, share, sums, total

amounts = st.integers(0, 10_000)
names = st.sampled_from(["a", "b", "c"])
limits = st.builds(Limit, st.none() | amounts, st.none() | amounts, st.none() | amounts)


@st.composite
def ledgers(draw: st.DrawFn) -> list[Line]:
    """Attempts of some runs, each with its reservation, some of them settled, over one model or more."""
    lines = []
    for number in range(draw(st.integers(0, 12))):
        of = {"run": draw(names), "plan": "p", "item": draw(names), "batch": draw(names), "phase": draw(names), "attempt": f"1.{number}"}
        lines.append(Line(**of, number=0, money=draw(amounts), tokens=draw(amounts), time_ms=draw(amounts)))
        for at in range(1, draw(st.integers(1, 4))):
            lines.append(Line(**of, number=at, model=draw(names), money=draw(amounts), tokens=draw(amounts), time_ms=draw(amounts)))
    return draw(st.permutations(lines))


@given(ledgers())
def test_every_way_of_adding_up_gives_the_same_sum(lines: Sequence[Line]) -> None:
    """By one dimension, by several, by none."""
    whole = total(lines)

    for count in range(len(DIMENSIONS) + 1):
        for by in combinations(DIMENSIONS, count):
            assert sum(sums(lines, by).values(), Used()) == whole


@given(ledgers())
def test_a_settled_attempt_holds_nothing(lines: Sequence[Line]) -> None:
    """What is held is what the attempts without a line of use reserved."""
    settled = {line.of for line in lines if line.number}

    assert held(lines) == sum((line.used for line in lines if line.of not in settled), Used())


@given(limits, st.lists(st.tuples(limits, st.integers(0, 100)), max_size=8))
def test_phases_that_use_what_they_reserved_never_overrun_a_budget(budget: Limit, phases: list[tuple[Limit, int]]) -> None:
    """Each reserves before it begins, and uses a part of that."""
    lines: list[Line] = []
    for number, (wanted, part) in enumerate(phases):
        try:
            reserved = claim(wanted, left(budget, lines))
        except BudgetExceeded:
            continue
        of = {"run": "r", "plan": "p", "item": "i", "batch": "", "phase": f"f{number}", "attempt": "1.1"}
        lines.append(Line(**of, number=0, money=reserved.money, tokens=reserved.tokens, time_ms=reserved.time_ms))
        lines.append(Line(**of, number=1, money=reserved.money * part // 100, tokens=reserved.tokens * part // 100, time_ms=reserved.time_ms * part // 100))
    used = total(lines)

    for name in ("money", "tokens", "time_ms"):
        assert getattr(budget, name) is None or getattr(used, name) <= getattr(budget, name)


@given(st.integers(1, 100_000), st.lists(st.integers(0, 100), min_size=1, max_size=12))
def test_the_items_of_a_batch_never_use_more_than_its_budget(money: int, parts: list[int]) -> None:
    """Each has its share of what those that ended left over, and uses a part of that."""
    ended: list[Line] = []
    for number, part in enumerate(parts):
        may = share(Limit(money), len(parts), ended, number).money
        assert may is not None
        ended.append(Line(f"r{number}", "p", f"i{number}", "b", "f", "1.1", 1, money=may * part // 100))

    assert total(ended).money <= money
