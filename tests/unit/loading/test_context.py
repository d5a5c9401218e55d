"""System E, clause by clause: the session context and its reading order."""

import pytest
from tests.unit.loading.texts import Texts

from passdown.briefing.tokens import estimate
from passdown.loading import context
from passdown.loading.context import Selection
from passdown.loading.markdown import Markdown
from passdown.loading.phases import current
from passdown.loading.roles import role
from passdown.loading.words import task_of

CONTEXT = """\
# Session Context

## Where We Are
- Stage set up: phase 0 complete
- Ready to start phase 1 (importing data)

## What NOT to Do
- Do not call the payment sandbox from tests.

## Implementation Gotchas
- The importer needs `LC_ALL=C`.

## Later
- Defer containers to phase 4+.
- No dashboard before phase 1.
"""
DECISIONS = """\
# Decisions

## Decision 1: Ledger in SQLite
**Decision:** one file, WAL mode
**Rationale:** nothing to run
**Alternatives:** Postgres, DuckDB

## Decision 2: Amounts are integers
**Rationale:** floats lose cents

## Decision 3: CSV import through the csv module
**Status:** superseded by decision 4
**Rationale:** pandas is heavy

## Decision 4: Import through polars
**Rationale:** ten times faster than the csv module
"""
TEXTS = {
    "SESSION_CONTEXT.md": CONTEXT, "docs/decisions.md": DECISIONS,
    "docs/architecture.md": "# Architecture\nall\n## Import layer\nreads files\n## Ledger layer\nkeeps rows\n",
    "docs/phases/phase0.md": "# Phase 0\n", "docs/phases/phase1.md": "# Phase 1\n", "docs/conversation_summary.md": "# Talk\n",
    "docs/hypothesis.md": "# Hypothesis\n",
    "START_HERE.md": "# Start\n",
    "docs/setup.md": "# Set-up\n", "docs/database_comparison.md": "# SQLite or Postgres\n", "README.md": "# Ledger\n", "src/notes.md": "x\n",
}


def select(task: str, texts: dict[str, str] = TEXTS) -> Selection:
    return context.select(sorted(texts), Texts(texts), task_of(task), estimate)


def order(chosen: Selection) -> list[str]:
    return list(dict.fromkeys(d.path for d in chosen.documents))


@pytest.mark.parametrize(("task", "expected"), [
    ("let's start phase 0", ["SESSION_CONTEXT.md", "docs/phases/phase0.md", "docs/architecture.md"]),
    ("write the import layer", ["SESSION_CONTEXT.md", "docs/architecture.md", "docs/phases/phase1.md", "docs/decisions.md"]),
    ("debug this error", ["SESSION_CONTEXT.md", "docs/phases/phase1.md", "docs/setup.md", "docs/architecture.md"]),
    ("should we use Postgres instead?", ["docs/decisions.md", "SESSION_CONTEXT.md", "docs/database_comparison.md", "docs/architecture.md"]),
    ("I'm back after two months", ["SESSION_CONTEXT.md", "docs/conversation_summary.md", "docs/hypothesis.md", "docs/phases/phase1.md"]),
    ("what is this project about?", ["SESSION_CONTEXT.md", "START_HERE.md", "docs/hypothesis.md", "docs/conversation_summary.md"]),
    ("how do I set up the environment?", ["SESSION_CONTEXT.md", "docs/decisions.md", "docs/database_comparison.md", "docs/setup.md"]),
    ("propose a better layout", ["SESSION_CONTEXT.md", "docs/decisions.md", "docs/architecture.md", "docs/phases/phase1.md"]),
    ("go on", ["SESSION_CONTEXT.md", "docs/phases/phase1.md", "docs/architecture.md"]),
    ("", ["SESSION_CONTEXT.md", "docs/phases/phase1.md", "docs/architecture.md"]),
])
def test_each_scenario_has_its_reading_order(task: str, expected: list[str]) -> None:
    """Immediate work, understanding, reference: what the task asks for comes in that order."""
    assert order(select(task)) == expected


def test_the_section_on_the_layer_is_read() -> None:
    """Of the architecture the part that the task names."""
    parts = [(d.section, d.first) for d in select("implement the ledger layer").documents if d.path == "docs/architecture.md"]

    assert parts == [("Ledger layer", 5)]


def test_gotchas_come_first_for_an_error() -> None:
    """Then the rest of the context."""
    chosen = select("the importer crashes")

    assert [d.section for d in chosen.documents[:2]] == ["Implementation Gotchas", ""]


def test_the_settled_decision_is_said() -> None:
    """With its number, its choice, its reason and its place."""
    said = select("should we use Postgres instead?").settled

    assert [s.kind for s in said] == ["decision"]
    assert said[0].text == "Decision 1: Ledger in SQLite; decision: one file, WAL mode; rationale: nothing to run"
    assert said[0].place == "docs/decisions.md:3-6"


@pytest.mark.parametrize("task", ["the rows go to DuckDB", "create a Postgres schema for the ledger"])
def test_naming_what_was_turned_down_questions_the_decision(task: str) -> None:
    """Whatever the sentence: the decision comes first, and is said."""
    chosen = select(task)

    assert chosen.scenario == "alternative"
    assert chosen.documents[0].place == "docs/decisions.md:3-6"
    assert [s.text.split(";")[0] for s in chosen.settled] == ["Decision 1: Ledger in SQLite"]


def test_a_superseded_decision_is_not_said() -> None:
    """The one in force is."""
    assert [s.text.split(";")[0] for s in select("why not the csv module for the import?").settled] == ["Decision 4: Import through polars"]


def test_a_deferral_is_said_when_the_task_touches_it() -> None:
    """Also in other words for the same thing, until its phase has come."""
    said = select("let's add a Dockerfile").settled

    assert [(s.kind, s.text, s.until) for s in said] == [("deferral", "Put off: Defer containers to phase 4+.", "phase 4")]
    assert select("add a dashboard").settled == ()


def test_what_is_not_to_be_done_is_said() -> None:
    """When the task is about it."""
    assert [s.text for s in select("test the payment flow").settled] == ["Not to do: Do not call the payment sandbox from tests."]


@pytest.mark.parametrize("task", ["", "go on", "write the import layer", "fix the tests", "update the README"])
def test_nothing_is_said_to_be_settled_by_chance(task: str) -> None:
    """Words that every task has touch nothing; a decision on the thing itself may."""
    assert [s for s in select(task).settled if s.kind != "decision"] == []


@pytest.mark.parametrize(("text", "phase"), [
    ("## Where We Are\nPhase 0 complete ✅\nReady to start Phase 1\n", 1),
    ("## Current State\nWe're currently on Phase 0 (environment setup).\n", 0),
    ("## Where We Are\n- [x] Phase 1\n- [x] Phase 2\n- Phase 3: next\n", 3),
    ("## Status\n| Phase 1 | ✅ |\n| Phase 2 | ✅ |\n", 3),
    ("**Current phase:** two\n", 2),
    ("## Where We Are\nPhase 2 in progress; not before phase 4: containers\n", 2),
    ("nothing of the kind\n", -1),
])
def test_the_present_phase_is_read_from_the_context(text: str, phase: int) -> None:
    """From what is said to be done, current and next."""
    assert current(Markdown(text)) == phase


def test_a_phase_without_a_document_is_told() -> None:
    """The rest is read."""
    chosen = select("start phase 7")

    assert [f.code for f in chosen.findings] == ["phase-missing"]
    assert order(chosen) == ["SESSION_CONTEXT.md", "docs/architecture.md"]


@pytest.mark.parametrize(("path", "kind"), [
    ("SESSION_CONTEXT.md", "session context"), ("docs/session-context.md", "session context"), ("docs/decisions.md", "decisions"), ("DECISIONS.md",
    "decisions"),
    ("docs/decision-log.md", "decisions"), ("docs/ARCHITECTURE.md", "architecture"), ("docs/architecture/overview.md", "architecture"),
    ("docs/phases/phase3.md", "phase"),
    ("phases/02-import.md", "phase"), ("docs/phase_10_release.md", "phase"), ("docs/model_comparison.md", "comparison"), ("docs/conversation_summary.md",
    "conversation summary"),
    ("src/decisions.md", ""), ("docs/decisions.py", ""), ("README.md", ""), ("docs/phases/notes.md", "")])
def test_documents_are_known_by_their_names(path: str, kind: str) -> None:
    """In the root, in docs, in folders of phases; not in the source."""
    assert role(path)[0] == kind


@pytest.mark.parametrize("texts", [{"README.md": "x"}, {"docs/architecture.md": "# A\n", "docs/setup.md": "# S\n"}, {}])
def test_a_project_without_a_session_context_has_nothing_to_say(texts: dict[str, str]) -> None:
    """An architecture page alone is no such system."""
    assert select("write the import layer", texts) == Selection()


@pytest.mark.parametrize("decisions", [
    "# Decisions\n\n1. **Ledger in SQLite** - not Postgres, nothing to run\n2. **Amounts are integers** - cents\n",
    "| # | Decision | Why |\n|---|---|---|\n| 1 | Ledger in SQLite | not Postgres: nothing to run |\n| 2 | Amounts are integers | cents |\n",
    "### D-1 Ledger in SQLite\nnot Postgres\n### D-2 Amounts are integers\ncents\n",
    "## 2025-11-02: Ledger in SQLite\nnot Postgres\n## 2025-11-03: Amounts are integers\ncents\n",
    "## Ledger in SQLite\nnot Postgres\n## Amounts are integers\ncents\n",
], ids=["list", "table", "sections", "days", "plain sections"])
def test_decisions_are_read_in_every_form(decisions: str) -> None:
    """Numbered sections, dated ones, lists, tables."""
    said = select("should we use Postgres instead?", {"docs/decisions.md": decisions}).settled

    assert len(said) == 1
    assert "Ledger in SQLite" in said[0].text


def test_every_line_is_that_of_the_document() -> None:
    """Pieces are quoted as they stand."""
    for task in ("debug this error", "write the ledger layer", "should we use Postgres instead?"):
        for piece in select(task).pieces:
            assert "\n".join(TEXTS[piece.path].split("\n")[piece.first - 1: piece.last]) == piece.text
