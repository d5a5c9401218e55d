"""What became of uncommitted work, and what was touched, in real repositories."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from passdown.actions.view import view_of
from passdown.model.ids import content_hash
from passdown.project import open_project
from passdown.verification.base import Left

TEXT = "# Half done\n"


def git(root: Path, *words: str, at: str = "2030-11-20T09:00:00Z") -> str:
    env = {**os.environ, "GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": at}
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True, env=env).stdout.strip()


def left(root: Path, path: str = "README.md", *, cwd: Path | None = None, known: bool = True) -> Left:
    """What a session leaves that writes a file and ends."""
    (root / path).write_text(TEXT)
    return Left(path, git(root, "rev-parse", "HEAD"), content_hash(TEXT) if known else "", str(cwd or root))


def became(root: Path, claim: Left) -> str:
    with view_of(open_project(root), [claim]) as view:
        return view.left(claim)


def nothing(root: Path) -> None:
    git(root, "status")


def thrown_away(root: Path) -> None:
    git(root, "checkout", "-q", "README.md")


def committed(root: Path) -> None:
    git(root, "commit", "-qam", "Finish it", at="2030-11-20T10:00:00Z")


def changed_and_committed(root: Path) -> None:
    (root / "README.md").write_text("# Done\n")
    committed(root)


def on_another_branch(root: Path) -> None:
    git(root, "checkout", "-qb", "topic/x")
    committed(root)
    git(root, "checkout", "-q", "main")


def stashed(root: Path) -> None:
    git(root, "stash", "-q", at="2030-11-20T10:00:00Z")


def stashed_below_another(root: Path) -> None:
    stashed(root)
    (root / "other.txt").write_text("x\n")
    git(root, "stash", "-qu", at="2030-11-20T11:00:00Z")


def committed_and_reset(root: Path) -> None:
    committed(root)
    git(root, "reset", "-q", "--hard", "HEAD~1")


def taken_to_another_tree(root: Path) -> None:
    git(root, "worktree", "add", "-q", "../side", "-b", "side")
    (root / "README.md").rename(root.parent / "side" / "README.md")
    thrown_away(root)


WAYS = [(nothing, "there"), (thrown_away, "gone"), (committed, "committed"), (changed_and_committed, "committed"), (on_another_branch, ""), (stashed, ""),
        (stashed_below_another, ""), (committed_and_reset, ""), (taken_to_another_tree, "")]


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(("way", "what"), WAYS, ids=[way.__name__ for way, _ in WAYS])
def test_what_became_of_uncommitted_work(repository: Path, way: Callable[[Path], None], what: str, *, known: bool) -> None:
    """Gone is said only when no branch, stash, log of references or other work tree has it, whether its content was seen or not."""
    claim = left(repository, known=known)
    way(repository)

    assert became(repository, claim) == what


@pytest.mark.parametrize("known", [True, False])
def test_a_new_file_that_is_stashed_or_ignored_is_not_gone(repository: Path, *, known: bool) -> None:
    """A stash has what was not tracked in a commit of its own."""
    claim = left(repository, "new.txt", known=known)
    git(repository, "stash", "-qu")
    assert became(repository, claim) == ""
    git(repository, "stash", "pop", "-q")
    (repository / ".git" / "info" / "exclude").write_text("new.txt\n")
    assert became(repository, claim) == ("there" if known else "")
    (repository / "new.txt").unlink()
    assert became(repository, claim) == "gone"


def test_work_of_another_tree_is_not_looked_for_in_this_one(repository: Path, tmp_path: Path) -> None:
    """A session that ran elsewhere lost nothing here, nor one of which nobody knows where it ran."""
    git(repository, "worktree", "add", "-q", str(tmp_path / "side"), "-b", "side")
    claim = left(repository, cwd=tmp_path / "side")
    thrown_away(repository)

    assert became(repository, claim) == ""
    assert became(repository, Left(claim.path, claim.commit, claim.seen)) == ""


def test_own_records_and_odd_names_are_touched_as_they_are(repository: Path) -> None:
    """What is kept below `.passdown/` does not count; a name is told as it is, not as git quotes it."""
    (repository / ".passdown").mkdir()
    for name in (".passdown/config.toml", "ü b.py", 'a "c".py'):
        (repository / name).write_text("1\n")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Add them", at="2030-11-20T10:00:00Z")
    (repository / ".passdown" / "config.toml").write_text("2\n")
    with view_of(open_project(repository), []) as view:
        assert set(view.touched("2030-11-20T09:30:00Z")) == {"ü b.py", 'a "c".py'}
