"""Where the project is, and what time it is."""

import subprocess
from pathlib import Path

import pytest

from passdown.errors import NotInitialised, UnsupportedStore, UsageError
from passdown.project import clock_at, open_project


def test_the_private_store_lies_in_the_git_directory(repository: Path) -> None:
    """Inside git the private store is below the common directory, the shared part in the work tree."""
    layout = open_project(repository).layout

    assert (layout.private, layout.shared) == (repository / ".git" / "passdown", repository / ".passdown")


def test_worktrees_share_one_private_store(repository: Path, tmp_path: Path) -> None:
    """Two work trees of one repository are one project with one name."""
    subprocess.run(["git", "worktree", "add", "-q", str(tmp_path / "side"), "-b", "side"], cwd=repository, check=True)
    side = open_project(tmp_path / "side")

    assert side.layout.private == open_project(repository).layout.private
    assert side.name == "shop-api"
    assert side.layout.shared == tmp_path / "side" / ".passdown"


def test_outside_git_everything_lies_below_dot_passdown(tmp_path: Path) -> None:
    """Without git the private store is `.passdown/local`."""
    assert open_project(tmp_path).layout.private == tmp_path / ".passdown" / "local"


def test_outside_git_the_initialised_folder_above_counts(tmp_path: Path) -> None:
    """From a subdirectory the folder in which `init` was run is found."""
    (tmp_path / ".passdown").mkdir()
    (tmp_path / ".passdown" / "VERSION").write_text("1\n")
    below = tmp_path / "a"
    below.mkdir()

    assert open_project(below).root == tmp_path


def test_a_project_without_a_store_says_so(repository: Path) -> None:
    """`require` names the place and the remedy."""
    with pytest.raises(NotInitialised) as caught:
        open_project(repository).require()

    assert "passdown init" in caught.value.advice


def test_a_store_of_a_later_version_is_refused(repository: Path) -> None:
    """A format that this version does not know is left alone."""
    project = open_project(repository)
    project.layout.private.mkdir()
    project.layout.private_version.write_text("99\n")
    with pytest.raises(UnsupportedStore):
        project.require()


@pytest.mark.parametrize(("given", "said"), [
    ("2026-11-20T09:12:00Z", "2026-11-20T09:12:00Z"), ("2026-11-20T09:12:00+02:00", "2026-11-20T07:12:00Z"), ("2026-11-20", "2026-11-20T00:00:00Z")])
def test_the_clock_can_be_fixed(given: str, said: str) -> None:
    """Any ISO time fixes it; times are told in UTC."""
    assert clock_at(given).iso() == said


def test_a_time_that_is_none_is_a_usage_error() -> None:
    """The message says what to write."""
    with pytest.raises(UsageError):
        clock_at("yesterday")


def test_a_directory_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    """-C must name a directory."""
    with pytest.raises(UsageError):
        open_project(tmp_path / "none")
