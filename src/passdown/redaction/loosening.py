"""Gates of the rules: what stands in every text in which one matches, cheap to compile and to look for."""

import re
import sys

from passdown.redaction.table import GATED, GENERAL, GROUPS, NAMED, gate_of

_BEARS = 1  # the group whose automaton grows least with the gates of the gated rules
_REPEATS = 4
_COMMON_REPEATS = 12  # behind a name that stands in many texts; what follows is short


def loosened(pattern: str, repeats: int = _REPEATS) -> str:
    """`pattern` with repetitions of more than `repeats` made shorter and unbounded: matches wherever it did, and compiles in a third of the time."""

    def shorter(count: re.Match[str]) -> str:
        least, most = int(count[1]), int((count[1] if count[2] is None else count[2]) or sys.maxsize)
        return count[0] if most <= repeats else f"{{{min(least, repeats)},}}"

    return re.sub(r"\{(\d+)(?:,(\d*))?\}", shorter, pattern)


def gate(group: int) -> str:
    """The pattern that a group's finder is asked behind."""
    rules = GROUPS[group]
    return loosened(gate_of(rules), _COMMON_REPEATS if rules in (NAMED, GENERAL) else _REPEATS)


def gates() -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The patterns that run over every text, each with the groups that it speaks for: the gated rules, a group each, have one with a group that bears it."""
    always = len(GROUPS) - len(GATED)
    together = loosened(f"{gate_of(GROUPS[_BEARS])}|{gate_of(GATED)}")
    return *((gate(group), (group,)) for group in range(always) if group != _BEARS), (together, (_BEARS, *range(always, len(GROUPS))))


__all__ = ["gate", "gates", "loosened"]
