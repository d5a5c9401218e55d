"""What of records and sessions can be held against a repository."""

from passdown.model.anchor import Anchor
from passdown.model.record import Record
from passdown.model.session import CheckFact, CommitFact, FileFact, Session
from passdown.verification.base import Branch, CommitNamed, Left, Place, Ran, Rests, Runs, Says, Until
from passdown.verification.claims import of_record, of_session

ID, OTHER = "01m3250v00yn62s6", "01m3250v00yn62s7"


def test_everything_that_a_record_names() -> None:
    """Places, commits, branches, records, days; numbers and words that only look like commits are none."""
    text = f"Since 1a2b3c4d the branch `topic/retry` is not merged yet; see {OTHER}, 1234567 and defaced"
    record = Record(ID, "task", text, created="2026-11-01T10:00:00Z", branch="topic/x", anchors=(Anchor("a.py"),), details={"expires": "2026-12-01"})

    assert list(of_record(record)) == [
        Place(Anchor("a.py")), CommitNamed("1a2b3c4d"), Branch("topic/x"), Branch("topic/retry"), Rests(OTHER), Until("2026-12-01"),
        Says(text, "2026-11-01T10:00:00Z", (Anchor("a.py"),))]


def test_what_was_learnt_on_a_branch_outlives_it() -> None:
    """Only open work is held against the branch on which it was said; a trunk is never left."""
    assert list(of_record(Record(ID, "knowledge", "It is so", branch="topic/x"))) == []
    assert list(of_record(Record(ID, "task", "Do it", branch="main"))) == []


def test_the_command_line_of_a_command() -> None:
    """Between backticks where there are some, else the title."""
    assert list(of_record(Record(ID, "command", "Run `make test` first", details={"outcome": "ok"}))) == [Runs("make test")]
    assert list(of_record(Record(ID, "command", "make test\n\nIt takes long.", details={"cwd": "web"}))) == [Runs("make test", "", "web")]


def test_what_a_session_left() -> None:
    """Its checks with what was edited after them, branch, commits, and uncommitted work."""
    session = Session(
        "s", "codex", branch="topic/x", refs=("topic/x",), end_head="f" * 40, uncommitted=("a.py",), cwd="/home/dev/shop",
        commits=(CommitFact("e" * 40, "Do", known=True),),
        files=(FileFact("a.py", edits=1, last="2026-11-01T10:00:00Z", seen="sha256:1"), FileFact("b.py", reads=3, last="2026-11-01T11:00:00Z")),
        checks=(CheckFact("pytest", "pytest", True, at="2026-11-01T09:00:00Z"),))

    assert list(of_session(session)) == [
        Ran("pytest", True, "2026-11-01T09:00:00Z", ("a.py",), {"a.py": "sha256:1"}), Branch("topic/x", ("e" * 40, "f" * 40), seen=True),
        CommitNamed("e" * 40, made=True), Left("a.py", "f" * 40, "sha256:1", "/home/dev/shop")]


def test_a_session_of_another_clone_saw_nothing_of_this_one() -> None:
    """Its branch and commits are not known to have been here."""
    session = Session("s", "codex", branch="topic/x", commits=(CommitFact("e" * 40, "Do"),))

    assert list(of_session(session)) == [Branch("topic/x", ("e" * 40,)), CommitNamed("e" * 40)]
