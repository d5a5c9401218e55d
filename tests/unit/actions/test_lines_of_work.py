"""Branches and commits in real repositories: what was merged where, and what was never here."""

import subprocess
from pathlib import Path

import pytest

from passdown.actions.view import view_of
from passdown.model.session import CommitFact, Session
from passdown.project import open_project
from passdown.verification.base import Branch, Claim, CommitNamed
from passdown.verification.table import verdict


def git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


def commit(root: Path, subject: str) -> str:
    git(root, "commit", "-q", "--allow-empty", "-m", subject)
    return git(root, "rev-parse", "HEAD")


def work(root: Path, branch: str) -> str:
    """A commit on a new branch; the branch is left."""
    back = git(root, "symbolic-ref", "--short", "HEAD")
    git(root, "checkout", "-qb", branch)
    sha = commit(root, "Work")
    git(root, "checkout", "-q", back)
    return sha


def stands(root: Path, claim: Claim, *sessions: Session) -> tuple[str, str]:
    """Code and note, without the commit that a merge has."""
    with view_of(open_project(root), [claim], sessions=sessions) as view:
        said = verdict(claim, view)
    return said.code, said.note.partition(" by ")[0]


def test_without_a_trunk_nothing_is_merged(repository: Path) -> None:
    """No branch is merged into itself, and none is lost."""
    git(repository, "branch", "-m", "topic/x")
    sha = commit(repository, "Work")
    session = Session("s", "codex", branch="topic/x", refs=("topic/x", "topic/y"), commits=(CommitFact(sha, "Work"),))

    assert stands(repository, Branch("topic/x", (sha,), seen=True), session) == ("holds", "")
    assert stands(repository, Branch("topic/y", seen=True), session) == ("unverified", "")


def test_the_trunk_of_the_remote_is_not_merged_into_another(repository: Path, tmp_path: Path) -> None:
    """Its name comes from `origin`."""
    git(repository, "branch", "-m", "production")
    git(repository, "branch", "main")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(repository), str(clone))
    sha = work(clone, "topic/x")
    git(clone, "merge", "-q", "--no-ff", "-m", "Merge branch 'topic/x'", "topic/x")

    assert stands(clone, Branch("production", (git(clone, "rev-parse", "HEAD"),), seen=True)) == ("holds", "")
    assert stands(clone, Branch("topic/x", (sha,))) == ("branch-merged", "was merged into production")


@pytest.mark.parametrize("forward", [True, False])
def test_every_trunk_counts(repository: Path, *, forward: bool) -> None:
    """Merged into develop, though main is there too; with or without a merge commit."""
    git(repository, "checkout", "-qb", "develop")
    sha = work(repository, "topic/x")
    git(repository, "merge", "-q", *(() if forward else ("--no-ff",)), "-m", "Merge branch 'topic/x' into develop", "topic/x")
    session = Session("s", "codex", branch="topic/x", commits=(CommitFact(sha, "Work"),))

    assert stands(repository, Branch("topic/x", (sha,), seen=True), session) == ("branch-merged", "was merged into develop")


def test_new_commits_on_top_are_not_merged(repository: Path) -> None:
    """Neither after a merge nor after a fast-forward, though all that the session made has arrived."""
    sha = work(repository, "topic/x")
    git(repository, "merge", "-q", "--no-ff", "-m", "Merge branch 'topic/x'", "topic/x")
    git(repository, "checkout", "-q", "topic/x")
    commit(repository, "More")
    session = Session("s", "codex", branch="topic/x", commits=(CommitFact(sha, "Work"),))

    assert stands(repository, Branch("topic/x", (sha,), seen=True), session) == ("holds", "")


def test_a_branch_that_was_never_here_is_not_deleted(repository: Path) -> None:
    """One that a work tree was switched to is."""
    sha = work(repository, "topic/x")
    git(repository, "branch", "-qD", "topic/x")

    assert stands(repository, Branch("topic/elsewhere")) == ("unverified", "")
    assert stands(repository, Branch("topic/x", (sha,)))[0] == "branch-deleted"


def test_a_shallow_clone_loses_no_commits(repository: Path, tmp_path: Path) -> None:
    """What it does not have was not fetched; in a whole one it is gone, if it was there."""
    old = git(repository, "rev-parse", "HEAD")
    commit(repository, "Newer")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository}", str(shallow))

    assert stands(shallow, CommitNamed(old, made=True)) == ("unverified", "")
    assert stands(repository, CommitNamed("f" * 40, made=True)) == ("commit-gone", "is not in the repository any more")
    assert stands(repository, CommitNamed("f" * 40)) == ("unverified", "")
