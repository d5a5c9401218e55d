"""System C clause by clause: the whole template, measured, with no place left unfilled; and handoffs that people wrote by it."""

import re

import pytest
from msgspec.structs import replace

from passdown.formats.base import Commit, GitState, Item, Material, Overview
from passdown.formats.outline import HEADING
from passdown.formats.sectioned import body_of, cut, parse, update
from passdown.formats.styles.session_handoff import BY_NAME, LAYOUT, STYLE, home
from passdown.formats.table import detect
from passdown.model.anchor import Anchor
from passdown.model.record import Record
from passdown.model.session import CheckFact, CommandFact, ErrorFact, FileFact, NameFact, Session, TodoFact

NOW = "2026-11-20T09:12:00Z"
HEADINGS = """## Session Summary
### Primary Focus
### Key Achievements
### Files Modified
## Current State
### Work in Progress
### Blocking Issues
### Environment State
## Context for Next Session
### Important Background
### Recent Decisions
### Code Patterns Established
## Task Status
### Completed This Session
### In Progress
### Next Priority Tasks
## Resources & References
### Documentation Created/Updated
### External Resources Used
### Code References
## Recommendations for Next Session
### Immediate Actions (First 10 minutes)
### Investigation Areas
### User Clarifications Needed
## Technical Notes
### Architecture Insights
### Performance Considerations
### Security Observations
## Warnings & Cautions"""
PLACEHOLDER = re.compile(r"\[[A-Z][A-Z_0-9/]*\]")


def record(number: int, kind: str, text: str, *anchors: Anchor, **details: str | tuple[str, ...]) -> Record:
    told = {name.replace("_", "-"): value for name, value in details.items()}
    return Record(f"01m3250v00yn{number:04}", kind, text, created=NOW, updated=NOW, anchors=anchors, details=told)


RECORDS = (
    record(1, "decision", "Keep the queue in one SQLite file", why="no server to run", alternative=("a broker", "files in a folder")),
    record(2, "task", "Drain twice", state="in progress", percent="40", next="call drain() in the loop"),
    record(3, "task", "Write the retry test", state="in progress", percent="10"),
    record(4, "task", "Document the queue", priority="high", why="support asks daily"),
    record(5, "task", "Tidy the fixtures", priority="low"),
    record(6, "task", "Why p99 doubled", type="investigation", why="the release waits for it"),
    record(7, "blocker", "No sandbox key", impact="payments cannot be tried", next="ask the bank"),
    record(8, "knowledge", "Retry with jitter", Anchor("src/retry.py", 3, 9), category="pattern", why="storms"),
    record(9, "knowledge", "Ids are padded", Anchor("src/store.py", 57, 78), category="gotcha", severity="critical"),
    record(10, "approach", "A broker as queue", outcome="failed", why="one more process", instead="SQLite", spent="2h"),
    record(11, "approach", "A cache before the store", outcome="untried", why="reads dominate"),
    record(12, "risk", "The disk fills", mitigation="rotate weekly"),
    record(13, "issue", "The clock test is flaky", mitigation="run it again"),
    record(14, "question", "May we drop old orders?", context="the migration"),
    record(15, "command", "make test", purpose="verify"),
    record(16, "resource", "SQLite on locking", link="https://sqlite.org/lockingv3.html"),
    record(17, "resource", "Queue notes", link="docs/queue.md"),
    record(18, "preference", "Small commits", scope="git"),
    record(19, "milestone", "The queue drains"),
    record(20, "knowledge", "Workers only read", category="architecture"),
    record(21, "knowledge", "One write a second is enough", category="performance"),
    record(22, "knowledge", "Tokens live a day", category="security"),
    record(23, "task", "Create the table", state="done"),
    record(24, "knowledge", "Orders arrive hourly"),
    record(25, "decision", "Name it drain", Anchor("src/queue.py", 12, 20, "drain"), why="short"),
)
SESSION = Session(
    "s-1", "claude-code", started="2026-11-20T07:00:00Z", ended="2026-11-20T09:00:00Z", wall_s=7_200, active_s=4_200, goal="Make the queue drain twice.",
    title="Drain the queue", last_words="The loop is half done.",
    files=(FileFact("src/queue.py", edits=3, last="2026-11-20T08:50:00Z", why="The loop must drain twice.", names=("drain",)),
           FileFact("docs/queue.md", created=True, last="2026-11-20T07:30:00Z")),
    commands=(CommandFact("pytest -q", ok=False, exit_code=1, last="2026-11-20T08:40:00Z", purpose="test"),
              CommandFact("make build", ok=True, exit_code=0, last="2026-11-20T08:00:00Z", purpose="build")),
    checks=(CheckFact("pytest", "pytest -q", ok=False, passed=3, failed=1, line="1 failed, 3 passed", at="2026-11-20T08:40:00Z"),),
    errors=(ErrorFact("pytest -q", "AssertionError: drained once", "2026-11-20T08:40:00Z"),),
    todos=(TodoFact("wire the loop", "in_progress"), TodoFact("update the docs", "pending")),
    names=(NameFact("drain", 4, "drain takes what is due."),))
GIT = GitState("main", Commit("abc1234def", "Add the queue", "2026-11-19", ("src/queue.py",)), (("src/queue.py", " M"),), "2 commits ahead",
               commits=(Commit("abc1234def", "Add the queue", "2026-11-19", ("src/queue.py",)),))
MATERIAL = Material(NOW, "/home/dev/shop", Overview("shop", "Sells things.", commands=(("pytest -q", "test", "README.md"),)), RECORDS, sessions=(SESSION,),
                    git=GIT, existing=frozenset({"src/queue.py", "docs/queue.md"}), standing={"src/retry.py:3-9": "✔"})


@pytest.fixture(scope="module")
def text() -> str:
    return update(LAYOUT, "", MATERIAL).text


def body(text: str, name: str) -> str:
    """A section without our marks."""
    return re.sub(r"[ \t]?<!-- pd:.*? -->", "", body_of(BY_NAME[name].number, cut(LAYOUT, text))).strip()


def test_c_whole_template_every_section_in_its_order(text: str) -> None:
    """All headings of the template, sections and parts, and no other ones."""
    assert [line for line in text.split("\n") if HEADING.match(line)] == ["# Session Handoff", *HEADINGS.split("\n")]


def test_c_no_placeholder_is_left() -> None:
    """With nothing known at all, each place says UNKNOWN or None."""
    empty = update(LAYOUT, "", Material(NOW)).text

    assert not PLACEHOLDER.search(empty)
    assert all(body(empty, s.name) for s in LAYOUT.sections if s.within)
    assert body(empty, "Work in Progress").split("\n") == ["- **Active Task:** None begun", "- **Progress:** UNKNOWN", "- **Next Step:** UNKNOWN"]
    assert parse(LAYOUT, empty) == ()


def test_c_header_names_session_time_duration_and_project(text: str) -> None:
    """The four lines of the header, from the session and the clock."""
    for line in ("**Session ID:** s-1 (claude-code)", "**Date/Time:** 2026-11-20 09:12 UTC", "**Duration:** 2 h 00 min (1 h 10 min active)",
                 "**Project:** shop (`/home/dev/shop`)"):
        assert line in text


def test_c_git_build_and_test_status_are_measured(text: str) -> None:
    """Each status says how it was measured, when, and what was changed since."""
    git, build, test = body(text, "Environment State").split("\n")[:3]

    assert git == "- **Git Status:** DIRTY - 1 path not committed (`src/queue.py`), on `main` at abc1234 “Add the queue”; remote: 2 commits ahead"
    assert build == "- **Build Status:** SUCCESS - `make build`, 72 min before this was written; 1 file edited since"
    assert test == "- **Test Status:** FAILING - `pytest -q` (1 failed, 3 passed), 32 min before this was written; 1 file edited since"


def test_c_status_of_another_directory_is_not_the_project_s() -> None:
    """A build elsewhere says nothing of this project."""
    session = Session("s", "codex", commands=(CommandFact("cd /srv/other && make build", ok=True, last=NOW, purpose="build"),))

    assert "**Build Status:** UNKNOWN" in update(LAYOUT, "", Material(NOW, "/home/dev/shop", sessions=(session,))).text


def test_c_achievements_files_and_their_changes(text: str) -> None:
    """Milestones, and files with what was said of their change; documents have a place of their own."""
    assert "- The queue drains" in body(text, "Key Achievements")
    assert "- `src/queue.py` - 3 edits, not committed: The loop must drain twice." in body(text, "Files Modified")
    assert "- queue.md - `docs/queue.md`" in body(text, "Documentation Created/Updated")


def test_c_work_in_progress_has_task_progress_and_next_step(text: str) -> None:
    """The three lines of the template, from the task at hand; the other begun one is under Task Status."""
    assert body(text, "Work in Progress").split("\n") == [
        "- **Active Task:** Drain twice", "- **Progress:** 40%", "- **Next Step:** call drain() in the loop"]
    assert "- [ ] Write the retry test (Progress: 10%)" in body(text, "In Progress")


def test_c_blocking_issues_with_impact(text: str) -> None:
    """`blocker - impact`, and how to get out of it."""
    assert body(text, "Blocking Issues") == "- No sandbox key - payments cannot be tried\n  - **Next step:** ask the bank"


def test_c_decisions_with_rationale_and_alternatives(text: str) -> None:
    """Numbered, with nested bullets as in the template."""
    assert body(text, "Recent Decisions").startswith(
        "1. **Decision:** Keep the queue in one SQLite file\n   - **Rationale:** no server to run\n   - **Alternatives Considered:** a broker\n")


def test_c_patterns_with_location(text: str) -> None:
    """`pattern - location - description`, the location with how it stands."""
    assert body(text, "Code Patterns Established") == "- Retry with jitter - src/retry.py:3-9 ✔ - storms"


def test_c_task_status_with_check_boxes_and_priorities(text: str) -> None:
    """Done tasks are ticked, next ones numbered by priority with their reason."""
    assert body(text, "Completed This Session") == "- [x] Create the table"
    assert body(text, "Next Priority Tasks").split("\n")[:3] == [
        "1. [high] Document the queue - support asks daily", "2. [low] Tidy the fixtures", "3. update the docs - open on the agent's own list of 2026-11-20"]


def test_c_resources_and_code_references(text: str) -> None:
    """Documents, addresses, and code with its place and what it is for."""
    assert "- Queue notes - docs/queue.md" in body(text, "Documentation Created/Updated")
    assert body(text, "External Resources Used") == "- SQLite on locking - https://sqlite.org/lockingv3.html"
    assert "- `drain` - `src/queue.py:12-20` - a decision rests on it, see Recent Decisions: Name it drain" in body(text, "Code References")


def test_c_first_ten_minutes(text: str) -> None:
    """What to read, what to check, where to go on."""
    steps = body(text, "Immediate Actions (First 10 minutes)")

    assert "Check: `git status --short` → 1 path not committed (`src/queue.py`); on branch main" in steps
    assert steps.split("\n")[-1].endswith("Go on with the active task at `src/queue.py`")


def test_c_investigation_areas(text: str) -> None:
    """Investigations, ways not tried yet, failing checks, open errors."""
    areas = body(text, "Investigation Areas")

    assert "- Why p99 doubled - the release waits for it" in areas
    assert "- **Not tried yet:** A cache before the store - reads dominate" in areas
    assert "- `pytest -q` fails - it said: 1 failed, 3 passed (2026-11-20)" in areas


def test_c_user_clarifications(text: str) -> None:
    """`question - context`."""
    assert body(text, "User Clarifications Needed") == "- May we drop old orders? - the migration"


def test_c_architecture_performance_and_security_notes(text: str) -> None:
    """Knowledge by category."""
    assert [body(text, name) for name in ("Architecture Insights", "Performance Considerations", "Security Observations")] == [
        "- Workers only read", "- One write a second is enough", "- Tokens live a day"]


def test_c_warnings_with_mitigation(text: str) -> None:
    """Risks and known issues with what to do, critical gotchas, failed approaches with what was done instead."""
    warnings = body(text, "Warnings & Cautions")

    for line in ("- The disk fills - rotate weekly", "- **Issue:** The clock test is flaky - run it again", "- **Gotcha:** 🔴 CRITICAL - Ids are padded",
                 "- **Failed:** A broker as queue - SQLite"):
        assert line in warnings


def test_c_score_confidence_and_recovery_time_are_the_assessment_s(text: str) -> None:
    """UNKNOWN while they are not computed; then the computed ones, in the foot that is there."""
    told = {"score": "7/10", "confidence": "MEDIUM", "recovery": "12 minutes"}
    later = update(LAYOUT, text, replace(MATERIAL, assessment=told)).text

    assert "**Handoff Quality Score:** UNKNOWN" in text
    assert "**Handoff Quality Score:** 7/10" in later
    assert "**Confidence in Continuity:** MEDIUM" in later
    assert "**Estimated Context Recovery Time:** 12 minutes" in later
    assert later.count("Handoff Quality Score") == 1


def test_c_each_record_is_said_whole_in_one_place(text: str) -> None:
    """Every record comes back from its one home, and nothing is left out."""
    found = parse(LAYOUT, text)

    assert update(LAYOUT, "", MATERIAL).left_out == ()
    assert sorted(f.record.id for f in found) == [r.id for r in RECORDS]
    assert {f.record.id: LAYOUT.sections[f.section - 1].name for f in found} == {r.id: home(r, MATERIAL) for r in RECORDS}


def test_c_an_update_changes_nothing_when_nothing_changed(text: str) -> None:
    """The same material gives the same bytes."""
    assert update(LAYOUT, text, MATERIAL).text == text


def test_c_default_path_is_one_document_a_session_or_thread(text: str) -> None:
    """Today's document of this session is updated, another session or day gets its own."""
    path = ".passdown/handoffs/2026-11-20-drain-the-queue.md"
    other = Material("2026-11-21T09:00:00Z", sessions=(SESSION,))

    assert STYLE.documents(MATERIAL, {})[0].path == path
    assert STYLE.documents(MATERIAL, {".passdown/handoffs/2026-11-20-earlier-name.md": text})[0].path.endswith("earlier-name.md")
    assert STYLE.documents(MATERIAL, {".passdown/handoffs/2026-11-20-x.md": "**Session ID:** another"})[0].path == path
    assert STYLE.documents(other, {path: text})[0].path == ".passdown/handoffs/2026-11-21-drain-the-queue.md"


BY_HAND = """# Session Handoff

**Session ID:** 42
**Date/Time:** 2026-11-19

## Current State
### Work in Progress
- **Active Task:** Port the importer
- **Progress:** 60%
- **Next Step:** Map the dates

### Blocking Issues
- No access to staging - nothing can be tried

### Environment State
- **Git Status:** DIRTY
- **Test Status:** PASSING

## Context for Next Session
### Recent Decisions
1. **Decision:** Use one table
   - **Rationale:** Joins were slow
   - **Alternatives Considered:** two tables

### Code Patterns Established
- Repository objects - `src/repo.py:10` - keep SQL in one place

## Task Status
### Next Priority Tasks
1. Write tests - the port is not covered

## Resources & References
### External Resources Used
- Date formats - https://example.com/dates - what the importer gets

## Recommendations for Next Session
### User Clarifications Needed
- None

## Warnings & Cautions
- The importer deletes files - run it on a copy

---
**Handoff Quality Score:** 8/10
**Confidence in Continuity:** HIGH
"""


def test_c_a_handoff_written_by_hand_is_read() -> None:
    """Kinds follow sections, what stands behind dashes is a detail; what was measured or is `None` becomes no record."""
    found = [f.record for f in parse(LAYOUT, BY_HAND)]

    assert [(r.kind, r.title, dict(r.details)) for r in found] == [
        ("task", "Port the importer", {"state": "in progress", "percent": "60", "next": "Map the dates"}),
        ("blocker", "No access to staging", {"impact": "nothing can be tried"}),
        ("decision", "Use one table", {"why": "Joins were slow", "alternative": ("two tables",)}),
        ("knowledge", "Repository objects", {"category": "pattern", "why": "keep SQL in one place"}),
        ("task", "Write tests", {"why": "the port is not covered"}),
        ("resource", "Date formats", {"link": "https://example.com/dates"}),
        ("risk", "The importer deletes files", {"mitigation": "run it on a copy"})]
    assert [a.place for a in found[3].anchors] == ["src/repo.py:10"]
    assert found[5].text == "Date formats\nwhat the importer gets"


def test_c_a_handoff_written_by_hand_is_not_damaged() -> None:
    """Lines of somebody's stay, the foot is not said twice, and a state that is measured now takes the place of the one typed."""
    draft = update(LAYOUT, BY_HAND, MATERIAL)
    kept = [line for line in BY_HAND.split("\n") if line.strip() and "Status:**" not in line]

    assert [line for line in draft.text.split("\n") if line in kept] == kept
    assert draft.text.count("Handoff Quality Score") == 1
    assert "- **Git Status:** DIRTY\n" not in draft.text
    assert update(LAYOUT, draft.text, MATERIAL).text == draft.text


def test_c_an_unfilled_template_is_filled_in() -> None:
    """Head, foot and each line with a placeholder of a template make way for what is known."""
    places = {"Key Achievements": "- [ACCOMPLISHMENT_1]", "Recent Decisions": "1. **Decision:** [DECISION_1]\n   - **Rationale:** [REASONING]",
              "In Progress": "- [ ] [IN_PROGRESS_TASK] (Progress: [DETAILS])", "Code References": "- [FUNCTION/CLASS_1] - [FILE:LINE] - [PURPOSE]",
              "Work in Progress": "- **Active Task:** [CURRENT_TASK]\n- **Progress:** [COMPLETION_PERCENTAGE]%"}
    sections = "\n".join(f"{line}\n{places.get(line.lstrip('# '), '')}" for line in HEADINGS.split("\n"))
    head = "# Session Handoff\n\n**Session ID:** [SESSION_ID]  \n**Project:** [PROJECT_NAME]  \n\n"
    template = f"{head}{sections}\n---\n**Handoff Quality Score:** [SCORE]/10  \n"

    assert parse(LAYOUT, template) == ()
    filled = update(LAYOUT, template, MATERIAL).text
    assert not PLACEHOLDER.search(filled)
    assert "**Session ID:** s-1 (claude-code)" in filled
    assert update(LAYOUT, filled, MATERIAL).text == filled


def test_c_is_known_by_its_content(text: str) -> None:
    """Rendered or written by hand, the document is taken for this style."""
    assert detect(text) is LAYOUT
    assert detect(BY_HAND) is LAYOUT


def test_an_item_is_never_empty() -> None:
    """All that the style makes has words."""
    items: list[Item] = [i for s in LAYOUT.sections for i in s.make(MATERIAL)]

    assert all(re.search(r"\w", i.text) and i.key for i in items)
