"""A secret in a subject or in the name of a branch comes out nowhere, wherever a cut falls."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random

from passdown import githistory, gitrepo
from passdown.actions.away import away
from passdown.actions.init import init
from passdown.actions.note import note
from passdown.model.session import CommitFact, FileFact, Session
from passdown.project import open_project
from passdown.redaction.fakes import fake
from passdown.redaction.table import RULES

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
PADS = range(64)
AT_ONCE = 12  # characters of a secret that no text may have in a row
TOKEN = fake(next(rule for rule in RULES if rule.code == "github-token"), Random(7))
LATER = "2032-11-20T09:00:00Z"


def git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


def leaks(text: str) -> list[str]:
    return [piece for at in range(len(TOKEN) - AT_ONCE + 1) if (piece := TOKEN[at: at + AT_ONCE]) in text]


def noted(root: Path) -> None:
    """A record a file; then each file is changed by a commit whose subject has the secret a character further on."""
    for pad in PADS:
        (root / f"f{pad}.py").write_text("a = 1\n")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Begin")
    project = open_project(root)
    init(project, private_only=True)
    for pad in PADS:
        note(project, "knowledge", f"Number {pad} is worth knowing", {}, [f"f{pad}.py:1"])
        (root / f"f{pad}.py").write_text("b = 2\n")
        git(root, "commit", "-qam", f"{'x' * pad} {TOKEN} now")


def test_verify_and_resume_cut_no_secret_in_two(repository: Path, passdown: Passdown) -> None:
    """In what is printed and in what is kept for the hooks, the secret is named as one that was replaced."""
    noted(repository)
    printed = [passdown(*words, code=None).stdout for words in (("verify",), ("verify", "--json"), ("resume", "--json", "--budget", "4000"), ("capture",))]
    kept = [path.read_bytes().decode("latin-1") for path in (repository / ".git" / "passdown").rglob("*") if path.is_file()]

    assert len(json.loads(printed[1])["findings"]) == len(PADS)
    assert "[REDACTED:github-token" in printed[0]
    assert [leak for text in (*printed, *kept) for leak in leaks(text)] == []


def test_merges_of_long_names_cut_no_secret_in_two(repository: Path) -> None:
    """Names of branches, subjects of merges, and what became of a session's files after a long break."""
    files = []
    for pad in PADS[::3]:
        name, path = f"topic/{'y' * pad}-{TOKEN}", f"f{pad}.py"
        git(repository, "checkout", "-qb", name)
        (repository / path).write_text("a = 1\n")
        git(repository, "add", "-A")
        git(repository, "commit", "-qm", f"{'x' * pad} {TOKEN}")
        git(repository, "checkout", "-q", "main")
        git(repository, "merge", "-q", "--no-ff", "-m", f"Merge branch '{name}'", name)
        files.append(FileFact(path, edits=1, seen="sha256:" + "0" * 64))
    place = gitrepo.locate(repository)
    assert place is not None
    last = Session("s", "codex", "2020-01-01T09:00:00Z", "2020-01-01T10:00:00Z", branch="topic/x", tool_calls=9, files=tuple(files),
                   commits=(CommitFact("f" * 40, "Do"),))
    found = away(open_project(repository, LATER), last, [last], [])
    names = [*githistory.branches(place), *githistory.switched(place), *(name for _, name in githistory.branch_times(place))]

    assert len(found.merged) == len(files) == len(found.files)
    assert leaks(repr(found)) == leaks("\n".join(names)) == []
    assert leaks(repr([gitrepo.commits(place), gitrepo.commits_with_files(place), githistory.merges(place, "HEAD")])) == []
