"""What is said of places in the work tree."""

from pathlib import Path

import pytest

from passdown.actions import facts
from passdown.actions.facts import seen_at
from passdown.actions.held import standings
from passdown.actions.note import anchor
from passdown.briefing.situation import standing_of
from passdown.errors import UsageError
from passdown.model.anchor import Anchor
from passdown.model.ids import content_hash
from passdown.project import open_project
from passdown.verification.anchors import CHANGED, GONE, HOLDS, UNKNOWN


def test_only_what_is_not_there_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that became too large to be looked at, and a folder in its place, are not known."""
    file = tmp_path / "a.py"
    file.write_text("one\ntwo\n")
    places = [seen_at(tmp_path, Anchor("a.py", 1, 1))]
    project = open_project(tmp_path)

    def mark() -> str:
        return standings(project, places, "2026-11-20T09:12:00Z")["a.py:1"].mark

    said = [mark()]
    monkeypatch.setattr(facts, "MAX_BYTES", 2)
    said.append(mark())
    file.unlink()
    said.append(mark())
    file.mkdir()
    said.append(mark())

    assert said == [HOLDS, UNKNOWN, GONE, UNKNOWN]


@pytest.mark.parametrize("place", ["a.py:0", "a.py:9-5", "a.py:0-3"])
def test_lines_that_cannot_be_are_refused(tmp_path: Path, place: str) -> None:
    """A typing error does not become an anchor to something else."""
    with pytest.raises(UsageError, match="names no lines"):
        anchor(open_project(tmp_path), place)


def test_a_place_seen_twice_stands_twice(repository: Path) -> None:
    """What an older record saw has changed, though a newer one saw the same place as it is."""
    file = repository / "a.py"
    file.write_text("one\ntwo\n")
    old = seen_at(repository, Anchor("a.py", 1, 2))
    file.write_text("one\n2\n")
    new = seen_at(repository, Anchor("a.py", 1, 2))
    found = standings(open_project(repository), [new, old], "2026-11-20T09:12:00Z")

    assert [standing_of(found, a).mark for a in (new, old)] == [HOLDS, CHANGED]


def test_the_symbol_that_a_file_defines_becomes_the_anchors(tmp_path: Path) -> None:
    """Of all names beside a path the one that is defined there; then its lines are what was seen."""
    (tmp_path / "a.py").write_text("x = 1\n\n\ndef drain(queue):\n    return 1\n")
    found = seen_at(tmp_path, Anchor("a.py"), symbols=["fill", "drain"], commit="0123456789abcdef")

    assert (found.symbol, bool(found.signature), found.commit) == ("drain", True, "0123456789ab")
    assert found.seen == content_hash("def drain(queue):\n    return 1\n")
    assert seen_at(tmp_path, Anchor("gone.py"), symbols=["drain"], commit="0123456789abcdef") == Anchor("gone.py", commit="0123456789ab")
