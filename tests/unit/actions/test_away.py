"""What moved since the last session, in a real repository."""

import os
import subprocess
from pathlib import Path

import pytest

from passdown.actions.away import away
from passdown.actions.resume import break_of
from passdown.briefing.away import Away
from passdown.model.ids import content_hash
from passdown.model.record import Record
from passdown.model.session import CheckFact, FileFact, Session
from passdown.project import open_project

ENDED, NOW = "2026-09-01T12:00:00Z", "2026-11-20T09:00:00Z"


def git(root: Path, *words: str, at: str) -> None:
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, env={**os.environ, "GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": at})


def commit(root: Path, files: dict[str, str], subject: str, at: str) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    git(root, "add", "-A", at=at)
    git(root, "commit", "-qm", subject, at=at)


def test_a_long_break(tmp_path: Path) -> None:
    """Commits, areas, own files, branches, dependencies, what expired, what to check, what to read."""
    root = tmp_path / "shop"
    root.mkdir()
    git(root, "init", "-q", at=ENDED)
    commit(root, {"src/api/a.py": "a = 1\n", "src/api/b.py": "b = 1\n", "requirements.txt": "click==8.1\n"}, "Begin", "2026-08-30T10:00:00Z")
    git(root, "checkout", "-qb", "topic/x", at=ENDED)
    commit(root, {"src/api/c.py": "c = 1\n"}, "Work", "2026-08-31T10:00:00Z")
    git(root, "checkout", "-q", "main", at=ENDED)
    git(root, "merge", "-q", "--no-ff", "-m", "Merge branch 'topic/x'", "topic/x", at="2026-09-10T10:00:00Z")
    commit(root, {"src/api/a.py": "a = 2\n", "requirements.txt": "click==8.2\n", "docs/decisions.md": "# Decisions\n"}, "Two", "2026-09-11T10:00:00Z")
    last = Session("s", "codex", "2026-09-01T11:00:00Z", ENDED, branch="topic/x", branches=("topic/x", "topic/gone", "topic/never-here"),
                   refs=("topic/x", "topic/gone"),
                   tool_calls=9, goal="Go on",
                   files=(FileFact("src/api/a.py", edits=2, last="2026-09-01T11:10:00Z", seen=content_hash("a = 1\n")),
                          FileFact("src/api/old.py", edits=1, last="2026-09-01T11:10:00Z", seen=content_hash("x"))),
                   checks=(CheckFact("pytest", "pytest -q", True, at="2026-09-01T11:30:00Z"),))
    record = Record("01m3250v00yn62s6", "test-data", "User 7 has orders", details={"expires": "2026-10-01"})
    found = away(open_project(root, NOW), last, [last], [record])

    assert (found.days, found.commits, found.areas) == (79, 1, (("docs", 1), ("src/api", 1)))
    assert [(path, note[:4]) for path, note in found.files] == [("src/api/a.py", "~ by"), ("src/api/old.py", "✗")]
    assert (found.merged, found.deleted) == (("topic/x",), ("topic/gone",))
    assert found.dependencies == ("click 8.1 → 8.2",)
    assert found.expired == ('"User 7 has orders" (expired on 2026-10-01)',)
    assert found.check == ("`pytest -q`, which passed 11 weeks ago (2 files changed since)",)
    assert found.read == ("docs/decisions.md", "src/api/a.py")


@pytest.mark.parametrize("ended", ["2026-11-20T08:00:00Z", "2026-11-19T09:30:00Z", "", "yesterday"])
def test_no_break_costs_nothing(repository: Path, ended: str) -> None:
    """After less than a day, or a time that is not known, nothing is looked at."""
    project = open_project(repository, NOW)

    assert break_of(project, [Session("s", "codex", ended, ended, tool_calls=9)], [], NOW) == Away()
    assert break_of(project, [], [], NOW) == Away()


def test_a_day_is_a_break(repository: Path) -> None:
    """It is measured from the last session in which something was done, not from one that only asked."""
    asked = Session("t", "codex", "2026-11-20T08:00:00Z", "2026-11-20T08:00:00Z")
    worked = Session("s", "codex", "2026-11-17T08:00:00Z", "2026-11-17T08:00:00Z", tool_calls=9)

    assert break_of(open_project(repository, NOW), [asked, worked], [], NOW).days == 3
