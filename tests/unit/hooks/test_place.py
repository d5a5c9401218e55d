"""Hooks find the store that everything else finds."""

import subprocess
from pathlib import Path

import pytest

from passdown.actions.init import init
from passdown.hooks import place
from passdown.project import open_project


def git(*words: str, cwd: Path) -> None:
    subprocess.run(["git", *words], cwd=cwd, check=True, capture_output=True)


@pytest.fixture(params=["root", "below", "worktree", "submodule", "bare", "outside", "link"])
def somewhere(request: pytest.FixtureRequest, repository: Path) -> Path:
    """A directory of a project of each shape."""
    side = repository.parent / "side"
    match request.param:
        case "below":
            side = repository / "src" / "deep"
            side.mkdir(parents=True)
        case "worktree":
            git("worktree", "add", "-q", str(side), "-b", "side", cwd=repository)
        case "submodule":
            git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(repository), "part", cwd=repository)
            side = repository / "part"
        case "bare":
            git("clone", "-q", "--bare", str(repository), str(side), cwd=repository)
        case "outside":
            side.mkdir()
        case "link":
            side.symlink_to(repository)
        case _:
            side = repository
    return side


def test_it_is_the_store_of_the_project(somewhere: Path) -> None:
    """Root, private store and repository; nothing before `init` was run."""
    project = open_project(somewhere)
    before = place.find(str(somewhere))
    init(project)
    found = place.find(str(somewhere))

    assert before is None
    assert found
    assert (found.private, found.root) == (str(project.layout.private), str(project.root))
    assert (found.git_dir, found.common) == ((str(project.place.git_dir), str(project.place.common_dir)) if project.place else ("", ""))


@pytest.mark.parametrize("words", [
    ("commit", "-q", "--allow-empty", "-m", "x"), ("checkout", "-q", "-b", "other"), ("checkout", "-q", "--detach"), ("pack-refs", "--all")])
def test_the_head_changes_with_branch_and_commit(repository: Path, words: tuple[str, ...]) -> None:
    """Also when it stands in another file afterwards."""
    dot = str(repository / ".git")
    before = place.head(dot, dot)
    git(*words, cwd=repository)

    assert place.head(dot, dot) != before
    assert place.head(dot, dot) == place.head(dot, dot)


def test_a_directory_that_is_gone_has_no_store(tmp_path: Path) -> None:
    """As that of a session whose work tree was removed."""
    assert place.find(str(tmp_path / "gone" / "deep")) is None
