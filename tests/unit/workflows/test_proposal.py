"""What runs have taught, as changes of a plan's text."""

from collections.abc import Iterator

import pytest

from passdown.workflows.learned import lessons, remarks
from passdown.workflows.observed import Observed
from passdown.workflows.parse import look
from passdown.workflows.proposal import propose

PLAN = """\
# A plan with words of its own.
budget: {money: $9}   # an item
phases:
  draft:   # the first
    run: make draft
    budget: {money: $1, tokens: 500k}   # dear
    retries: 3
  final:
    needs: [draft]
    run: make final
    approval: true
    gate: {run: make score, minimum: 0.6}   # of one
"""


def runs(phase: str, number: int, **values: object) -> Iterator[Observed]:
    return (Observed(phase, f"ep-{n:02}", **{"when": f"2026-11-20T{n:02}:00:00Z", **values}) for n in range(number))  # type: ignore[arg-type]


def changes(rows: Iterator[Observed], text: str = PLAN) -> dict[str, tuple[int, str, str]]:
    made = propose(look(text.encode(), "x"), list(rows), "x.yaml")
    return {".".join(c.lesson.path): (c.line, c.lesson.before, c.lesson.after) for c in made.changes}


def test_budgets_follow_what_was_used() -> None:
    """Money above and tokens below what was used are set to the 90th percentile and a third more; what was not measured is left."""
    assert changes(runs("draft", 8, money=2.0, tokens=40_000)) == {
        "phases.draft.budget.money": (6, "$1", "$2.60"), "phases.draft.budget.tokens": (6, "500k", "52k")}


def test_a_budget_is_for_an_attempt() -> None:
    """What three attempts used together is no measure for one."""
    assert changes(runs("draft", 8, money=3.0, attempts=3)) == {"phases.draft.budget.money": (6, "$1", "$1.30")}


def test_a_budget_that_fits_stays() -> None:
    """A change of a few percent is none."""
    assert changes(runs("draft", 8, money=0.75)) == {}


def test_few_runs_teach_nothing() -> None:
    """Four runs are no pattern."""
    assert changes(runs("draft", 4, money=5.0)) == {}


def test_a_missing_budget_is_added_in_the_plans_own_form() -> None:
    """A block gets a line of its own, with the indentation of its neighbours."""
    made = propose(look(PLAN.encode(), "x"), list(runs("final", 6, wall_s=100.0)), "x.yaml")

    assert "  final:\n    budget: {time: 2.2 min}\n    needs: [draft]\n" in made.after


def test_retries_that_never_helped_go() -> None:
    """The short form of `retries` stays the short form."""
    made = propose(look(PLAN.encode(), "x"), list(runs("draft", 4, attempts=4, passed=False, money=2.0)), "x.yaml")

    assert [(c.lesson.before, c.lesson.after) for c in made.changes] == [("3", "0")]
    assert "none of 4 runs that were repeated passed; 12 attempts in 4 runs were for nothing and cost $6" in made.changes[0].lesson.why
    assert "\n-    retries: 3\n+    retries: 0\n" in made.diff


def test_retries_that_helped_once_stay_as_far_as_they_helped() -> None:
    """Second attempts helped, third and fourth ones never did."""
    rows = [*runs("draft", 4, attempts=4, passed=False), Observed("draft", "good", attempts=2)]

    assert changes(iter(rows)) == {"phases.draft.retries.most": (7, "3", "1")}


def test_a_gate_that_everything_passes_is_raised_on_its_own_scale() -> None:
    """A minimum that is written as a part of one stays one."""
    assert changes(runs("final", 12, score=9.2)) == {"phases.final.gate.minimum": (12, "0.6", "0.85")}


def test_a_gate_that_most_runs_miss_is_for_a_person() -> None:
    """The minimum is never lowered by itself."""
    plan = look(PLAN.encode(), "x").plan
    assert plan
    rows = list(runs("final", 12, score=3.0, passed=False))

    assert list(lessons(plan, rows)) == []
    assert ["0 of 12 runs passed its gate; the middle score is 3, the minimum 6" in r.text for r in remarks(plan, rows)] == [True]


def test_a_person_who_approves_everything_is_remarked() -> None:
    """Whether to ask on is theirs to say."""
    plan = look(PLAN.encode(), "x").plan
    assert plan

    assert ["a person may not be needed here" in r.text for r in remarks(plan, list(runs("final", 12, score=9.0)))] == [True]


def test_the_budget_of_an_item_counts_items_that_were_finished() -> None:
    """Half an item says nothing of what a whole one costs."""
    whole = [*runs("draft", 6, money=0.8), *runs("final", 6, money=0.7)]

    assert changes(iter(whole))["budget.money"] == (2, "$9", "$2")
    assert "budget.money" not in changes(runs("draft", 6, money=0.8))


def test_the_budget_of_an_item_holds_what_its_phases_set_aside() -> None:
    """Else no last phase could begin; the proposed plan has no warning that it had not before."""
    rows = [*runs("draft", 6, money=0.01, tokens=10, wall_s=1.0), *runs("final", 6, money=0.01, tokens=10, wall_s=1.0)]
    found = changes(iter(rows))
    made = propose(look(PLAN.encode(), "x"), rows, "x.yaml")

    assert found["budget.money"] == (2, "$9", "$0.20")
    assert not [p for p in look(made.after.encode(), "x").problems if "come to more" in p.message]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_all_other_bytes_stay(ends: str) -> None:
    """Comments, blanks and line ends are as they were."""
    text = PLAN.replace("\n", ends)
    made = propose(look(text.encode(), "x"), [*runs("draft", 8, money=2.0), *runs("final", 8, money=2.0)], "x.yaml")
    before, after = text.split(ends), made.after.split(ends)

    assert [line for line in before if line not in after] == [before[1], before[5]]
    assert look(made.after.encode(), "x").errors == ()
    assert made.after.count("\r") == made.after.count("\n") * (ends == "\r\n")


def test_what_stands_behind_an_alias_is_changed_by_hand() -> None:
    """A change there would change another phase as well."""
    text = "phases:\n  a: {run: x, budget: &b {money: $9}}\n  c: {run: x, budget: *b}\n"

    assert changes(runs("c", 8, money=1.0), text) == {"phases.c.budget.money": (0, "$9", "$1.30")}


def test_no_runs_change_nothing() -> None:
    """Without evidence the text stays as it is."""
    made = propose(look(PLAN.encode(), "x"), [], "x.yaml")

    assert (made.changes, made.remarks, made.after, made.diff) == ((), (), PLAN, "")
