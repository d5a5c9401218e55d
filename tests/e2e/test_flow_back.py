"""What people and agents change in a hand-off document, as a user meets it: real processes, a real repository, a fixed clock."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
NOW, LATER = "2026-11-20T09:12:00Z", "2026-11-21T09:12:00Z"


@pytest.fixture
def store(passdown: Passdown) -> Passdown:
    passdown("init", "--yes")
    return passdown


@pytest.fixture
def document(repository: Path) -> Path:
    return repository / ".tmp" / "SESSION_MEMORY.md"


def handoff(store: Passdown, *words: str, now: str = NOW) -> Any:
    return json.loads(store("handoff", "--json", "--now", now, *words).stdout)


def note(store: Passdown, *words: str) -> str:
    return str(json.loads(store("note", *words, "--json", "--now", NOW).stdout)["record"]["id"])


def record(store: Passdown, id_: str) -> Any:
    return json.loads(store("show", id_, "--json").stdout)


def change(document: Path, was: str, now: str) -> None:
    text = document.read_text()
    assert was in text
    document.write_text(text.replace(was, now, 1))


def test_a_rewritten_line_becomes_the_records_text_and_undo_takes_it_back(store: Passdown, document: Path) -> None:
    """One operation for all edits of a hand-off; the document is ours again afterwards."""
    task, lesson = note(store, "task", "Fix the rounding", "--priority", "high"), note(store, "lesson", "Count in cents", "--why", "floats drift")
    handoff(store)
    change(document, "Fix the rounding", "Fix the rounding of refunds")
    change(document, "floats drift", "floats drift apart")
    done = handoff(store, now=LATER)

    assert {(one["id"], *one["changed"]) for one in done["taken"]} == {(task, "text"), (lesson, "why")}
    assert (record(store, task)["text"], record(store, task)["priority"]) == ("Fix the rounding of refunds", "high")
    assert done["edited"] == []
    assert handoff(store, now=LATER)["state"] == "unchanged"

    store("undo")
    assert (record(store, task)["text"], record(store, lesson)["why"]) == ("Fix the rounding", "floats drift")


def test_a_dry_run_tells_and_keeps_nothing(store: Passdown, document: Path) -> None:
    """What would be taken is shown in the document as it would be."""
    task = note(store, "task", "Fix the rounding")
    handoff(store)
    change(document, "Fix the rounding", "Mend the rounding")
    before = document.read_bytes()
    assert [one["id"] for one in handoff(store, "--dry-run")["taken"]] == [task]
    assert (record(store, task)["text"], document.read_bytes()) == ("Fix the rounding", before)


def test_a_ticked_box_resolves(store: Passdown, document: Path) -> None:
    """`- [x]` in front of a task or a blocker is all that it takes."""
    task, blocker = note(store, "task", "Fix the rounding", "--state", "in progress"), note(store, "blocker", "No sandbox key", "--next", "Ask finance")
    handoff(store)
    for words in ("**In progress:** Fix", "**Blocked:** No sandbox"):
        change(document, f"- {words}", f"- [x] {words}")
    handoff(store)
    assert [(record(store, i)["status"], record(store, i)["details"].get("state")) for i in (task, blocker)] == [("resolved", "done"), ("resolved", None)]
    assert handoff(store)["state"] == "unchanged"


def test_a_conflict_is_shown_and_both_sides_are_kept(store: Passdown, document: Path) -> None:
    """Record and line changed: the line stays byte for byte, the record stays, each hand-off says so until somebody decides."""
    task = note(store, "task", "Fix the rounding")
    handoff(store)
    store("edit", task, "--text", "Fix the rounding in the ledger", "--now", LATER)
    change(document, "Fix the rounding", "Fix the rounding of refunds")
    for _ in range(2):
        done = handoff(store, now=LATER)
        assert [(c["id"], c["document"], c["record"]) for c in done["conflicts"]] == [(task, "Fix the rounding of refunds", "Fix the rounding in the ledger")]
        assert "Fix the rounding of refunds <!--" in document.read_text()
        assert record(store, task)["text"] == "Fix the rounding in the ledger"
    assert f"passdown edit {task} --text 'Fix the rounding of refunds'" in store("handoff", "--now", LATER).stdout


@pytest.mark.parametrize(("prefer", "text"), [("document", "Fix the rounding of refunds"), ("record", "Fix the rounding in the ledger")])
def test_a_conflict_is_decided_either_way(store: Passdown, document: Path, prefer: str, text: str) -> None:
    """`--prefer` says who wins; then both say the same."""
    task = note(store, "task", "Fix the rounding")
    handoff(store)
    store("edit", task, "--text", "Fix the rounding in the ledger", "--now", LATER)
    change(document, "Fix the rounding", "Fix the rounding of refunds")
    handoff(store, "--prefer", prefer, now=LATER)
    assert record(store, task)["text"] == text
    assert f"{text} <!--" in document.read_text()
    assert handoff(store, now=LATER)["conflicts"] == []


def test_a_deleted_line_stays_out_and_is_told(store: Passdown, document: Path) -> None:
    """The record is kept; the line comes back when the record changes, or when it is asked for."""
    lesson = note(store, "lesson", "Count in cents")
    note(store, "lesson", "Write the test first")
    handoff(store)
    line = next(one for one in document.read_text().splitlines(keepends=True) if lesson in one)
    change(document, line, "")
    for _ in range(2):
        done = handoff(store)
        assert done["deleted"] == [lesson]
        assert [f"passdown archive {lesson}" in left["why"] for left in done["left_out"] if left["key"] == lesson] == [True]
        assert lesson not in document.read_text()
    assert record(store, lesson)["status"] == "active"

    store("edit", lesson, "--set", "why=floats drift")
    assert lesson in (handoff(store), document.read_text())[1]
    change(document, next(one for one in document.read_text().splitlines(keepends=True) if lesson in one), "")
    handoff(store)
    assert lesson in (handoff(store, "--restore"), document.read_text())[1]


def test_a_new_line_becomes_a_record_once_and_stays_as_it_is(store: Passdown, document: Path) -> None:
    """Somebody's line in a section of ours: kept as a record of the section's kind, never written a second time."""
    note(store, "lesson", "Count in cents")
    handoff(store)
    document.write_text(document.read_text().rstrip("\n") + "\n- Never trust the *clock*\n  Why: it drifts\n")
    added = handoff(store)["added"]
    assert [(one["kind"], one["title"]) for one in added] == [("lesson", "Never trust the *clock*")]
    kept = record(store, added[0]["id"])
    assert (kept["trust"], kept["why"], kept["agent"]) == ("noted", "it drifts", "document .tmp/SESSION_MEMORY.md")
    assert document.read_text().endswith("- Never trust the *clock*\n  Why: it drifts\n")
    assert (handoff(store)["state"], handoff(store)["added"]) == ("unchanged", [])

    change(document, "Never trust the *clock*", "Never trust the *clock* of a laptop")
    done = handoff(store)
    assert ([one["id"] for one in done["taken"]], done["added"]) == ([added[0]["id"]], [])
    assert document.read_text().count("trust the") == 1


def test_no_place_says_where_the_files_of_this_machine_lie(store: Passdown, repository: Path) -> None:
    """What a document says of another folder stays as it is said, in records and documents that git has, too; a place given outside is refused."""
    (repository / "log.md").write_text(
        "# Session: Refunds\n\n## What Worked\n\n- Batching the webhooks\n  File: ../sibling/client.py:3\n- Paging the ledger\n  File: README.md:1\n")
    imported = json.loads(store("import", "log.md", "--style", "session-log", "--json").stdout)["files"][0]["new"]
    assert "outside" in store("note", "lesson", "Count in cents", "--file", str(repository.parent / "sibling" / "money.py"), code=2).stderr
    noted = note(store, "lesson", "Count in cents")
    store("share", noted, *(one["id"] for one in imported))
    store("handoff", "--out", "HANDOFF.md")
    places = {a["path"] for one in imported for a in record(store, one["id"])["anchors"]}
    text = (repository / "HANDOFF.md").read_text()
    assert places == {"../sibling/client.py", "README.md"}
    assert "../sibling/client.py:3" in text
    assert "Count in cents" in text
    assert str(repository.parent) not in text
    for one in imported:
        path = next((repository / ".passdown" / "records").rglob(f"*{one['id']}*"))
        assert str(repository.parent) not in path.read_text()


def test_a_line_without_its_mark_is_still_its_record(store: Passdown, document: Path) -> None:
    """An agent that takes the comment away, and rewords the line, does not make a second record."""
    lesson = note(store, "lesson", "Count money in cents, never in floats")
    note(store, "lesson", "Write the test first")
    handoff(store)
    line = next(one for one in document.read_text().splitlines() if lesson in one)
    change(document, line, "- Count money in cents, never ever in floats")
    done = handoff(store)
    assert (done["added"], done["deleted"]) == ([], [])
    assert record(store, lesson)["text"] == "Count money in cents, never ever in floats"
    assert document.read_text().count("Count money") == 1


def test_another_branch_has_another_document(store: Passdown, repository: Path) -> None:
    """Where git has the document, what one branch's version lacks was not deleted on it."""
    note(store, "lesson", "Count in cents", "--share")
    out = ("--out", "MEMORY.md")
    handoff(store, *out)
    for words in (("add", "-A"), ("commit", "-qm", "Memory"), ("checkout", "-qb", "topic")):
        subprocess.run(["git", *words], cwd=repository, check=True)
    newer = note(store, "lesson", "Write the test first", "--share")
    handoff(store, *out)
    for words in (("add", "-A"), ("commit", "-qm", "More"), ("checkout", "-q", "main"), ("checkout", "-q", "topic", "--", ".passdown")):
        subprocess.run(["git", *words], cwd=repository, check=True)
    done = handoff(store, *out)
    assert done["deleted"] == []
    assert newer in (repository / "MEMORY.md").read_text()


def test_a_moved_repository_still_knows_what_it_wrote(store: Passdown, passdown: Passdown, repository: Path) -> None:
    """A line that was deleted before the move stays deleted, one that was added becomes a record; a linked work tree has documents of its own."""
    note(store, "task", "Fix the rounding")
    note(store, "lesson", "Count in cents")
    handoff(store)
    moved = repository.rename(repository.with_name("moved"))
    linked = moved.with_name("linked")
    subprocess.run(["git", "worktree", "add", "-q", str(linked)], cwd=moved, check=True)
    document = moved / ".tmp" / "SESSION_MEMORY.md"
    lines = [line for line in document.read_text().split("\n") if "Count in cents" not in line]
    document.write_text("\n".join(lines).replace("Fix the rounding", "Round once"))

    here = json.loads(passdown("handoff", "--json", "--now", LATER, cwd=moved).stdout)
    assert (len(here["deleted"]), len(here["taken"])) == (1, 1)
    there = json.loads(passdown("handoff", "--json", "--now", LATER, cwd=linked).stdout)
    assert (there["state"], there["deleted"]) == ("written", [])
    assert json.loads(passdown("handoff", "--json", "--now", LATER, cwd=moved).stdout)["state"] == "unchanged"


def test_a_document_written_by_others_is_not_taken_for_ours(store: Passdown, document: Path) -> None:
    """Lines that stood there before us are no new ones; the report says how to take them in."""
    document.parent.mkdir()
    document.write_text("# Memory\n\n## 13. Lessons Learned\n\n- Never trust the clock\n")
    done = handoff(store)
    assert (done["added"], done["unknown"]) == ([], 1)
    assert handoff(store)["added"] == []
    store("import", str(document))
    assert handoff(store)["unknown"] == 0
    assert document.read_text().count("Never trust the clock") == 1


def test_a_secret_in_an_edit_reaches_no_record(store: Passdown, document: Path) -> None:
    """An edit is redacted before it is read."""
    secret = "ghp_" + "R4nd0mLettersAndD1gits" + "ForTests99x3kQ"
    lesson = note(store, "lesson", "Count in cents")
    handoff(store)
    change(document, "Count in cents", f"Use {secret}")
    document.write_text(document.read_text().rstrip("\n") + f"\n- The token is {secret}\n")
    handoff(store)
    assert "REDACTED" in record(store, lesson)["text"].upper()
    for path in (*(document.parents[1] / ".git" / "passdown").rglob("*"), document):
        assert not path.is_file() or secret.encode() not in path.read_bytes(), path


def test_a_rewritten_line_of_a_record_that_moved_on_is_not_lost(store: Passdown, document: Path) -> None:
    """The task was resolved meanwhile and stands in another section: somebody's words go to the archive, and the conflict is told."""
    task = note(store, "task", "Fix the rounding", "--priority", "high")
    note(store, "task", "Write the refund flow", "--priority", "high")
    handoff(store)
    store("resolve", task, "--now", LATER)
    change(document, "Fix the rounding", "Fix the rounding of Norwegian crowns")
    done = handoff(store, now=LATER)
    assert [one["id"] for one in done["conflicts"]] == [task]
    assert "Norwegian crowns" in document.read_text().split("## Archive")[1]
    assert handoff(store, now=LATER)["state"] == "unchanged"


@pytest.mark.parametrize("words", [("--restore",), ("--prefer", "record")])
def test_what_was_measured_and_rewritten_is_measured_again_when_asked_for(store: Passdown, document: Path, words: tuple[str, ...]) -> None:
    """Left alone it stays and the report says what helps; `--restore` and `--prefer record` measure, and the mark counts again."""
    handoff(store)
    change(document, "Branch: main", "Branch: somewhere else")

    assert "--restore measures again" in store("handoff", "--now", LATER).stdout
    assert "Branch: somewhere else" in document.read_text()
    assert handoff(store, *words, now=LATER)["edited"] == []
    assert "Branch: main" in document.read_text()


def test_what_has_expired_is_named_as_left_out(store: Passdown, document: Path) -> None:
    """No document says it any more, and neither the hand-off nor the export passes over it in silence."""
    id_ = note(store, "test-data", "checkpoint a3f9c1 has 3 sessions", "--as-of", "2026-11-01", "--expires", "2026-11-10")
    done = handoff(store)
    exported = json.loads(store("export", "--all", "--json", "--now", NOW).stdout)

    assert "a3f9c1" not in document.read_text()
    for left in (done["left_out"], exported["left_out"]):
        assert [(one["key"], one["why"]) for one in left if one["key"] == id_] == [(id_, "expired on 2026-11-10")]


@pytest.fixture
def ticked(store: Passdown, repository: Path) -> tuple[Path, dict[str, str]]:
    """A session log with boxes, and the ids of what stands behind them."""
    ids = {"approach": note(store, "approach", "Install by a link", "--outcome", "untried"), "task": note(store, "task", "Write the client", "--state", "done"),
           "milestone": note(store, "milestone", "First release"), "todo": note(store, "task", "Write the refunds")}
    handoff(store, "--style", "session-log", "--out", "log.md", "--include-private")
    return repository / "log.md", ids


def test_a_tick_that_is_taken_back_opens_the_task_again(store: Passdown, ticked: tuple[Path, dict[str, str]]) -> None:
    """Also in a section that says of all its lines that they are done."""
    log, ids = ticked
    change(log, "- [x] Write the client", "- [ ] Write the client")
    change(log, "- [ ] Write the refunds", "- [x] Write the refunds")
    done = handoff(store, "--style", "session-log", "--out", "log.md", "--include-private")
    assert ({one["id"] for one in done["taken"]}, done["conflicts"]) == ({ids["task"], ids["todo"]}, [])
    client, refunds = record(store, ids["task"]), record(store, ids["todo"])
    assert (client["status"], client["state"], refunds["status"]) == ("active", "open", "resolved")
    assert "- [ ] Write the client" in log.read_text()


def test_a_tick_without_a_meaning_stays_and_is_told(store: Passdown, ticked: tuple[Path, dict[str, str]]) -> None:
    """Whether a ticked idea worked is not known, nor what a milestone without its tick is."""
    log, ids = ticked
    change(log, "- [ ] Install by a link", "- [x] Install by a link")
    change(log, "- [x] **Milestone:** First release", "- [ ] **Milestone:** First release")
    for _ in range(2):
        done = handoff(store, "--style", "session-log", "--out", "log.md", "--include-private")
        assert {one["id"] for one in done["conflicts"]} == {ids["approach"], ids["milestone"]}
        assert "- [x] Install by a link" in log.read_text()
        assert "- [ ] **Milestone:** First release" in log.read_text()


def test_a_free_paragraph_becomes_no_record(store: Passdown, document: Path) -> None:
    """It stays, and counts among the lines that are none; a list item beside it becomes one."""
    note(store, "lesson", "Count in cents")
    handoff(store)
    change(document, "- Count in cents", "Ask Anna before any of this is changed.\n\n- Trust no clock\n- Count in cents")
    done = handoff(store)
    assert [record(store, one["id"])["text"] for one in done["added"]] == ["Trust no clock"]
    assert done["unknown"] == 1
    assert handoff(store)["added"] == []
    assert "Ask Anna before any of this is changed.\n" in document.read_text()
