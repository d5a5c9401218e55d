"""What the last session changed, as documents say it."""

from passdown.formats.base import Commit, GitState, Material
from passdown.formats.parts import changes, log, thread, work
from passdown.formats.parts.continuation import Step, read_first
from passdown.model.session import CommitFact, FileFact, Session

WHY = "The loop must drain twice."
LAST = Session("s1", "codex", started="2026-11-20T08:00:00Z", ended="2026-11-20T09:00:00Z", files=(
    FileFact("a.py", edits=1, why=WHY), FileFact("b.py", edits=1, why=WHY), FileFact("c.py", created=True, edits=1, why="Let me add it."),
    FileFact("d/index.md", edits=2, why=WHY), FileFact("e/index.md", edits=1)))
MATERIAL = Material("2026-11-20T10:00:00Z", sessions=(LAST,), git=GitState("main", changed=(("b.py", " M"),)),
                    existing=frozenset(("a.py", "b.py", "c.py", "d/index.md", "e/index.md")))


def test_one_reason_is_said_once_with_all_its_files() -> None:
    """What became of each stands with it; an announcement is left out."""
    assert [i.text for i in changes.files_modified(MATERIAL)] == [
        "- `a.py` (1 edit), `b.py` (1 edit, not committed), `d/index.md` (2 edits): The loop must drain twice.",
        "- `c.py` - created", "- `e/index.md` - 1 edit"]


def test_other_lists_of_files_say_it_once_too() -> None:
    """What a session did, key files, what to read first, rows of commits."""
    assert thread.did(LAST)[:2] == ["- `a.py`, `b.py`, `d/index.md`: The loop must drain twice.", "- `c.py`"]
    assert next(i.text for i in log.key_files(MATERIAL)) == "- `a.py`, `b.py`, `d/index.md` - The loop must drain twice."
    assert read_first(MATERIAL, Step())[:2] == ["`a.py` - edited in the last session: The loop must drain twice.", "`b.py` - edited in the last session"]
    made = tuple(Commit(sha * 40, f"Commit {sha}", "2026-11-20", ("a.py",)) for sha in "ab")
    last = Session("s1", "codex", files=LAST.files, commits=tuple(CommitFact(c.sha, c.subject) for c in made))
    rows = [i.text for i in work.commits(Material("2026-11-20T10:00:00Z", sessions=(last,), git=GitState("main", commits=made)))]
    assert [WHY in row for row in rows] == [True, False]


def test_documents_of_one_name_are_told_with_their_folders() -> None:
    """A list of the same name three times tells nothing."""
    assert [i.text for i in changes.documents(MATERIAL)] == ["- d/index.md - `d/index.md`", "- e/index.md - `e/index.md`"]
