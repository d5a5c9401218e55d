"""What git has in its history, asked of real repositories."""

import subprocess
from pathlib import Path

from passdown import githistory, gitrepo


def git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


def place_of(path: Path) -> gitrepo.Place:
    found = gitrepo.locate(path)
    assert found is not None
    return found


def test_histories_name_what_each_commit_did_to_a_path(repository: Path) -> None:
    """The newest first, with the contents before and after; unknown paths are left out."""
    for text in ("1\n", "2\n"):
        (repository / "a [1].txt").write_text(text)
        gitrepo.commit_all(repository, f"Write {text.strip()}", "2030-01-01T00:00:00Z")
    found = githistory.histories(place_of(repository), ("a [1].txt", "README.md", "nowhere.txt"))

    assert {p: [(s.commit.subject, s.letter) for s in steps] for p, steps in found.items()} == {
        "a [1].txt": [("Write 2", "M"), ("Write 1", "A")], "README.md": [("First commit", "A")]}
    assert git(repository, "cat-file", "blob", found["a [1].txt"][0].before) == "1"


def test_renames_of_a_commit(repository: Path) -> None:
    """Old and new path, and all paths that are in the commit."""
    (repository / "big.txt").write_text("".join(f"line {n}\n" for n in range(30)))
    gitrepo.commit_all(repository, "Add", "2030-01-01T00:00:00Z")
    git(repository, "mv", "big.txt", "other name.txt")
    (repository / "new.txt").write_text("new\n")
    gitrepo.commit_all(repository, "Move", "2030-01-02T00:00:00Z")
    sha = git(repository, "rev-parse", "HEAD")

    assert githistory.renames(place_of(repository), [sha]) == {sha: ({"big.txt": "other name.txt"}, ("new.txt", "other name.txt"))}


def test_commits_are_here_elsewhere_or_nowhere(repository: Path) -> None:
    """In the history of the work tree, on another branch, on none; what is no commit is left out."""
    first = git(repository, "rev-parse", "HEAD")
    git(repository, "checkout", "-qb", "side")
    git(repository, "commit", "-q", "--allow-empty", "-m", "Aside")
    side = git(repository, "rev-parse", "HEAD")
    git(repository, "commit", "-q", "--allow-empty", "-m", "Lost")
    lost = git(repository, "rev-parse", "HEAD")
    git(repository, "reset", "-q", "--hard", side)
    git(repository, "checkout", "-q", "main")

    assert githistory.reached(place_of(repository), [first[:9], side, lost, "deadbeef", "f" * 40]) == {first[:9]: "here", side: "elsewhere", lost: "nowhere"}


def test_merges_are_told_with_what_they_brought_in(repository: Path) -> None:
    """The merge commit, and the tip of the branch."""
    git(repository, "checkout", "-qb", "topic")
    git(repository, "commit", "-q", "--allow-empty", "-m", "Work")
    tip = git(repository, "rev-parse", "HEAD")
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "--no-ff", "-m", "Merge branch 'topic'", "topic")

    assert [(c.subject, tips) for c, tips in githistory.merges(place_of(repository), "HEAD")] == [("Merge branch 'topic'", (tip,))]
    assert githistory.branches(place_of(repository))["refs/heads/topic"] == tip
    assert {name for _, name in githistory.branch_times(place_of(repository))} == {"main", "topic"}


