"""System B, clause by clause: one log for each piece of work, over all its sessions."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from passdown.formats.base import Commit, GitState, Material, Overview
from passdown.formats.sectioned import parse, update
from passdown.formats.styles import session_log
from passdown.formats.styles.session_log import LAYOUT, STYLE, documents, retired, status_in, thread_in
from passdown.formats.template import blank
from passdown.model.anchor import Anchor
from passdown.model.ids import derived_id
from passdown.model.record import Detail, Record
from passdown.model.session import CheckFact, CommitFact, ErrorFact, FileFact, Session, TodoFact

SEED = (  # the twelve of the seed, metadata apart, in its order
    "Context Summary", "What We Know", "Successful Approaches", "Failed Approaches", "Not Yet Attempted", "Next Steps", "Technical Decisions", "Known Issues",
    "Dependencies & Blockers", "Session Continuity", "Session Metrics")


def record(kind: str, text: str, place: str = "", **details: Detail) -> Record:
    anchors = (Anchor(place, 12, 20),) if place else ()
    named = {name.replace("_", "-"): value for name, value in details.items()}
    return Record(derived_id(kind, text), kind, text, created="2026-11-20T09:00:00Z", updated="2026-11-20T09:00:00Z", details=named, anchors=anchors)


FIRST = Session(
    "s1", "claude-code", started="2026-11-18T08:00:00Z", ended="2026-11-18T10:00:00Z", title="Move orders to Postgres", thread="feature/orders", active_s=7_200,
    goal="Move the orders from Mongo to Postgres without downtime.", prompts=3,
    checks=(CheckFact("pytest", "pytest -q", True, 240, 0, at="2026-11-18T09:00:00Z"),),
    commits=(CommitFact("a" * 40, "Add the schema"),), files=(FileFact("db/schema.sql", edits=2, created=True, why="Orders need a table of their own."),))
SECOND = Session(
    "s2", "codex", started="2026-11-20T08:00:00Z", ended="2026-11-20T09:30:00Z", title="Load orders", thread="feature/orders", active_s=2_400, prompts=5,
    goal="Load the orders in batches.", checks=(CheckFact("pytest", "pytest -q", True, 252, 0, line="252 passed", at="2026-11-20T09:20:00Z"),),
    files=(FileFact("db/load.py", edits=4, why="Batches of a thousand fit into memory."), FileFact("tests/test_load.py", created=True, edits=1)),
    errors=(ErrorFact("pytest -q", "MemoryError", fixed_by="smaller batches"),))
OTHER = Session("s9", "codex", started="2026-11-19T08:00:00Z", ended="2026-11-19T09:00:00Z", title="Colours", thread="feature/colours", active_s=9_999)
COMMIT = Commit("a" * 40, "Add the schema", "2026-11-18", ("db/schema.sql",), 120, 4)
BLOCKER = record("blocker", "Security team approves the network change", impact="no cut-over", next="Ask again on Monday", expected="2026-11-27")
MATERIAL = Material(
    "2026-11-20T10:00:00Z", overview=Overview("shop", "Sells things."), sessions=(SECOND, OTHER, FIRST),
    git=GitState("feature/orders", COMMIT, commits=(COMMIT,)),
    existing=frozenset(("db/schema.sql", "db/load.py", "tests/test_load.py")),
    cleared=(replace(record("blocker", "No staging database"), status="resolved"),), records=(
        record("approach", "Query builder", "db/load.py", outcome="worked", why="SQL stays visible", spent="6h", validated="ten times faster"),
        record("approach", "Full ORM", outcome="failed", why="it wrote N+1 queries", lesson="a builder gives control", spent="3h"),
        record("approach", "Read replicas", outcome="untried"),
        record("decision", "Roll out behind a flag", why="less risk", trade_off="routing code for a while", approval="team", outcome="good"),
        record("issue", "The pool runs full", severity="critical", mitigation="fifty connections", why="too small"), BLOCKER,
        record("task", "Dry run on staging", horizon="immediate", priority="high"), record("task", "Write the runbook", horizon="immediate", priority="low"),
        record("task", "Drop the old cluster", horizon="short-term"), record("task", "Partition the users", horizon="future"),
        record("risk", "Longer than an hour", impact="downtime", mitigation="rehearsal"), record("lesson", "Rehearse with real volumes"),
        record("knowledge", "Half a million orders have to move")))


def written(material: Material = MATERIAL) -> str:
    return update(LAYOUT, "", material).text


def section(text: str, name: str) -> str:
    """The lines below a heading, up to the next of its level."""
    _, _, rest = text.partition(f"\n## {name}\n")
    return rest.partition("\n## ")[0]


def test_b_one_file_for_each_piece_of_work_named_by_day_and_topic() -> None:
    """`.claude/sessions/YYYY-MM-DD-<topic>.tmp`, the topic from the first session of the thread; git never sees the folder."""
    assert [p.path for p in documents(MATERIAL, {})] == [".claude/sessions/2026-11-20-move-orders-to-postgres.tmp"]
    assert STYLE.hidden == (".claude/sessions/",)


def test_b_the_log_of_the_same_thread_goes_on_until_it_is_completed() -> None:
    """The next session of the thread updates the file; after a completed one, or for another thread, there is a new one."""
    mine = written()
    there = {".claude/sessions/2026-11-18-move-orders-to-postgres.tmp": mine,
             ".claude/sessions/2026-11-19-colours.tmp": mine.replace("feature/orders", "feature/colours")}
    done = {path: text.replace("**Status**: blocked", "**Status**: completed").replace("2026-11-20", "2026-11-18", 2) for path, text in there.items()}

    assert documents(MATERIAL, there)[0].path == ".claude/sessions/2026-11-18-move-orders-to-postgres.tmp"
    assert documents(MATERIAL, done)[0].path == ".claude/sessions/2026-11-20-move-orders-to-postgres.tmp"


def test_b_a_taken_name_is_never_used_again() -> None:
    """A completed log of the same topic and day keeps its file."""
    taken = "# Session State: x\n**Status**: completed\n**Session Thread**: other\n"

    assert documents(MATERIAL, {".claude/sessions/2026-11-20-move-orders-to-postgres.tmp": taken})[0].path.endswith("-postgres-2.tmp")


def test_b_twelve_sections_metadata_first_and_metrics_last() -> None:
    """Created, Updated, Status and Session Thread stand above all; the seed's sections follow in its order."""
    text = written()
    head, _, _ = text.partition("\n## ")
    at = [text.index(f"\n## {name}\n") for name in SEED]

    assert head.startswith("# Session State: Move orders to Postgres\n**Created**: 2026-11-20\n**Updated**: 2026-11-20\n\n**Status**: blocked <!-- pd:")
    assert thread_in(text) == "feature/orders"
    assert at == sorted(at)
    assert "\n## " not in text[at[-1] + 1:]


def test_b_the_examples_own_sections_are_optional() -> None:
    """Risks, key learnings and decision log are written when there is something to say, and not otherwise."""
    assert "| Longer than an hour | downtime | rehearsal <!-- pd:" in section(written(), "Risks & Mitigation")
    assert "1. Rehearse with real volumes" in section(written(), "Key Learnings")
    assert "| 2026-11-20 | Roll out behind a flag | good <!-- pd:" in section(written(), "Decision Log")
    for name in ("Risks & Mitigation", "Key Learnings", "Decision Log", "Performance Metrics", "Solution", "Current Progress"):
        assert f"## {name}" not in written(Material("2026-11-20T10:00:00Z"))


@pytest.mark.parametrize(("heading", "outcome"), [
    ("What We've Tried (Successful Approaches)", "worked"), ("What We've Tried (Successful)", "worked"), ("Successful Approaches", "worked"),
    ("What We’ve Tried (Failed Approaches)", "failed"), ("What We've Tried (Failed)", "failed"), ("Failed Approaches (~60 lines)", "failed"),
    ("What We Haven't Tried Yet", "untried"), ("Not Yet Attempted", "untried")])
def test_b_what_weve_tried_and_its_like_are_aliases(heading: str, outcome: str) -> None:
    """The words in brackets tell the sections of what worked and what failed apart."""
    found = parse(LAYOUT, f"# Session State: x\n\n## {heading}\n1. **Approach**: Use a queue\n   - **Time spent**: ~2 hours\n")

    assert [(f.record.kind, f.record.text, f.record.details["outcome"], f.record.details["spent"]) for f in found] == [
        ("approach", "Use a queue", outcome, "~2 hours")]


def test_b_approaches_have_evidence_code_locations_and_time() -> None:
    """What worked says why, where, for how long and how it was seen to work."""
    said = section(written(), "Successful Approaches")

    assert said.strip().startswith("1. **Approach**: Query builder <!-- pd:")
    for line in ("**Result**: worked", "**Why it works**: SQL stays visible", "**Validated by**: ten times faster", "**Time spent**: 6h",
                 "**Code location**: db/load.py:12-20"):
        assert f"\n   - {line}" in said


def test_b_failed_approaches_have_root_cause_and_lesson() -> None:
    """Why it failed and what it taught, not just that it failed."""
    said = section(written(), "Failed Approaches")

    assert "**Why it failed**: it wrote N+1 queries" in said
    assert "**Lesson learned**: a builder gives control" in said
    assert "**Time spent**: 3h" in said


def test_b_what_was_not_attempted_yet_stands_as_check_boxes() -> None:
    """Ideas are ticked off, so they can be remembered."""
    assert section(written(), "Not Yet Attempted").strip().startswith("- [ ] Read replicas <!-- pd:")


def test_b_next_steps_stand_by_horizon_in_priority_order() -> None:
    """Immediate, short-term and future ones, the most urgent first."""
    said = section(written(), "Next Steps")
    order = ["### Immediate", "Dry run on staging", "Write the runbook", "### Short-term", "Drop the old cluster", "### Future considerations", "Partition"]

    assert [said.index(words) for words in order] == sorted(said.index(words) for words in order)


def test_b_decisions_have_reasoning_trade_off_and_approval() -> None:
    """Each choice with what it costs and who agreed."""
    said = section(written(), "Technical Decisions")

    assert "- **Decision**: Roll out behind a flag" in said
    for line in ("**Reasoning**: less risk", "**Trade-off**: routing code for a while", "**Approved**: team"):
        assert f"\n  - {line}" in said


def test_b_known_issues_have_rank_cause_and_mitigation() -> None:
    """An open box each, with how bad it is, why it is and how to live with it."""
    said = section(written(), "Known Issues")

    assert "- [ ] **Issue**: 🔴 CRITICAL - The pool runs full" in said
    assert "**Root cause**: too small" in said
    assert "**Mitigation**: fifty connections" in said


def test_b_blockers_have_expected_dates_and_resolved_ones_say_so() -> None:
    """What blocks with impact, next step and the day on which it should end; what is out of the way is ticked."""
    said = section(written(), "Dependencies & Blockers")

    assert "- ✓ **RESOLVED**: No staging database" in said
    assert "- **Blocked**: Security team approves" in said
    assert "**Expected**: 2026-11-27" in said
    found = parse(LAYOUT, "## Dependencies & Blockers\n- **Pending**: Sign-off by security (expected 2026-11-27)\n- ✓ **RESOLVED**: Staging\n")
    assert [(f.record.kind, f.record.status, f.record.detail("expected")) for f in found] == [("blocker", "active", "2026-11-27"), ("blocker", "resolved", "")]


def test_b_continuity_runs_over_the_sessions_of_one_thread() -> None:
    """Each session of the thread with what it measurably did, in order; what comes next; nothing of another thread."""
    said = section(written(), "Session Continuity")

    assert said.index("**Previous session** (2026-11-18): Move orders") < said.index("Commit aaaaaaa “Add the schema”") < said.index(
        "**Current session** (2026-11-20): Load orders") < said.index("**Expected next session**") < said.index("- Dry run on staging")
    assert "Passing: `pytest -q`: 252 passed" in said
    assert "Colours" not in written()


def test_b_what_belongs_to_another_thread_is_listed_and_not_said() -> None:
    """Unrelated work is not mixed into the log; knowledge holds for all work."""
    task = replace(record("task", "Choose a blue"), thread="feature/colours")
    fact = replace(record("knowledge", "The brand is blue"), thread="feature/colours")
    draft = update(LAYOUT, "", replace(MATERIAL, records=(task, fact)))

    assert "Choose a blue" not in draft.text
    assert "The brand is blue" in draft.text
    assert [one.why for one in draft.left_out if one.key == task.id] == ["it belongs to `feature/colours`"]


def test_b_metrics_are_measured() -> None:
    """Time, lines, files, tests and blockers are counted over the sessions of the thread; what nobody counted is not there."""
    said = section(written(), "Session Metrics")

    assert [line.split(" <!--")[0] for line in said.strip().splitlines()] == [
        "- **Total time invested**: 2 h 40 min across 2 sessions", "- **Code lines changed**: +120 −4 in 1 commit",
        "- **Files modified**: 3 files, 2 of them new",
        "- **Tests added**: 12 (pytest: 240 → 252), 1 new test file", "- **Tests passing**: 252/252 (pytest, 2026-11-20)",
        "- **Errors met and overcome**: 1 of 1", "- **Blockers resolved**: 1/2"]
    assert "Nothing was counted yet" in section(written(Material("2026-11-20T10:00:00Z")), "Session Metrics")


def test_b_variant_bug_says_symptoms_reproduction_and_solution() -> None:
    """A bug's log begins with what it shows and how to see it, and ends in root cause and fix."""
    text = written(replace(MATERIAL, variant="bug"))

    assert "**Symptoms**: MemoryError" in section(text, "What We Know")
    assert "**Reproduction**: `pytest -q`" in section(text, "What We Know")
    assert "**Root cause**: too small" in section(text, "Solution")
    assert "**Fix**: Query builder" in section(text, "Solution")


def test_b_variant_feature_says_requirements_and_timeline() -> None:
    """A feature's log says what is asked for, what binds it, until when."""
    bound = record("knowledge", "The API stays as it is", category="constraint")
    said = section(written(replace(MATERIAL, variant="feature", records=(bound, *MATERIAL.records))), "What We Know")

    assert "**Requirements**: “Move the orders from Mongo to Postgres without downtime.”" in said
    assert "**Constraints**: 1 constraint below" in said
    assert "**Timeline**: 2026-11-27" in said


def test_b_variant_refactor_says_its_phases() -> None:
    """A refactoring's log shows its phases: done, how far, planned."""
    tasks = (replace(record("task", "Analyse", state="done"), status="resolved"), record("task", "Core modules", state="in progress", percent="50"),
             record("task", "Tests"))
    said = section(written(replace(MATERIAL, variant="refactor", records=tasks[1:], done=tasks[:1])), "Current Progress")

    assert [line.split(" <!--")[0] for line in said.strip().splitlines()] == [
        "- Phase 1: Analyse ✓", "- Phase 2: Core modules (50% complete)", "- Phase 3: Tests (planned)"]
    found = parse(LAYOUT, "## Current Progress\n- Phase 1: Analysed ✓\n- Phase 3: Core modules (50% complete)\n")
    assert [dict(f.record.details) for f in found] == [{"state": "done"}, {"state": "in progress", "percent": "50"}]


@pytest.mark.parametrize(("thread", "types", "expected"), [
    ("fix/rounding", (), "bug"), ("feat-cart", (), "feature"), ("refactor/api", (), "refactor"), ("main", ("bug", "bug", "feature"), "bug"),
    ("docs/x", (), "")])
def test_b_the_variant_is_measured_when_nobody_asks_for_one(thread: str, types: tuple[str, ...], expected: str) -> None:
    """Most of the tasks decide, then the branch's name."""
    tasks = tuple(record("task", f"Task {n}", type=word) for n, word in enumerate(types))

    assert session_log.thread.variant(Material("2026-11-20T10:00:00Z", records=tasks, git=GitState(thread))) == expected


@pytest.mark.parametrize(("records", "done", "changed", "expected"), [
    ((BLOCKER,), (), (), "blocked"), ((BLOCKER, record("task", "Go on", state="in progress")), (), (), "in_progress"),
    ((), (record("milestone", "It works"),), (), "completed"), ((), (record("milestone", "It works"),), (("a.py", " M"),), "in_progress"),
    ((record("task", "Left"),), (record("milestone", "It works"),), (), "in_progress"), ((), (), (), "in_progress")])
def test_b_the_status_is_never_ambiguous(
        records: tuple[Record, ...], done: tuple[Record, ...], changed: tuple[tuple[str, str], ...], expected: str) -> None:
    """in_progress, completed or blocked, from what is open, done and uncommitted."""
    material = Material("2026-11-20T10:00:00Z", records=records, done=done, git=GitState("main", changed=changed))

    assert status_in(update(LAYOUT, "", material).text) == expected


def test_b_a_status_set_by_hand_stays_and_the_day_of_change_moves_on() -> None:
    """A person's word on the status is kept; Created stays, Updated is the day on which something changed, and only then."""
    text = written().replace("**Status**: blocked", "**Status**: in_progress")
    later = replace(MATERIAL, now="2026-11-23T10:00:00Z")

    assert update(LAYOUT, text, later).text == text
    changed = update(LAYOUT, text, replace(later, records=(record("lesson", "Ask early"), *later.records))).text
    assert status_in(changed) == "in_progress"
    assert "**Created**: 2026-11-20\n**Updated**: 2026-11-23\n" in changed


def test_b_an_empty_template_is_there_on_request() -> None:
    """All sections with what belongs there; read back, it says nothing."""
    text = blank("session-log")

    assert text.startswith("# Session State: work\n**Created**: YYYY-MM-DD\n")
    assert all(f"\n## {name}\n" in text for name in SEED)
    assert parse(LAYOUT, text) == ()


@pytest.mark.parametrize(("status", "updated", "written_on", "moves"), [
    ("completed", "2026-10-21", "2026-10-21", True), ("completed", "2026-10-22", "2026-10-22", False), ("completed", "2026-10-01", "2026-11-19", False),
    ("in_progress", "2026-09-01", "2026-09-01", False), ("✓ COMPLETED", "2026-10-01", "", True), ("completed", "", "", False)])
def test_b_completed_session_untouched_for_30_days_is_archived(status: str, updated: str, written_on: str, moves: bool) -> None:
    """By the file's day and its own Updated, whichever is later; an open one never, one without a day neither."""
    path = ".claude/sessions/2026-10-01-orders.tmp"
    text = f"# Session State: Orders\n**Updated**: {updated}\n**Status**: {status}\n"

    assert retired({path: text}, {path: written_on}, "2026-11-20") == ({path: ".claude/sessions/archive/2026-10-01-orders.tmp"} if moves else {})


def test_b_sessions_with_korean_headings_are_read() -> None:
    """The same sections in another language give the same kinds."""
    text = "# Session: 2026-01-20 14:30\n\n## 맥락\n설명\n\n## 작업 요약\n- 하나\n\n## 결정사항\n1. 둘\n   - 이유: 셋\n\n"
    text += "## 미완료/TODO\n- [ ] 넷\n\n## 다음 세션 제안\n- 다섯\n"
    found = [f.record for f in parse(LAYOUT, text)]

    assert [(r.kind, r.text) for r in found] == [("task", "하나"), ("decision", "둘"), ("task", "넷"), ("task", "다섯")]
    assert found[1].details == {"why": "셋"}


def test_b_what_is_expected_of_the_next_session_is_open_work() -> None:
    """Under `Current session` stands what was done, under `Expected next session` what is to be done; the introductions are no records."""
    text = "## Session Continuity\n\n**Current session** (2026-01-25):\n- Fixed the pool\n\n**Expected next session** (2026-01-26):\n- Dry run\n"
    found = parse(LAYOUT, text)

    assert [(f.record.text, f.record.detail("state")) for f in found] == [("Fixed the pool", "done"), ("Dry run", "open")]


def test_b_the_seeds_example_is_read_whole(data: Path) -> None:
    """All approaches, decisions, issues, steps, risks and learnings of the example become records of their kinds."""
    text = next((data / "documents").rglob("example-session.tmp"), None) or next((data / "documents").rglob("*example-session.tmp"))
    found = [f.record for f in parse(LAYOUT, text.read_text("utf-8"))]
    kinds = {kind: sum(r.kind == kind for r in found) for kind in ("approach", "decision", "issue", "risk", "lesson", "blocker", "command")}

    assert kinds == {"approach": 15, "decision": 9, "issue": 3, "risk": 6, "lesson": 6, "blocker": 5, "command": 8}
    assert [r.detail("outcome") for r in found if r.kind == "approach"] == ["worked"] * 4 + ["failed"] * 4 + ["untried"] * 7
    assert all(r.detail("why") and r.detail("lesson") and r.detail("spent") for r in found if r.detail("outcome") == "failed")


def test_b_unfinished_lists_of_the_agent_come_up_as_next_steps() -> None:
    """What the last session's own list had left is a next step, told as such."""
    last = replace(SECOND, todos=(TodoFact("Tune the pool", "pending"), TodoFact("Done already", "completed")))
    said = section(written(replace(MATERIAL, sessions=(last, FIRST))), "Next Steps")

    assert "- [ ] Tune the pool (agent's own list, 2026-11-20)" in said
    assert "Done already" not in said
