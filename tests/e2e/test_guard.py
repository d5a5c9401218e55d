"""`passdown guard` by hand."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def settled(repository: Path, passdown: Passdown) -> Path:
    passdown("init", "--yes")
    passdown("note", "decision", "The outbox lives in SQLite", "--why", "one file", "--alternative", "Redis: one more server")
    return repository


def test_what_reopens_a_decision_is_named_with_its_reason(settled: Path, passdown: Passdown) -> None:
    """Exit code 1, the record and why; `--explain` says what they have in common."""
    done = passdown("guard", "--explain", "should we use redis for the outbox instead?", code=1)
    assert "The outbox lives in SQLite" in done.stdout
    assert "why: one file" in done.stdout


def test_what_is_innocent_is_no_finding(settled: Path, passdown: Passdown) -> None:
    """Exit code 0, and words for people on standard error."""
    done = passdown("guard", "fix the typo in the README")
    assert done.stdout == ""
    assert "Nothing settled speaks against it" in done.stderr


def test_scripts_get_json(settled: Path, passdown: Passdown) -> None:
    """A record with its score and what it has in common with the text; read from standard input with `-`."""
    [found] = json.loads(passdown("guard", "--json", "--as", "command", "-", stdin="pip install redis", code=1).stdout)
    assert found["why"] == "one file"
    assert 0 < found["score"] <= 1
    assert found["because"]


def test_e_should_we_use_y_instead_is_answered_with_the_decision_and_its_rationale(repository: Path, passdown: Passdown) -> None:
    """Also where it stands in the project's own documents alone."""
    passdown("init", "--yes")
    (repository / "SESSION_CONTEXT.md").write_text("# Session context\n\n## Where we are\nPhase 1 in progress.\n\n- MLOps is deferred until phase 4.\n")
    (repository / "docs").mkdir()
    (repository / "docs" / "decisions.md").write_text(
        "# Decisions\n\n## Decision 1: Polars for data frames\n**Rationale:** ten times faster\n**Alternatives considered:**\n- pandas: slow\n")
    done = passdown("guard", "should we use pandas instead?", code=1)
    assert "Polars for data frames" in done.stdout
    assert "ten times faster" in done.stdout
    assert "docs/decisions.md" in done.stdout


def test_e_a_deferral_of_a_document_is_not_reopened_without_a_word(repository: Path, passdown: Passdown) -> None:
    """Before its phase it is warned of."""
    passdown("init", "--yes")
    (repository / "SESSION_CONTEXT.md").write_text("# Session context\n\n## Where we are\nPhase 1 in progress.\n\n- MLOps is deferred until phase 4.\n")
    assert "MLOps" in passdown("guard", "let's set up the MLOps pipeline now", code=1).stdout


def test_proposing_a_change_asks_for_the_deviation_to_be_recorded(settled: Path, passdown: Passdown) -> None:
    """With the command that does it."""
    assert "passdown supersede" in passdown("guard", "let's move the outbox to redis", code=1).stderr


def test_a_text_that_sets_the_decision_aside_is_told_so(settled: Path, passdown: Passdown) -> None:
    """The record is named, and nothing speaks against it: exit code 0."""
    done = passdown("guard", "I know we decided against Redis for the outbox, use Redis anyway")
    assert "(set aside by the text itself)" in done.stdout
    assert "The text itself sets it aside" in done.stderr


def test_a_question_about_nothing_is_a_usage_error(settled: Path, passdown: Passdown) -> None:
    """No text, and an edit of no file."""
    assert "no text" in passdown("guard", "", code=2).stderr
    assert "--file" in passdown("guard", "--as", "edit", "import redis", code=2).stderr


def test_what_a_document_decided_is_changed_there(repository: Path, passdown: Passdown) -> None:
    """The line is named: no record could be superseded."""
    passdown("init", "--yes")
    (repository / "SESSION_CONTEXT.md").write_text("# Session context\n\n## What NOT to do\n\n- Do not use moment.js; use date-fns\n")
    done = passdown("guard", "use moment.js for dates", code=1)
    assert "belongs into SESSION_CONTEXT.md:5" in done.stderr
    assert "supersede" not in done.stderr
