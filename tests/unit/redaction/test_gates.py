"""What runs over every text was made from the rules as they are."""

from passdown.redaction.gates import GATES
from passdown.redaction.loosening import gates
from passdown.redaction.table import GROUPS


def test_the_gates_are_those_of_the_rules() -> None:
    """After a change of a rule `benchmarks.redaction_gates` has to be run, or what it finds would never be looked for."""
    assert gates() == GATES


def test_every_group_has_a_gate() -> None:
    """One each."""
    assert sorted(group for _, groups in GATES for group in groups) == list(range(len(GROUPS)))
