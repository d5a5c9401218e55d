"""A plan as a person reads it: its phases in order, what is wrong with it, what it would run."""

from collections.abc import Iterator

from passdown.model.handed import handed
from passdown.workflows import amounts
from passdown.workflows.commands import Command
from passdown.workflows.model import Budget, Phase, Plan
from passdown.workflows.nodes import Problem


def phases(plan: Plan) -> Iterator[str]:
    """A line each: number, name, what it waits for, what it may use up, what it must reach."""
    width = max(len(phase.name) for phase in plan.phases)
    for number, phase in enumerate(plan.phases, 1):
        told = "; ".join(filter(None, (f"after {', '.join(phase.needs)}" if phase.needs else "", budget(phase.budget), gate(phase), attempts(phase),
                                       "a person approves" if phase.approval else "")))
        yield f"{number:>3}  {phase.name:<{width}}  {told}".rstrip()


def budget(one: Budget) -> str:
    """`$3.50, 200k tokens, 10 min`; "" for no limit."""
    return ", ".join(filter(None, (
        amounts.write_money(one.money) if one.money is not None else "", f"{amounts.write_tokens(one.tokens)} tokens" if one.tokens is not None else "",
        amounts.write_time(one.time_s) if one.time_s is not None else "")))


def gate(phase: Phase) -> str:
    return f"quality {phase.gate.minimum:g}, else {phase.gate.below}" if phase.gate else ""


def attempts(phase: Phase) -> str:
    return f"at most {phase.retries.most + 1} attempts" if phase.retries.most else ""


def problems(found: tuple[Problem, ...], where: str) -> Iterator[str]:
    """`file:line:column: error: …`, as editors and terminals jump to it."""
    return (f"{where}:{p.line}:{p.column}: {p.severity}: {handed(p.message)}" for p in found)


def commands(found: Iterator[Command]) -> Iterator[str]:
    """What would run, whole, each line of a long one below the other."""
    for command in found:
        first, *rest = command.text.rstrip("\n").split("\n")
        head = f"    {command.phase}  {command.what}: "
        yield head + first
        yield from (" " * len(head) + line for line in rest)


__all__ = ["budget", "commands", "phases", "problems"]
