"""git, asked of real repositories."""

import os
import subprocess
from pathlib import Path

import pytest

from passdown import gitrepo
from passdown.errors import GitFailed, RepositoryRefused


def git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


def place_of(path: Path) -> gitrepo.Place:
    found = gitrepo.locate(path)
    assert found is not None
    return found


def test_a_folder_below_a_repository_belongs_to_it(repository: Path) -> None:
    """The repository is found from any directory in it."""
    below = repository / "a" / "b"
    below.mkdir(parents=True)

    assert place_of(below) == gitrepo.Place(repository, repository / ".git", repository / ".git")


def test_outside_any_repository_there_is_none(tmp_path: Path) -> None:
    """A directory without a repository above it has no place."""
    assert gitrepo.locate(tmp_path) is None


def test_a_worktree_shares_the_common_directory(repository: Path, tmp_path: Path) -> None:
    """A linked worktree has a root and a git directory of its own, and the project's common directory."""
    git(repository, "worktree", "add", "-q", str(tmp_path / "other"), "-b", "side")
    place = place_of(tmp_path / "other")

    assert place.common_dir == repository / ".git"
    assert place.root == tmp_path / "other"
    assert gitrepo.head(place).branch == "side"


def test_a_submodule_is_a_project_of_its_own(repository: Path, tmp_path: Path) -> None:
    """Its git directory lies below the parent's, and is its own common directory."""
    git(tmp_path, "clone", "-q", str(repository), str(tmp_path / "lib"))
    git(repository, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(tmp_path / "lib"), "lib")
    place = place_of(repository / "lib")

    assert place.root == repository / "lib"
    assert place.common_dir == repository / ".git" / "modules" / "lib"


def test_a_bare_repository_has_no_work_tree(tmp_path: Path) -> None:
    """Its root is None."""
    git(tmp_path, "init", "-q", "--bare", str(tmp_path / "bare.git"))

    assert place_of(tmp_path / "bare.git").root is None


@pytest.mark.parametrize("packed", [False, True])
def test_head_is_read_from_files_as_git_reads_it(repository: Path, *, packed: bool) -> None:
    """Branch and commit agree with git, for loose and for packed refs."""
    if packed:
        git(repository, "pack-refs", "--all")

    assert gitrepo.head(place_of(repository)) == gitrepo.Head(git(repository, "symbolic-ref", "--short", "HEAD"), git(repository, "rev-parse", "HEAD"))


def test_a_detached_head_has_no_branch(repository: Path) -> None:
    """Only the commit is known."""
    git(repository, "checkout", "-q", "--detach")

    assert gitrepo.head(place_of(repository)) == gitrepo.Head("", git(repository, "rev-parse", "HEAD"))


def test_an_unborn_branch_has_no_commit(tmp_path: Path) -> None:
    """Before the first commit there is a branch and no commit, and no history."""
    git(tmp_path, "init", "-q", "-b", "main")
    place = place_of(tmp_path)

    assert gitrepo.head(place) == gitrepo.Head("main", "")
    assert gitrepo.commits(place) == ()


def test_reftable_repositories_are_asked_through_git(repository: Path) -> None:
    """Where refs are in a reftable, files say nothing and git is asked."""
    (repository / ".git" / "reftable").mkdir()

    assert gitrepo.head(place_of(repository)).commit == git(repository, "rev-parse", "HEAD")


def test_changes_list_uncommitted_paths(repository: Path) -> None:
    """Edited and untracked paths with git's letters, odd names whole."""
    (repository / "README.md").write_text("changed\n")
    (repository / "new file ü.txt").write_text("x\n")

    assert {(c.path, c.state) for c in gitrepo.changes(place_of(repository))} == {("README.md", " M"), ("new file ü.txt", "??")}


def test_commits_since_a_time(repository: Path) -> None:
    """Only those after the time, newest first, times in UTC."""
    for minute in (1, 2):
        when = f"2030-01-01T10:0{minute}:00+02:00"
        subprocess.run(["git", "commit", "-q", "--allow-empty", "-m", f"number {minute}"], cwd=repository, check=True,
                       env={**os.environ, "GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when})
    found = gitrepo.commits(place_of(repository), "2029-01-01T00:00:00Z")

    assert [(c.subject, c.time) for c in found] == [("number 2", "2030-01-01T08:02:00Z"), ("number 1", "2030-01-01T08:01:00Z")]


def test_objects_are_read_one_after_the_other(repository: Path) -> None:
    """Files of a commit, and nothing for what is not there; odd names too."""
    (repository / "with blank.txt").write_bytes(b"a\0b\n")
    gitrepo.commit_all(repository, "Add", "2030-01-01T00:00:00Z")
    objects = gitrepo.Objects(place_of(repository))
    found = [objects.read(name) for name in ("HEAD:with blank.txt", "HEAD:nowhere", "a\nb", "HEAD:README.md")]
    objects.close()

    assert found == [b"a\0b\n", None, None, b"# Shop API\n"]


def test_words_are_found_in_files_that_are_not_committed(repository: Path) -> None:
    """As whole words, in tracked and untracked files."""
    (repository / "new.py").write_text("def drain(): pass\ndrained = 1\n")

    assert gitrepo.holding(place_of(repository), ["drain", "nothing"]) == {"drain": ["new.py"]}


def test_a_repository_of_somebody_else_is_refused_by_name(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git's refusal is told as one, with the command that lifts it; it never looks like `outside git`."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root can give a repository to somebody else")
    for path in [repository, *repository.rglob("*")]:
        os.chown(path, 12_345, 12_345)
    with pytest.raises(RepositoryRefused) as caught:
        gitrepo.changes(place_of(repository))

    assert "safe.directory" in caught.value.advice


def test_a_failing_command_is_told_with_its_reason(repository: Path) -> None:
    """Command, code and git's own first line are in the error."""
    with pytest.raises(GitFailed) as caught:
        gitrepo.run(place_of(repository), "log", "no-such-branch")

    assert "no-such-branch" in caught.value.message
