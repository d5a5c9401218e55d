"""Every verb that writes, killed at every disk operation and every commit of the databases, and on a disk that fills up."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.reliability import verbs

from passdown.cli.main import COMMANDS

pytestmark = pytest.mark.slow

STRIDE = 4  # every disk operation of every verb: `python -m benchmarks.soak faults`


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
