"""What is wrong with capture is said, and nothing when all is well."""

import os
import sys
from pathlib import Path

import pytest

from passdown.actions.health import health
from passdown.actions.init import init
from passdown.actions.pause import pause, paused, unpause
from passdown.hooks import launcher, tails
from passdown.project import Project, open_project, user_home


@pytest.fixture
def project(repository: Path) -> Project:
    init(open_project(repository))
    return open_project(repository)


def test_nothing_is_said_when_all_is_well(project: Project) -> None:
    """Not even a line that says so."""
    assert health(project) == ()


def test_a_pause_is_said_while_it_lasts(project: Project) -> None:
    """With how to end it."""
    pause(project, 3_600)

    assert paused(project)
    assert health(project) == ("Capture is paused, nothing of the present sessions is kept: passdown pause --off",)
    assert unpause(project)
    assert health(project) == ()


def test_idle_transcripts_are_missed_running_ones_are_not(project: Project, tmp_path: Path) -> None:
    """The tail of a session that is going on is captured at the end of its turn."""
    transcript = tmp_path / "t.jsonl"
    transcript.write_text("x" * 5_000)
    (project.layout.private / "cache").mkdir()
    (project.layout.private / tails.KNOWN).write_text(f"1000\t\t{transcript}\n")

    assert health(project) == ()
    os.utime(transcript, (1_700_000_000, 1_700_000_000))
    assert health(project) == ("4,000 bytes of 1 transcripts are not captured yet: passdown capture",)


def test_a_launcher_that_starts_nothing_is_said(project: Project) -> None:
    """Its interpreter was removed; one of another installation is no fault."""
    path = Path(launcher.path(str(user_home())))
    path.parent.mkdir(parents=True)
    path.write_text(launcher.text("/nowhere/python"))

    assert "an interpreter that is gone" in health(project)[0]
    path.write_text(launcher.text("/bin/sh"))
    assert health(project) == ()
    path.write_text(launcher.text())
    assert health(project) == ()


@pytest.mark.parametrize("python", [sys.executable, "/opt/another/python"])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.9])
def test_a_launcher_that_was_cut_off_is_told(project: Project, share: float, python: str) -> None:
    """Wherever: in the middle of a quotation too, which no shell reads."""
    script = launcher.text(python)
    path = Path(launcher.path(str(user_home())))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script[:int(len(script) * share)])

    assert "nothing" in health(project)[0]
