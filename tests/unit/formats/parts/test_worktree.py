"""What git has not committed is told alike by every style."""

import pytest

from passdown.formats.base import GitState, Material
from passdown.formats.sectioned import update
from passdown.formats.table import style as find

STATES = {"2 paths not committed (`a.py`, `b.py`)": (("a.py", " M"), ("b.py", "??")), "nothing uncommitted, hand-off files aside": ()}


@pytest.mark.parametrize("style", ["session-handoff", "domain-memory", "session-context", "continuity", "session-memory"])
@pytest.mark.parametrize("told", STATES)
def test_every_style_says_the_same_of_uncommitted_changes(style: str, told: str) -> None:
    """The same words, and nowhere that all is committed while something is not."""
    material = Material("2026-11-20T10:00:00Z", git=GitState("main", changed=STATES[told]))
    text = "\n".join(update(one.layout, "", one.material).text for one in find(style).documents(material, {}))

    assert told in text
    assert "everything committed" not in text
