"""The order of phases: each after those it needs, otherwise as they are written."""

from collections.abc import Sequence

from passdown.errors import PlanError
from passdown.workflows.model import Phase


def order(phases: Sequence[Phase]) -> tuple[Phase, ...]:
    """`phases` so that each comes after all it needs; the order they are written in decides between those that could come next.

    Raises PlanError for a name given twice, a need that is no phase, and a cycle (which it names).
    """
    known = _by_name(phases)
    done: dict[str, Phase] = {}
    while len(done) < len(known):
        following = next((one for one in phases if one.name not in done and all(need in done for need in one.needs)), None)
        if following is None:
            raise PlanError(where="phases", problem=f"these phases need each other: {' → '.join(_cycle(known, done))}")
        done[following.name] = following
    return tuple(done.values())


def _by_name(phases: Sequence[Phase]) -> dict[str, Phase]:
    known: dict[str, Phase] = {}
    for phase in phases:
        if phase.name in known:
            raise PlanError(where=f"phase {phase.name}", problem="there are two phases of this name")
        known[phase.name] = phase
    for phase in phases:
        for need in phase.needs:
            if need not in known:
                raise PlanError(where=f"phase {phase.name}", problem=f"it needs `{need}`, which is no phase of this plan")
    return known


def _cycle(known: dict[str, Phase], done: dict[str, Phase]) -> list[str]:
    """One cycle among the phases that are left, as a path that ends where it began."""
    path = [next(name for name in known if name not in done)]
    while (following := next(need for need in known[path[-1]].needs if need not in done)) not in path:
        path.append(following)
    return [*path[path.index(following):], following]
