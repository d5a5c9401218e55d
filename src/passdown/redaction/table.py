"""All rules in groups. Each group is searched by itself: together, the states of their automata would multiply.

After a change of a rule `benchmarks/redaction_gates.py` makes `gates` anew; a test says when that was forgotten.
"""

from passdown.redaction import named
from passdown.redaction.base import EDGE, Format, Rule
from passdown.redaction.rules import chat, cloud, forges, general, keys, models, payment, tools

_FAMILIES = (cloud, forges, chat, payment, models, tools, keys)
_ISSUED = tuple(rule for family in _FAMILIES for rule in family.RULES)

# What matches at one place is named by the first group, and in it by the first rule.
TOKENS = tuple(rule for rule in _ISSUED if rule.edge)
FORMS = tuple(rule for rule in _ISSUED if not rule.edge and not rule.gate)
NAMED = (named.RULE,)
GENERAL = general.RULES
GATED = tuple(rule for rule in _ISSUED if rule.gate)  # searched for only where their gate is met: slow to search for, and seldom there
GROUPS: tuple[tuple[Rule, ...], ...] = (TOKENS, FORMS, NAMED, GENERAL, *((rule,) for rule in GATED))
RULES: tuple[Rule, ...] = tuple(rule for group in GROUPS for rule in group)
FORMATS: tuple[Format, ...] = (*(Format(rule.code, rule.sample) for rule in RULES if rule.naming is None), *named.FORMATS)
CODES: frozenset[str] = frozenset(one.code for one in FORMATS)


def pattern_of(group: tuple[Rule, ...]) -> str:
    """One alternation, in which the n-th group is the n-th rule's. Rules that begin where a word does share the beginning."""
    whole = "|".join(rule.pattern for rule in group)
    return f"{EDGE}(?:{whole})" if group[0].edge else whole


def gate_of(group: tuple[Rule, ...]) -> str:
    """What stands in every text in which `pattern_of(group)` matches."""
    return "|".join(rule.gate for rule in group) if group[0].gate else pattern_of(group)


__all__ = ["CODES", "FORMATS", "GATED", "GENERAL", "GROUPS", "NAMED", "RULES", "gate_of", "pattern_of"]
