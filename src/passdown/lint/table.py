"""All rules, by code, and what they find."""

import importlib
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from passdown.lint.base import Problem, Reading, Rule, World

SUBJECTS: tuple[str, ...] = ()  # modules in `rules/`


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its code, in the subjects' order."""
    found = (rule for name in SUBJECTS for rule in importlib.import_module(f"passdown.lint.rules.{name}").RULES)
    return MappingProxyType({rule.code: rule for rule in found})


def problems(reading: Reading, world: World) -> Iterator[tuple[Rule, Problem]]:
    """What all rules say of a document, by rule."""
    for rule in rules().values():
        yield from ((rule, problem) for problem in rule.check(reading, world))


__all__ = ["SUBJECTS", "problems", "rules"]
