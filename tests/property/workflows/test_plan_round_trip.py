"""Whatever a plan says, it is read as it is written; whatever bytes come, they are answered."""

import string

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from passdown.workflows.amounts import read_money, read_time, read_tokens, write_money, write_time, write_tokens
from passdown.workflows.edits import applied, put
from passdown.workflows.model import Budget, Gate, Phase, Retries
from passdown.workflows.parse import look

NAMES = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
SIGNS = st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"), exclude_characters="\ufeff\u2028\u2029\x85")
TEXTS = st.text(SIGNS, min_size=1, max_size=40).filter(str.strip)
PATHS = st.lists(st.text(string.ascii_letters + "*?_-", min_size=1, max_size=8), min_size=1, max_size=3).map("/".join)
CENTS, SECONDS = st.integers(0, 100_000).map(lambda n: n / 100), st.integers(0, 10**6).map(float)
BUDGETS = st.builds(Budget, st.none() | CENTS, st.none() | st.integers(0, 10**9), st.none() | SECONDS)
GATES = st.none() | st.builds(Gate, TEXTS, st.just(""), st.integers(0, 100).map(lambda n: n / 10), st.sampled_from(("retry", "stop", "ask")))
RETRIES = st.builds(Retries, st.integers(0, 100), st.integers(0, 10**5).map(float), st.integers(1, 100).map(float), st.integers(0, 10**5).map(float))
PHASES = st.builds(
    Phase, name=NAMES, run=TEXTS, inputs=st.lists(PATHS, unique=True).map(tuple), outputs=st.lists(PATHS, unique=True).map(tuple), budget=BUDGETS, gate=GATES,
    retries=RETRIES, timeout_s=st.none() | SECONDS, approval=st.booleans(), env=st.dictionaries(st.sampled_from("ABC"), TEXTS, max_size=3))


def written(phase: Phase) -> dict[str, object]:
    """A phase as a person would have it in a file."""
    budget = {"money": phase.budget.money, "tokens": phase.budget.tokens, "time": None if phase.budget.time_s is None else f"{phase.budget.time_s:.0f} s"}
    values: dict[str, object] = {
        "run": phase.run, "inputs": list(phase.inputs), "outputs": list(phase.outputs), "needs": list(phase.needs), "approval": phase.approval,
        "budget": {key: value for key, value in budget.items() if value is not None}, "env": dict(phase.env),
        "retries": {"most": phase.retries.most, "backoff": f"{phase.retries.backoff_s:.0f} s", "factor": phase.retries.factor,
                    "longest": f"{phase.retries.longest_s:.0f} s"}}
    if phase.gate:
        values["gate"] = {"run": phase.gate.run, "minimum": phase.gate.minimum, "below": phase.gate.below}
    if phase.timeout_s is not None:
        values["timeout"] = f"{phase.timeout_s:.0f} s"
    return values


@settings(max_examples=60, deadline=None)
@given(st.lists(PHASES, min_size=1, max_size=4, unique_by=lambda p: p.name), st.booleans())
def test_a_plan_that_was_written_is_read_as_it_was(phases: list[Phase], flow: bool) -> None:
    """By another writer of YAML, in either of its styles."""
    text = yaml.safe_dump({"phases": {p.name: written(p) for p in phases}}, allow_unicode=True, sort_keys=False, default_flow_style=flow, width=60)
    found = look(text.encode(), "x")

    assert found.errors == ()
    assert found.plan is not None
    assert found.plan.phases == tuple(phases)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode), st.text("phases: {}[]&*!|>-?,'\"\n\t ab", max_size=120).map(str.encode)))
def test_whatever_comes_is_answered(data: bytes) -> None:
    """With a plan, or with a message whose place is in the file."""
    found = look(data, "x")

    assert (found.plan is None) == bool(found.errors)
    assert all(1 <= p.line <= data.count(b"\n") + data.count(b"\r") + 10 and p.column >= 1 and p.message for p in found.problems)


@given(st.floats(0.005, 1e6))
def test_amounts_come_back(value: float) -> None:
    """Rounded up by less than two digits behind the point of their unit, never down."""
    money, time, tokens = read_money(write_money(value)), read_time(write_time(value)), read_tokens(write_tokens(round(value)))

    assert money is not None
    assert time is not None
    assert tokens is not None
    assert value - 1e-6 <= money <= value + 0.01 + 1e-6
    assert value - 1e-3 <= time <= value * 1.01 + 0.01
    assert round(value) <= tokens <= round(value) * 1.01 + 1


@given(st.sampled_from(("$1", "$22.50")), st.sampled_from(("money", "tokens")))
def test_an_edit_changes_its_own_value_alone(value: str, key: str) -> None:
    """The plan reads as before but for that."""
    text = "# c\nphases:\n  a:  # d\n    run: x\n    budget: {tokens: 5}  # e\n"
    parsed = look(text.encode(), "x")
    given_value = value if key == "money" else "700"
    edit = put(parsed, ("phases", "a", "budget", key), given_value)
    assert edit is not None
    after = applied(text, [edit])
    plan = look(after.encode(), "x").plan
    assert plan is not None

    assert getattr(plan.phases[0].budget, key) == (read_money(value) if key == "money" else 700)
    assert [c for c in ("# c", "# d", "# e") if c not in after] == []
