"""Records of different sessions against each other."""

import json
from pathlib import Path

import pytest

from passdown.actions.capture import capture
from passdown.actions.init import init
from passdown.actions.look import records
from passdown.actions.refresh import refresh
from passdown.project import Project, open_project


@pytest.fixture
def project(repository: Path) -> Project:
    opened = open_project(repository, "2026-11-20T09:12:00Z")
    init(opened)
    return opened


def say(project: Project, folder: Path, day: int, text: str) -> None:
    """Capture a session in which the user says one thing."""
    path = folder / f"{day}.jsonl"
    row = {"type": "user", "uuid": f"u{day}", "sessionId": f"s{day}", "timestamp": f"2026-03-{day:02d}T10:00:00Z", "cwd": str(project.root),
           "message": {"role": "user", "content": text}}
    path.write_text(json.dumps(row) + "\n")
    capture(project, [path])
    refresh(project)


def test_the_newest_value_of_a_setting_is_the_active_one(project: Project, tmp_path: Path) -> None:
    """A value said in a later session supersedes the one of an earlier session."""
    say(project, tmp_path, 1, "use staging as the profile in the mail importer")
    say(project, tmp_path, 2, "change the mail importer profile to production")

    assert ["production" in r.text for r in records(project)] == [True]
    assert {r.status for r in records(project, every=True)} == {"active", "superseded"}


def test_a_restatement_shows_once_with_both_quotes(project: Project, tmp_path: Path) -> None:
    """What is said again in another session is one record that rests on both."""
    for day in (1, 2):
        say(project, tmp_path, day, "Please always write the test first when you touch the parser.")

    [found] = records(project)

    assert sorted(e.session for e in found.evidence) == ["s1", "s2"]


def test_settling_again_changes_nothing(project: Project, tmp_path: Path) -> None:
    """A second refresh writes no file."""
    say(project, tmp_path, 1, "use staging as the profile in the mail importer")
    say(project, tmp_path, 2, "change the mail importer profile to production")
    before = {p: p.read_bytes() for p in (project.layout.private / "derived").iterdir()}
    refresh(project)

    assert {p: p.read_bytes() for p in (project.layout.private / "derived").iterdir()} == before
