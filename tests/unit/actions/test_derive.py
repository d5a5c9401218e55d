"""What is at the places that a session names: seen at its end, once."""

import os
import subprocess
from pathlib import Path

from passdown.actions.derive import kept, write_derived
from passdown.actions.init import init
from passdown.formats import session_file
from passdown.model.anchor import Anchor
from passdown.model.ids import content_hash
from passdown.model.record import Record
from passdown.model.session import CommitFact, FileFact, Session
from passdown.project import open_project

RECORD = Record("x3250v00yn62s600", "knowledge", "`drain()` in a.py closes the queue", trust="extracted", session="s", anchors=(Anchor("a.py"), Anchor("b.py")))
OLD, NEW = "def drain(queue):\n    queue.close()\n", "def drain(queue):\n    queue.shut()\n"


def commit(root: Path, text: str, at: str) -> None:
    (root / "a.py").write_text(text)
    (root / "b.py").write_text(text)
    for words in (("add", "-A"), ("commit", "-qm", "Write")):
        subprocess.run(["git", *words], cwd=root, check=True, env={**os.environ, "GIT_COMMITTER_DATE": at})


def anchors(root: Path, now: str, *, ended: str) -> tuple[Anchor, ...]:
    project = open_project(root, now)
    if not project.initialised:
        init(project)
    write_derived(project, Session("s", "codex", ended=ended, files=(FileFact("b.py", edits=1),)), [RECORD])
    return next(iter(kept(project, "s"))).anchors


def test_a_later_capture_does_not_see_again(repository: Path) -> None:
    """What was seen first is what the record rests on; the symbol that the file defines is the anchor's."""
    commit(repository, OLD, "2026-11-20T08:00:00Z")
    first = anchors(repository, "2026-11-20T09:10:00Z", ended="2026-11-20T09:00:00Z")
    commit(repository, NEW, "2026-11-20T09:20:00Z")
    second = anchors(repository, "2026-11-20T09:30:00Z", ended="2026-11-20T09:29:00Z")

    assert (first[0].symbol, first[0].seen) == ("drain", content_hash(OLD))
    assert second == first


def test_an_old_session_is_seen_in_the_history(repository: Path) -> None:
    """As the last commit of then has it; what the session changed itself came later, and is seen as it is."""
    commit(repository, OLD, "2026-09-01T08:00:00Z")
    commit(repository, NEW, "2026-11-01T08:00:00Z")
    found = anchors(repository, "2026-11-20T09:30:00Z", ended="2026-09-02T09:00:00Z")

    assert [a.seen for a in found] == [content_hash(OLD), content_hash(NEW)]


def test_what_git_had_at_a_capture_is_remembered(repository: Path) -> None:
    """Commits and branches of another clone are not known here; one that was, stays known when it is not there any more."""
    subprocess.run(["git", "checkout", "-qb", "topic/x"], cwd=repository, check=True)
    commit(repository, OLD, "2026-11-20T08:00:00Z")
    sha = subprocess.run(["git", "rev-parse", "HEAD"], cwd=repository, check=True, capture_output=True, text=True).stdout.strip()
    facts = Session("s", "codex", started="2026-09-01T09:00:00Z", branch="topic/x", branches=("main", "topic/x", "topic/elsewhere"),
                    commits=(CommitFact(sha, "Write"), CommitFact("f" * 40, "Elsewhere")))
    project = open_project(repository, "2026-11-20T09:30:00Z")
    init(project)
    for words in ((), ("checkout", "-q", "main"), ("branch", "-qD", "topic/x"), ("reflog", "expire", "--expire=now", "--all"), ("gc", "-q", "--prune=now")):
        subprocess.run(["git", *(words or ("status", "-s"))], cwd=repository, check=True, capture_output=True)
        write_derived(project, facts, [])
    [path] = project.layout.session("", "", "s").parent.glob("*.md")
    found = session_file.parse(path.read_text())

    assert [c.known for c in found.commits] == [True, False]
    assert found.refs == ("topic/x", "main")
