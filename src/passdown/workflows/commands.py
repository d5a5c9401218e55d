"""What a plan would run, in full: what a person looks at before they trust it."""

from collections.abc import Iterator

import msgspec

from passdown.workflows.model import Phase, Plan


class Command(msgspec.Struct, frozen=True):
    """One thing that a phase starts. what: `run`, `agent`, `python`, `gate`, or `env` for a variable of all of them. text: as the plan has it, whole."""

    phase: str
    what: str
    text: str


def commands(plan: Plan) -> Iterator[Command]:
    """In the order in which they would run."""
    for phase in plan.phases:
        for what, text in _of(phase):
            yield Command(phase.name, what, text)


def _of(phase: Phase) -> Iterator[tuple[str, str]]:
    yield from (("env", f"{name}={value}") for name, value in phase.env.items())
    if phase.run:
        yield "run", phase.run
    if phase.agent:
        yield "agent", f"{phase.agent}: {phase.prompt}"
    if phase.python:
        yield "python", phase.python
    if phase.gate and phase.gate.run:
        yield "gate", phase.gate.run


__all__ = ["Command", "commands"]
