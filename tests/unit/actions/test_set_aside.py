"""What a user set aside in so many words."""

import json
from pathlib import Path

import pytest

from passdown.actions.capture import capture
from passdown.actions.guard import guard
from passdown.actions.init import init
from passdown.actions.look import records
from passdown.actions.note import note
from passdown.actions.refresh import refresh
from passdown.actions.resume import resume
from passdown.model.briefing import Request
from passdown.model.record import Record
from passdown.project import Project, open_project


@pytest.fixture
def project(repository: Path) -> Project:
    opened = open_project(repository, "2026-11-20T09:12:00Z")
    init(opened)
    note(opened, "decision", "The outbox lives in SQLite", details={"alternative": ("Redis: one more server",)})
    return opened


def say(project: Project, folder: Path, text: str) -> list[Record]:
    """Capture a session in which the user says one thing; the records that set something aside."""
    row = {"type": "user", "uuid": "u1", "sessionId": "s1", "timestamp": "2026-11-20T10:00:00Z", "cwd": str(project.root),
           "message": {"role": "user", "content": text}}
    (folder / "s1.jsonl").write_text(json.dumps(row) + "\n")
    capture(project, [folder / "s1.jsonl"])
    refresh(project)
    return [r for r in records(project) if r.detail("approval") == "user" and r.session == "s1"]


def test_what_is_set_aside_is_named_and_no_longer_warned_of(project: Project, tmp_path: Path) -> None:
    """By the user's own words, as the user's word."""
    assert guard(project, "pip install redis", "command")
    [found] = say(project, tmp_path, "I know we decided against Redis for the outbox, use Redis anyway")
    assert (found.kind, found.trust, found.text) == ("decision", "user", "I know we decided against Redis for the outbox, use Redis anyway")
    assert found.detail("overrides") in {r.id for r in records(project, every=True)}
    assert guard(project, "pip install redis", "command") == []


def test_an_exception_is_kept_and_the_decision_goes_on_to_hold(project: Project, tmp_path: Path) -> None:
    """`just this once` sets nothing aside for good."""
    [found] = say(project, tmp_path, "I know we decided against Redis for the outbox, use Redis anyway, just this once for a quick test")
    assert found.detail("overrides") == ""
    assert guard(project, "pip install redis", "command")


@pytest.mark.parametrize("text", ["I know we said no Kafka, use Kafka anyway", "use Redis for the outbox", "why did we decide against Redis?"])
def test_what_sets_nothing_settled_aside_is_no_record(project: Project, tmp_path: Path, text: str) -> None:
    """Neither a matter that nobody settled, nor a prompt that does not say that it knows."""
    assert say(project, tmp_path, text) == []


def test_what_was_set_aside_is_nowhere_in_force(project: Project, tmp_path: Path) -> None:
    """It is listed as superseded, by the user's own word alone: the same prompt gives no other decision; the briefing tells the new word only."""
    words = "I know we decided against Redis for the outbox, use Redis anyway"
    [said] = say(project, tmp_path, words)
    assert [(r.text, r.status, r.superseded_by) for r in records(project, every=True) if r.status == "superseded" and not r.extractor] == [
        ("The outbox lives in SQLite", "superseded", said.id)]
    assert [r.id for r in records(project)] == [said.id]
    text = resume(project, Request(2_000, task="the outbox")).text
    assert words in text
    assert "The outbox lives in SQLite" not in text


def test_settling_again_sets_nothing_else_aside(project: Project, tmp_path: Path) -> None:
    """One prompt sets one matter aside, however often it is looked at."""
    note(project, "decision", "No Redis in the outbox worker", details={"alternative": ("Redis",)})
    for _ in range(2):
        found = say(project, tmp_path, "I know we decided against Redis for the outbox, use Redis anyway")
    assert len(found) == 1


def test_what_a_document_settled_is_set_aside_too(project: Project, tmp_path: Path) -> None:
    """Its words are what is named, so that an edit above them changes nothing; the document itself stays, and the briefing says that it was set aside."""
    (project.root / "docs").mkdir(exist_ok=True)
    (project.root / "docs" / "decisions.md").write_text("# Decisions\n\n## Decision 1: Polars for data frames\n**Alternatives considered:**\n- pandas: slow\n")
    assert guard(project, "pip install pandas", "command")
    [found] = say(project, tmp_path, "I know we decided against pandas for data frames, use pandas anyway")
    assert found.detail("overrides").startswith("x")
    assert guard(project, "pip install pandas", "command") == []
    decisions = project.root / "docs" / "decisions.md"
    decisions.write_text(decisions.read_text().replace("# Decisions\n", "# Decisions\n\nEach with its number.\n"))
    assert guard(project, "pip install pandas", "command") == []
    assert "(set aside on 2026-11-20 by the user)" in resume(project, Request(2_000, task="data frames with polars")).text


def test_the_road_that_is_taken_anyway_is_no_alternative(project: Project, tmp_path: Path) -> None:
    """Also where nothing that was settled is found to be set aside."""
    say(project, tmp_path, "We decided against Kafka for the event bus because of its size, use Kafka anyway for the event bus")
    assert [r.detail("alternative") for r in records(project, kind="decision") if r.extractor] == [""]
