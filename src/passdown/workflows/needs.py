"""Which phases wait for which."""

from collections.abc import Mapping, Sequence


def cycles(needs: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Cycles that share no phase, each as a path that ends where it began, beginning with the phase that is written first."""
    found: list[list[str]] = []
    taken: set[str] = set()
    for name in needs:
        if name not in taken and (path := _back_to(name, needs)):
            if not taken & set(path):
                found.append(path)
            taken.update(path)
    return found


def _back_to(start: str, needs: Mapping[str, Sequence[str]]) -> list[str]:
    """The shortest way from a phase to itself; [] for none."""
    before: dict[str, str] = {}
    waiting = [start]
    for name in waiting:
        for need in needs[name]:
            if need == start:
                return _way(name, before, start)
            if need not in before:
                before[need] = name
                waiting.append(need)
    return []


def _way(end: str, before: Mapping[str, str], start: str) -> list[str]:
    path = [end]
    while path[-1] != start:
        path.append(before[path[-1]])
    return [*reversed(path), start]


def all_before(name: str, needs: Mapping[str, Sequence[str]]) -> set[str]:
    """Every phase that is finished when this one begins."""
    found: set[str] = set()
    waiting = [*needs[name]]
    for need in waiting:
        if need not in found:
            found.add(need)
            waiting.extend(needs[need])
    return found


__all__ = ["all_before", "cycles"]
