"""Places that are not here as they were, in real repositories: only what this history or work tree did to them is said of them."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from passdown.actions.facts import seen_at
from passdown.actions.view import view_of
from passdown.model.anchor import Anchor
from passdown.project import open_project
from passdown.verification.base import Place
from passdown.verification.table import verdict

NOW = "2026-11-20T12:00:00Z"
Said = tuple[str, str]


def git(root: Path, *words: str, at: str = "2026-11-20T09:00:00Z") -> str:
    env = {**os.environ, "GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": at}
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True, env=env).stdout.strip()


def write(root: Path, path: str, text: str, subject: str = "") -> str:
    """A file with this text; committed when there is a subject."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)
    if subject:
        git(root, "add", "-A")
        git(root, "commit", "-qm", subject)
    return git(root, "rev-parse", "HEAD")


def seen(root: Path, path: str) -> Anchor:
    return seen_at(root, Anchor(path), commit=git(root, "rev-parse", "HEAD"))


def stands(root: Path, anchor: Anchor) -> Said:
    """Code and note."""
    claim = Place(anchor)
    with view_of(open_project(root, NOW), [claim]) as view:
        said = verdict(claim, view)
    return said.code, said.note


def made_on_a_branch(root: Path) -> Anchor:
    git(root, "checkout", "-qb", "topic/x")
    write(root, "new.py", "x = 1\n", "Begin x")
    return seen(root, "new.py")


def changed_on_a_branch(root: Path) -> Anchor:
    git(root, "checkout", "-qb", "topic/x")
    write(root, "README.md", "# As on x\n", "Change it on x")
    return seen(root, "README.md")


def committed_on_the_branch_later(root: Path) -> Anchor:
    git(root, "checkout", "-qb", "topic/x")
    write(root, "README.md", "# As on x\n")
    anchor = seen(root, "README.md")
    git(root, "commit", "-qam", "Change it on x")
    return anchor


@pytest.mark.parametrize("prepare", [made_on_a_branch, changed_on_a_branch, committed_on_the_branch_later])
def test_what_stands_on_another_branch_is_not_changed(repository: Path, prepare: Callable[[Path], Anchor]) -> None:
    """A switch of branch changes and removes nothing, whether what was seen had been committed then or not."""
    anchor = prepare(repository)
    git(repository, "checkout", "-q", "main")
    write(repository, "other.py", "y = 1\n", "Something else")

    assert stands(repository, anchor) == ("unverified", "on branch topic/x")


def test_what_lies_in_another_work_tree_is_not_gone(repository: Path, tmp_path: Path) -> None:
    """It was made there, and never committed; when it is removed there too, it is gone."""
    git(repository, "worktree", "add", "-q", str(tmp_path / "side"), "-b", "side")
    write(tmp_path / "side", "new.py", "x = 1\n")
    anchor = seen(tmp_path / "side", "new.py")

    assert stands(repository, anchor) == ("unverified", "in another work tree")
    (tmp_path / "side" / "new.py").unlink()
    assert stands(repository, anchor) == ("gone", "")


def test_what_is_not_checked_out_is_not_gone(repository: Path) -> None:
    """A sparse checkout leaves files out that git has."""
    write(repository, "lib/a.py", "x = 1\n")
    write(repository, "src/b.py", "x = 1\n", "Two folders")
    anchor = seen(repository, "lib/a.py")
    git(repository, "sparse-checkout", "set", "src")

    assert not (repository / "lib").exists()
    assert stands(repository, anchor) == ("unverified", "not checked out")


def test_a_submodule_is_not_looked_into(repository: Path, tmp_path: Path) -> None:
    """A commit inside of it is no uncommitted change; a file is not gone where the submodule is not checked out."""
    git(tmp_path, "clone", "-q", str(repository), str(tmp_path / "lib"))
    git(repository, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(tmp_path / "lib"), "lib")
    git(repository, "commit", "-qm", "Use lib")
    anchor = seen(repository, "lib/README.md")
    write(repository / "lib", "README.md", "# Another\n", "Change it in lib")

    assert stands(repository, anchor) == ("changed", "")
    git(repository, "submodule", "deinit", "-q", "-f", "lib")
    assert stands(repository, anchor) == ("unverified", "not checked out")


def test_stashed_work_is_not_changed(repository: Path) -> None:
    """What was seen before it was committed is in the stash."""
    write(repository, "README.md", "# Half done\n")
    anchor = seen(repository, "README.md")
    git(repository, "stash", "-q")

    assert stands(repository, anchor) == ("unverified", "in a stash")


def test_a_file_of_another_clone_is_not_gone(repository: Path) -> None:
    """It was seen at a commit that this one never had."""
    anchor = Anchor("theirs.py", seen="sha256:" + "0" * 64, commit="1a2b3c4d5e6f")

    assert stands(repository, anchor) == ("unverified", "seen at a commit that is not here")


def test_no_commit_is_blamed_that_is_older_than_the_seeing(repository: Path) -> None:
    """Uncommitted work was seen and thrown away: the commits before it have nothing to do with that, though another place is older than they are."""
    write(repository, "a.py", "a = 1\n", "Begin")
    old = seen(repository, "README.md")
    write(repository, "a.py", "a = 2\n", "Older than what was seen")
    write(repository, "README.md", "# Other\n")
    write(repository, "a.py", "a = 3\n")
    anchor = seen(repository, "a.py")
    git(repository, "checkout", "-q", "a.py")
    claims = [Place(anchor), Place(old)]
    with view_of(open_project(repository, NOW), claims) as view:
        said = [verdict(claim, view) for claim in claims]

    assert [(s.code, s.note) for s in said] == [("changed", ""), ("changed", "changed, not committed")]


def test_without_the_time_of_the_seeing_only_what_took_it_out_is_blamed(repository: Path) -> None:
    """A file that a session saw has no commit: a change of what git had is told with it, of what git never had without one."""
    write(repository, "a.py", "a = 1\n", "Begin")
    kept, lost = seen_at(repository, Anchor("a.py")), Anchor("a.py", seen="sha256:" + "0" * 64)
    sha = write(repository, "a.py", "a = 2\n", "Change it")

    assert stands(repository, kept) == ("changed", f'changed 3 h ago by {sha[:7]} "Change it"')
    assert stands(repository, lost) == ("changed", "")


def test_what_a_merge_brought_in_is_blamed(repository: Path) -> None:
    """A commit on a side line counts from when it was merged, though it was made before the place was seen."""
    write(repository, "a.py", "a = 1\n", "Begin")
    git(repository, "checkout", "-qb", "side")
    sha = write(repository, "a.py", "a = 2\n", "Change it aside")
    git(repository, "checkout", "-q", "main")
    write(repository, "b.py", "b = 1\n", "Go on")
    anchor = seen(repository, "a.py")
    git(repository, "merge", "-q", "--no-ff", "-m", "Merge branch 'side'", "side")

    assert stands(repository, anchor) == ("changed", f'changed 3 h ago by {sha[:7]} "Change it aside"')


def test_what_was_removed_here_is_gone(repository: Path, tmp_path: Path) -> None:
    """By the commit that did it, though an old branch and another work tree still have the file."""
    write(repository, "a.py", "a = 1\n", "Begin")
    anchor = seen(repository, "a.py")
    git(repository, "worktree", "add", "-q", str(tmp_path / "side"), "-b", "side")
    git(repository, "rm", "-q", "a.py")
    git(repository, "commit", "-qm", "Remove it")

    code, note = stands(repository, anchor)
    assert (code, note[-11:]) == ("gone", '"Remove it"')
