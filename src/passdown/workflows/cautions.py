"""What can run and is probably not meant: warnings of a plan that is right in form."""

from collections.abc import Iterator, Mapping

from passdown.workflows.model import Phase, Plan
from passdown.workflows.needs import all_before
from passdown.workflows.nodes import Node, Problem
from passdown.workflows.paths import matches

Places = Mapping[tuple[str, ...], tuple[Node, Node]]


def cautions(plan: Plan, places: Places) -> Iterator[Problem]:
    """The warnings, in no order."""
    for phase in plan.phases:
        yield from _alone(phase, places)
        yield from _borrowed(phase, plan, places)
    yield from _sums(plan, places)


def _alone(phase: Phase, places: Places) -> Iterator[Problem]:
    """What a phase says of itself."""
    at = ("phases", phase.name)
    if not phase.outputs:
        yield _caution(places[at][0], f"`{phase.name}` has no `outputs`: nothing is checked when it ends, and the next phase is given nothing")
    if phase.gate and phase.gate.below == "retry" and not phase.retries.most:
        yield _caution(places[(*at, "gate", "below")][0], f"`{phase.name}` is to be repeated below its minimum, but `retries` allows none: it will stop")
    if phase.gate and phase.gate.minimum == 0:
        yield _caution(places[(*at, "gate", "minimum")][0], f"the gate of `{phase.name}` lets everything pass")


def _borrowed(phase: Phase, plan: Plan, places: Places) -> Iterator[Problem]:
    """Inputs that a phase makes which need not be finished by then."""
    before = all_before(phase.name, {p.name: p.needs for p in plan.phases})
    for pattern in phase.inputs:
        makers = [p.name for p in plan.phases if any(pattern == out or matches(pattern, out) or matches(out, pattern) for out in p.outputs)]
        if makers and not before & set(makers) and makers != [phase.name]:
            maker = next(name for name in makers if name != phase.name)
            yield _caution(_item(places["phases", phase.name, "inputs"][1], pattern),
                           f"`{pattern}` is made by `{maker}`, which `{phase.name}` does not need; add it to `needs`")


def _sums(plan: Plan, places: Places) -> Iterator[Problem]:
    """Phases that together may use up more than the item may."""
    for key, field in (("money", "money"), ("tokens", "tokens"), ("time", "time_s")):
        whole = getattr(plan.budget, field)
        parts = sum(getattr(p.budget, field) or 0 for p in plan.phases)
        if whole is not None and parts > whole:
            yield _caution(places["budget", key][0], f"the phases' own `{key}` budgets come to more than this: the last of them may be stopped by it")


def _item(node: Node, text: str) -> Node:
    return next((item for item in node.items if item.text == text), node)


def _caution(node: Node, message: str) -> Problem:
    return Problem(node.line, node.column, message, "warning")


__all__ = ["cautions"]
