"""System E, clause by clause: a session context, numbered decisions, how it came about, and what to read when."""

import pytest
from msgspec.structs import replace
from tests.unit.formats.styles.shop import DONE, MATERIAL, SESSIONS, every_kind, lost, planned, record, unmarked, written
from tests.unit.loading.texts import Texts

from passdown.briefing.tokens import estimate
from passdown.formats.base import Material
from passdown.formats.parts.update_log import deserves, due, is_major
from passdown.formats.sectioned import parse
from passdown.formats.styles.session_context import CONTEXT, DECISIONS, PATH, STYLE, SUMMARY
from passdown.loading import context, phases, protocol
from passdown.loading.context import Selection
from passdown.loading.decisions import entries
from passdown.loading.markdown import Markdown
from passdown.loading.reading import Reading
from passdown.loading.words import task_of
from passdown.model.record import Record
from passdown.model.session import CommitFact, FileFact, Session

PROJECT = {"docs/architecture.md": "# Architecture\n\n## Ledger layer\nRows of cents.\n\n## Gateway\nWebhooks.\n",
           "docs/phases/phase1.md": "# Phase 1\n- [ ] export\n"}
BY_HAND = """# SESSION CONTEXT

## Where We Are

**Current Phase:** Phase 0 (environment)
- \u2705 Python works
- Next: first import

## What NOT to Do

\u274c Don't add a server before phase 4

## Critical Decisions

1. Keep the retry queue in SQLite

## Documentation Hierarchy

**For immediate work:**
1. `SESSION_CONTEXT.md`

## Update Log

**2026-11-14, 18:00:**
- Phase 0 begun
- Discovered gotcha: the clock is in UTC

---
*Read this first.*
"""
LOG_BY_HAND = """# Decisions

Intro of ours.

### ADR-007 - Ledger in SQLite
**Rationale:** one file

### ADR-009 - Amounts in cents
**Rationale:** no rounding

---
Footer.
"""


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return written(STYLE, MATERIAL)


def select(texts: dict[str, str], task: str) -> Selection:
    every = {**unmarked(texts), **PROJECT}
    return context.select(sorted(every), Texts(every), task_of(task), estimate)


def order(chosen: Selection) -> list[str]:
    return list(dict.fromkeys(d.path for d in chosen.documents))


def section(text: str, name: str) -> str:
    return text.split(f"\n## {name}\n", 1)[1].split("\n## ", 1)[0]


def test_e_the_context_says_where_we_are(texts: dict[str, str]) -> None:
    """Phase with its document, branch, last session, next step, work in progress; the loader reads the phase from it."""
    said = section(texts[PATH], "Where We Are")

    assert "**Current phase:** Phase 1 (`docs/phases/phase1.md`)" in said
    assert "**Branch:** `main` at abc1234 (Add refund webhooks), 1 path not committed" in said
    assert "**Last session:** claude-code, 2026-11-19 09:00 UTC: Ledger export" in said
    assert "**Next:** Write the ledger exporter (in `src/export.py:88`; escape the quotes)" in said
    assert phases.current(Markdown(unmarked(texts)[PATH])) == 1


def test_e_the_context_says_blockers_gotchas_and_what_not_to_do(texts: dict[str, str]) -> None:
    """What not to do: constraints, what failed, what was put off."""
    assert "No sandbox key for the payment gateway" in section(texts[PATH], "Current Blockers")
    assert "**Question:** May invoices be rounded?" in section(texts[PATH], "Current Blockers")
    assert "\U0001f534 CRITICAL - drain() runs twice at start" in section(texts[PATH], "Implementation Gotchas")
    said = section(texts[PATH], "What NOT to Do")
    assert [line.split(" <!--")[0] for line in said.split("\n") if line.startswith("- ")] == [
        "- \U0001f7e1 IMPORTANT - Amounts are integers of cents everywhere", "- **Failed:** Polling the gateway for refunds",
        "- **Deferred:** Add Docker and Kubernetes deployment"]


def test_e_decisions_are_numbered_in_their_own_document(texts: dict[str, str]) -> None:
    """With rationale, alternatives and status; the context names them in a line each, with their numbers."""
    page = Markdown(unmarked(texts)[DECISIONS])

    assert [(e.number, e.title, e.gone) for e in entries(page)] == [
        ("1", "Keep the retry queue in SQLite", False), ("2", "Drain the queue once a minute", False)]
    assert "- **Status:** accepted, 2026-11-16" in unmarked(texts)[DECISIONS]
    assert "  Why: no server to run\n  Alternative: Redis: one more process\n  Alternative: Postgres" in texts[DECISIONS]
    assert "**Decision 2:** Drain the queue once a minute — the gateway limits calls (`docs/decisions.md`)" in section(texts[PATH], "Critical Decisions")


def test_e_numbers_of_decisions_never_change(texts: dict[str, str]) -> None:
    """A new one gets the next number, also when it is older; one that is superseded keeps its own and says by which."""
    older = record("decision", "Name tables in the singular", day="2026-11-01")
    newer = record("decision", "Drain the queue every second", why="the limit is gone", day="2026-11-20", supersedes=(MATERIAL.records[6].id,))
    left = tuple(r for r in MATERIAL.records if r.id not in newer.supersedes)
    after = written(STYLE, replace(MATERIAL, records=(newer, *left, older)), texts)
    found = entries(Markdown(unmarked(after)[DECISIONS]))

    assert [(e.number, e.title) for e in found] == [
        ("1", "Keep the retry queue in SQLite"), ("2", "Drain the queue once a minute"), ("3", "Name tables in the singular"),
        ("4", "Drain the queue every second")]
    assert [e.gone for e in found] == [False, True, False, False]
    assert "superseded by Decision 4" in after[DECISIONS]
    assert "Deviation: Drain the queue every second — the limit is gone" in section(after[PATH], "Update Log")


def test_e_a_decision_is_added_at_the_end_in_the_files_own_heading_style() -> None:
    """All that somebody wrote stays byte for byte."""
    after = written(STYLE, MATERIAL, {DECISIONS: LOG_BY_HAND})[DECISIONS]
    kept = after.split("\n")

    for line in LOG_BY_HAND.split("\n"):
        assert line in kept
        kept = kept[kept.index(line) + 1:]
    assert [line for line in after.split("\n") if line.startswith("###")] == [
        "### ADR-007 - Ledger in SQLite", "### ADR-009 - Amounts in cents", "### ADR-010 - Keep the retry queue in SQLite",
        "### ADR-011 - Drain the queue once a minute"]


def test_e_the_reading_order_is_for_immediate_work_understanding_and_reference(texts: dict[str, str]) -> None:
    """The project's own documents and ours, each with what it is for."""
    said = section(unmarked(texts)[PATH], "Reading Order")

    assert [line.strip() for line in said.split("\n") if line.strip()] == [
        "**For immediate work:**", "1. `SESSION_CONTEXT.md` ← start here", "2. `docs/phases/phase1.md` ← current phase",
        "3. `docs/architecture.md` ← technical details", "**For understanding:**", "1. `docs/conversation_summary.md` ← how we got here",
        "**For reference:**", "1. `docs/decisions.md` ← why it was chosen"]


def test_e_the_summary_tells_how_we_got_here(texts: dict[str, str]) -> None:
    """Sessions in order with what came of them, then the turning points by day."""
    told = [line.split(" <!--")[0] for line in section(texts[SUMMARY], "How We Got Here").split("\n") if line.startswith("- ")]
    turns = [line.split(" <!--")[0] for line in section(texts[SUMMARY], "Turning Points").split("\n") if line.startswith("- ")]

    assert told == ["- **2026-11-15** (claude-code): Fix a typo in the readme", "- **2026-11-18** (codex): Refund webhooks",
                    "- **2026-11-19** (claude-code): Ledger export"]
    assert "Ended: “Export works but for quotes.”" in texts[SUMMARY]
    assert turns[:2] == ["- **2026-11-15** Reached: Phase 0 completed: environment works",
                         "- **2026-11-16** Decided: Keep the retry queue in SQLite — no server to run"]


def test_e_the_start_protocol_is_for_any_agent_and_text_to_paste(texts: dict[str, str]) -> None:
    """Read, confirm the state, ask, proceed: in the document itself, and as a first message with the documents in order."""
    chosen = select(texts, "write the ledger layer")
    pasted = protocol.text(Reading(chosen.documents, settled=chosen.settled), "write the ledger layer")

    assert "> New session, any agent: read this file first, state in a few sentences where things stand, ask what is unclear, then proceed" in texts[PATH]
    assert [pasted.index(words) for words in ("Read first", "SESSION_CONTEXT.md", "docs/architecture.md", "State in", "Ask what", "Then proceed")] == sorted(
        pasted.index(words) for words in ("Read first", "SESSION_CONTEXT.md", "docs/architecture.md", "State in", "Ask what", "Then proceed"))


@pytest.mark.parametrize(("task", "scenario", "documents"), [
    ("let's start phase 1", "start-phase", [PATH, "docs/phases/phase1.md", "docs/architecture.md"]),
    ("write the ledger layer", "write", [PATH, "docs/architecture.md", "docs/phases/phase1.md"]),
    ("debug this error", "debug", [PATH, "docs/phases/phase1.md", "docs/architecture.md"]),
    ("should we use Redis instead?", "alternative", [DECISIONS, PATH, "docs/architecture.md"]),
    ("I'm back after two months", "after-a-break", [PATH, SUMMARY, "docs/phases/phase1.md"]),
])
def test_e_each_scenario_returns_its_documents_in_order(texts: dict[str, str], task: str, scenario: str, documents: list[str]) -> None:
    """Of the rendered documents and the project's own; after a long break where we are, how we got here, the phase."""
    chosen = select(texts, task)

    assert (chosen.scenario, order(chosen)) == (scenario, documents)


def test_e_decisions_are_not_reopened_without_a_word(texts: dict[str, str]) -> None:
    """Who names what was turned down is told the decision, its number, why, and where it stands."""
    said = select(texts, "should we use Redis instead?").settled[0]

    assert (said.kind, said.path) == ("decision", DECISIONS)
    assert said.text.startswith("Decision 1: Keep the retry queue in SQLite")
    assert "why: no server to run" in said.text


def test_e_deferrals_and_what_failed_are_not_taken_up_without_a_word(texts: dict[str, str]) -> None:
    """Also in other words for the same thing."""
    assert [(s.kind, s.path) for s in select(texts, "write a Dockerfile").settled] == [("deferral", PATH)]
    assert [s.kind for s in select(texts, "implement polling for refunds").settled] == ["avoid"]


@pytest.mark.parametrize(("one", "wanted"), [
    (record("milestone", "Phase 0 completed"), True), (record("task", "Exporter", state="done", type="feature"), True),
    (record("knowledge", "drain() runs twice", category="gotcha"), True), (record("decision", "Use webhooks", why="polling blocks"), True),
    (record("blocker", "No key"), True), (record("approach", "Batching", outcome="worked"), True),
    (record("task", "Fix the label", state="done", type="bug"), False), (record("task", "Clarify the readme", state="done", type="docs"), False),
    (record("question", "Round?"), False), (record("task", "Exporter"), False), (record("approach", "A trigger", outcome="untried"), False),
    (record("preference", "Short subjects"), False), (replace(record("knowledge", "Said once", category="gotcha"), trust="extracted"), False),
])
def test_e_what_deserves_an_update_and_what_does_not(one: Record, wanted: bool) -> None:
    """Phases, gotchas, deviations, blockers, results; not minor fixes, clarifications and questions."""
    assert deserves(one) is wanted


@pytest.mark.parametrize(("session", "wanted"), [
    (SESSIONS[0], True), (SESSIONS[1], True), (SESSIONS[2], False),
    (Session("x", "codex", files=(FileFact("src/a.py", edits=1),), commits=(CommitFact("1", "fix: label"),)), False),
    (Session("x", "codex", files=(FileFact("src/a.py", reads=9),)), False),
])
def test_e_major_code_deserves_an_update(session: Session, wanted: bool) -> None:
    """Several source files, or a commit that is no mere fix; not text, not reading."""
    assert is_major(session) is wanted


def test_e_an_update_is_due_when_something_deserves_it_since_the_last() -> None:
    """Told by what it is; after the update nothing is."""
    assert due(replace(MATERIAL, written="2026-11-19T08:30:00Z")) == [
        "Wrote code: 3 files changed"]
    assert due(replace(MATERIAL, written=MATERIAL.now)) == []


def test_e_the_update_log_has_the_newest_entry_first(texts: dict[str, str]) -> None:
    """Dated entries with bullets, what comes next with the newest one; a later day goes on top of what stands there."""
    said = [line.split(" <!--")[0] for line in section(texts[PATH], "Update Log").split("\n") if line.strip()]
    later = record("milestone", "Phase 1 completed", day="2026-11-20")
    updated = written(STYLE, replace(MATERIAL, records=(later, *MATERIAL.records)), texts)[PATH]
    after = [line.split(" <!--")[0] for line in section(updated, "Update Log").split("\n")]

    assert said[:3] == ["**2026-11-19, 09:00:**", "- Wrote code: 3 files changed", "- Next: Write the ledger exporter"]
    assert [one for one in said if one.startswith("**")] == ["**2026-11-19, 09:00:**", "**2026-11-18, 10:30:**", "**2026-11-17, 10:30:**",
                                                              "**2026-11-16, 10:30:**", "**2026-11-15, 10:30:**"]
    assert [one for one in after if one.strip()][:4] == ["**2026-11-20, 10:30:**", "- Completed: Phase 1 completed", "- Next: Write the ledger exporter",
                                                         "**2026-11-19, 09:00:**"]


def test_e_a_context_written_by_hand_changes_only_where_it_must() -> None:
    """Somebody's lines stay as they are, their reading order counts, and what they say already is not said again."""
    after = written(STYLE, MATERIAL, {PATH: BY_HAND})[PATH]
    kept = after.split("\n")

    for line in BY_HAND.split("\n"):
        assert line in kept
        kept = kept[kept.index(line) + 1:]
    assert after.count("Keep the retry queue in SQLite") == 2  # theirs, and the day of it in the log
    assert "docs/architecture.md" not in section(after, "Documentation Hierarchy")
    assert "**Decision 2:** Drain the queue once a minute" in after
    assert written(STYLE, MATERIAL, {PATH: after})[PATH] == after


def test_e_a_context_written_by_hand_is_read_by_its_sections() -> None:
    """Kinds follow sections; the day above a log's entries is none of them."""
    assert [(f.record.kind, f.record.text) for f in parse(CONTEXT, BY_HAND)] == [
        ("task", "**Current Phase:** Phase 0 (environment)"), ("task", "Python works"), ("task", "Next: first import"),
        ("knowledge", "\u274c Don't add a server before phase 4"), ("decision", "Keep the retry queue in SQLite"), ("resource", "`SESSION_CONTEXT.md`"),
        ("milestone", "Phase 0 begun"), ("milestone", "Discovered gotcha: the clock is in UTC")]


@pytest.mark.parametrize("material", [MATERIAL, replace(MATERIAL, records=every_kind(), done=DONE, sessions=())])
def test_e_the_documents_together_give_every_record_back(material: Material) -> None:
    """Kind, text, details and places; decisions from their own document."""
    assert lost(STYLE, material) == []


def test_e_a_second_update_changes_nothing(texts: dict[str, str]) -> None:
    """Same material, same bytes, in all three documents."""
    assert written(STYLE, MATERIAL, texts) == texts


def test_e_there_is_no_document_without_something_to_say() -> None:
    """A project without decisions and sessions has the context alone."""
    assert list(planned(STYLE, Material("2026-11-20T09:12:00Z"), {})) == [PATH]
