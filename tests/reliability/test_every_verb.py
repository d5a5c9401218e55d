"""Every verb that writes, killed at disk operations and at every commit of the databases, and with statements of the databases failing."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.reliability import databases, verbs

from passdown.cli.main import COMMANDS

pytestmark = pytest.mark.slow

STRIDE, STATEMENTS_STRIDE = 4, 12  # every disk operation and every statement of every verb: `python -m benchmarks.soak faults` and `… statements`
BUSY = [verb for verb in verbs.VERBS if " ".join(verb.words[:2]).startswith(("capture", "handoff", "restore", "forget --session", "doctor --repair"))]


@pytest.fixture
def template(quick_path: Path) -> Iterator[Path]:
    home = os.environ.get("PASSDOWN_HOME")
    place = quick_path / "template"
    place.mkdir()
    verbs.prepare(place)
    yield place
    os.environ.pop("PASSDOWN_HOME", None)
    if home:
        os.environ["PASSDOWN_HOME"] = home


def test_every_verb_has_a_case() -> None:
    """A new verb is either cut short here, or said to write nothing."""
    assert {verb.words[0] for verb in verbs.VERBS} | verbs.READING | verbs.APART == set(COMMANDS)


@pytest.mark.parametrize("verb", verbs.VERBS, ids=lambda verb: " ".join(verb.words[:2]))
def test_a_verb_that_is_cut_short(verb: verbs.Verb, template: Path, quick_path: Path) -> None:
    """Nothing acknowledged is lost, everything reads, the same command completes it, and doctor finds nothing wrong."""
    assert verbs.cut_short(verb, template, quick_path, (verbs.KILL,), STRIDE) >= 2


@pytest.mark.parametrize("verb", BUSY, ids=lambda verb: " ".join(verb.words[:2]))
def test_a_database_that_fails(verb: verbs.Verb, template: Path, quick_path: Path) -> None:
    """Full, locked, read-only, failing or damaged at a statement, or the process killed there: the same holds, of index, cursors and folds alike."""
    assert verbs.cut_short(verb, template, quick_path, (), STATEMENTS_STRIDE, databases.STATEMENTS) > len(databases.STATEMENTS)
