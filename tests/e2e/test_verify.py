"""`passdown verify` on a real repository: what was noted, held against what became of it."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
QUEUE = """import os


def drain(queue):
    rows = queue.read()
    queue.close()
    return rows


def fill(queue, rows):
    queue.write(rows)
    queue.flush()
"""


def git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


def commit(root: Path, subject: str) -> str:
    git(root, "add", "-A")
    git(root, "commit", "-qm", subject)
    return git(root, "rev-parse", "HEAD")


@pytest.fixture
def noted(repository: Path, passdown: Passdown) -> Callable[..., str]:
    """`note` in a repository with a module, a manifest and a store; returns the record's id."""
    (repository / "src").mkdir()
    (repository / "src" / "queue.py").write_text(QUEUE)
    (repository / "package.json").write_text('{"scripts": {"lint": "eslint ."}}\n')
    commit(repository, "Add the queue")
    passdown("init", "--private")

    def note(*words: str) -> str:
        record: dict[str, Any] = json.loads(passdown("note", *words, "--json").stdout)["record"]
        return str(record["id"])

    return note


def findings(passdown: Passdown, *words: str, code: int = 1) -> dict[str, tuple[str, str]]:
    """(code, message without how long ago) by record."""
    said = json.loads(passdown("verify", "--json", *words, code=code).stdout)
    return {f["where"]: (f["code"], re.sub(r"\d+ (?:s|min) ago ", "", f["message"])) for f in said["findings"]}


def test_nothing_changed_is_nothing_found(noted: Callable[..., str], passdown: Passdown) -> None:
    """Exit code 0, and how many claims hold."""
    noted("knowledge", "The queue is closed by its reader", "--file", "src/queue.py:4-7", "--file", "src/queue.py#fill", "--file", "nowhere.py")

    assert findings(passdown, code=0) == {}
    assert "1 record, 3 claims: 2 hold, 1 not verified, 0 findings." in passdown("verify").stderr


def test_places_are_told_with_what_became_of_them(noted: Callable[..., str], passdown: Passdown, repository: Path) -> None:
    """Changed by which commit and how much, signature changed, moved to where; a place that only shifted is no finding."""
    lines = noted("knowledge", "The queue is closed by its reader", "--file", "src/queue.py:4-7")
    symbol = noted("decision", "Fill takes rows", "--file", "src/queue.py#fill")
    shifted = noted("knowledge", "It imports os", "--file", "src/queue.py:1")
    (repository / "src" / "queue.py").write_text("# Queue\n" + QUEUE.replace("queue.close()", "queue.shut()").replace("(queue, rows)", "(queue, *, rows)"))
    sha = commit(repository, "Shut it")
    first = findings(passdown)
    git(repository, "mv", "src/queue.py", "src/pipe.py")
    commit(repository, "Call it a pipe")
    second = findings(passdown)

    assert first == {lines: ("changed", f'src/queue.py:4-7 changed by {sha[:7]} "Shut it" (1 of 4 lines)'),
                     symbol: ("signature-changed", f'src/queue.py#fill signature of `fill` changed by {sha[:7]} "Shut it"')}
    assert second[shifted] == ("moved", "src/queue.py:1 moved to src/pipe.py:2")
    assert second[lines] == ("moved", "src/queue.py:4-7 moved to src/pipe.py, and changed")


def test_what_rests_on_other_things(noted: Callable[..., str], passdown: Passdown, repository: Path) -> None:
    """Commands, branches, commits, days, records and what was said not to be there."""
    command = noted("command", "npm run lint")
    absent = noted("task", "`src/retry.py` does not exist yet", "--file", "src/retry.py")
    dated = noted("test-data", "User 7 has three orders", "--expires", "2020-01-01")
    old = noted("decision", "Retry three times")
    resting = noted("knowledge", f"The delays follow from {old}")
    git(repository, "checkout", "-qb", "topic/retry")
    branch = noted("task", "Finish the retries")
    sha = commit_file(repository, "src/other.py", "Begin")
    named = noted("knowledge", f"Retries were begun in {sha}")
    git(repository, "commit", "-q", "--amend", "-m", "Begin anew")
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "--no-ff", "-m", "Merge branch 'topic/retry'", "topic/retry")
    (repository / "package.json").write_text('{"scripts": {}}\n')
    (repository / "src" / "retry.py").write_text("x = 1\n")
    passdown("supersede", old, "Retry five times")
    found = findings(passdown)

    assert {id_: code for id_, (code, _) in found.items()} == {
        command: "command-gone", absent: "contradicted", dated: "expired", resting: "superseded", branch: "branch-merged", named: "commit-gone"}


def commit_file(root: Path, path: str, subject: str) -> str:
    (root / path).write_text("x = 1\n")
    return commit(root, subject)


def test_only_what_is_asked_for(noted: Callable[..., str], passdown: Passdown) -> None:
    """Ids name records; from which severity on the exit code is 1 can be said; an unknown id is an error of its own."""
    dated = noted("knowledge", "It holds for a while", "--expires", "2020-01-01")
    other = noted("knowledge", "It holds", "--file", "src/queue.py")

    assert findings(passdown, other, code=0) == {}
    assert findings(passdown, dated)[dated][0] == "expired"
    assert "expired on 2020-01-01" in passdown("verify", code=1).stdout
    passdown("verify", "zzzzzz", code=30)


def test_outside_git_files_alone_are_looked_at(tmp_path: Path, passdown: Passdown) -> None:
    """What is there can be held against records without a repository."""
    (tmp_path / "plain").mkdir()
    file = tmp_path / "plain" / "a.py"
    file.write_text("x = 1\ny = 2\n")
    passdown("init", cwd=tmp_path / "plain")
    passdown("note", "knowledge", "It is two", "--file", "a.py:2", cwd=tmp_path / "plain")
    file.write_text("x = 1\n")

    assert "changed" in passdown("verify", cwd=tmp_path / "plain", code=1).stdout
