"""System A, clause by clause, as far as the document itself shows it; `tests/e2e/test_handoff.py` shows what needs a repository."""

import re
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from passdown.formats import checklist
from passdown.formats.base import Commit, GitState, Material, Overview
from passdown.formats.sectioned import number, parse, update
from passdown.formats.styles.session_memory import LAYOUT, PATH, STYLE
from passdown.model.anchor import Anchor
from passdown.model.ids import derived_id
from passdown.model.record import Detail, Record
from passdown.model.session import CommandFact, ErrorFact, Session

NOW = "2026-11-20T10:00:00Z"
SEED = (
    "Project Overview", "Architecture", "Completed Work", "In-Progress/Blocked", "Pending Work", "Critical Knowledge", "Test Data", "Quick Start", "Git State",
    "Related Memory Files", "Resume Instructions", "User Preferences", "Lessons Learned")


def record(kind: str, text: str, place: str = "", **details: Detail) -> Record:
    anchors = (Anchor(place, 12, 20),) if place else ()
    named = {name.replace("_", "-"): value for name, value in details.items()}
    return Record(derived_id(kind, text), kind, text, created="2026-11-19T09:00:00Z", updated="2026-11-19T09:00:00Z", details=named, anchors=anchors)


def section(text: str, which: int) -> str:
    found = re.search(rf"^## {which}\. .*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no section {which}"
    return found[0]


def written(*records: Record, **facts: object) -> str:
    return update(LAYOUT, "", replace(Material(NOW, root="/home/dev/shop", records=records), **facts)).text


def test_a_exactly_one_document_at_exactly_that_path() -> None:
    """`.tmp/SESSION_MEMORY.md`, whatever is known and whatever lies there."""
    assert [p.path for p in STYLE.documents(Material(NOW), {"other.md": "x"})] == [PATH] == [".tmp/SESSION_MEMORY.md"]


def test_a_thirteen_numbered_sections_in_order_with_a_budget_each_and_about_500_lines_in_all() -> None:
    """The seed's headings in its order, its lines for each, and no document above 500 even from a thousand records."""
    budgets = [10, 20, 50, 20, 20, 150, 30, 20, 15, 15, 25, 25, 20]
    many = [record(kind, f"{kind} number {n} of many") for n in range(100) for kind in ("knowledge", "task", "blocker", "lesson", "preference", "milestone")]
    text = written(*many)

    assert tuple(re.findall(r"^## \d+\. (.+)$", text, re.MULTILINE)) == SEED
    assert [s.budget for s in LAYOUT.sections] == budgets
    assert text.count("\n") <= LAYOUT.budget == 500
    assert all(s.lines <= s.budget for s in update(LAYOUT, "", Material(NOW, records=tuple(many))).sections)


def test_a_what_still_holds_is_kept_and_only_changed_sections_are_stamped() -> None:
    """An existing file is read first; a new lesson stamps section 13 and nothing else; lines of others stay."""
    keep = record("knowledge", "Ids are padded", severity="critical")
    before = written(keep).replace("## 12. User Preferences\n", "## 12. User Preferences\n\nTabs, never blanks.\n")
    after = update(LAYOUT, before, Material("2026-11-21T10:00:00Z", root="/home/dev/shop", records=(keep, record("lesson", "Build first")))).text

    assert re.findall(r"^## (\d+)\..*\[UPDATED: 2026-11-21\]$", after, re.MULTILINE) == ["12", "13"]
    assert "Tabs, never blanks." in section(after, 12)
    assert "Ids are padded" in section(after, 6)


def test_a_obsolete_content_moves_to_the_archive_and_goes_after_two_weeks() -> None:
    """What holds no more stands in the archive with its day, for two weeks and not longer."""
    before = written(record("task", "Fix the rounding", priority="high"))
    day = date(2026, 11, 20)
    archived = update(LAYOUT, before, Material(f"{day}T12:00:00Z", root="/home/dev/shop")).text
    last = update(LAYOUT, archived, Material(f"{day + timedelta(days=14)}T12:00:00Z", root="/home/dev/shop"))
    gone = update(LAYOUT, last.text, Material(f"{day + timedelta(days=15)}T12:00:00Z", root="/home/dev/shop"))

    assert "Fix the rounding" not in section(archived, 5)
    assert "Fix the rounding" in archived.partition("## Archive")[2]
    assert "### [2026-11-20] 5. Pending Work" in archived
    assert (last.expired, "Fix the rounding" in last.text) == (0, True)
    assert (gone.expired, "Fix the rounding" in gone.text) == (1, False)


def test_a_what_was_archived_is_read_back_as_archived() -> None:
    """Entries of the archive stay records, only their status says that they hold no more."""
    before = written(record("task", "Fix the rounding", priority="high"))
    archived = update(LAYOUT, before, Material("2026-11-20T12:00:00Z", root="/home/dev/shop")).text

    assert [(f.record.text, f.record.status) for f in parse(LAYOUT, archived)] == [("Fix the rounding", "archived")]


def test_a_the_absolute_root_stands_once_in_section_1_and_all_other_paths_are_relative() -> None:
    """One absolute path; a document for others has none."""
    facts = {"git": GitState("main", Commit("a" * 40, "First"), (("src/pay.py", " M"),), stopped="src/pay.py:3"), "existing": frozenset(("src/pay.py",))}
    text = written(record("knowledge", "Ids are padded", "src/pay.py", severity="critical"), **facts)

    assert text.count("/home/dev/shop") == 1
    assert "Project root: `/home/dev/shop`" in section(text, 1)
    assert "/home/dev" not in update(LAYOUT, "", Material(NOW)).text


def test_a_critical_knowledge_stands_by_severity_and_category_with_its_place() -> None:
    """🔴 above 🟡 above 🟢, gotchas before services before patterns, and `File: path:lines`."""
    text = section(written(
        record("knowledge", "Nice to know", severity="helpful"), record("knowledge", "Retries pay off", severity="critical", category="pattern"),
        record("knowledge", "Ids are padded", "src/pay.py", severity="critical", category="gotcha"),
        record("knowledge", "Saves an hour", severity="important")), 6)
    heads = [line.split(" <!--")[0] for line in text.splitlines() if line[:1] in "🔴🟡🟢" and line]

    assert heads == ["🔴 CRITICAL - Ids are padded (gotcha)", "🔴 CRITICAL - Retries pay off (pattern)", "🟡 IMPORTANT - Saves an hour",
                     "🟢 HELPFUL - Nice to know"]
    assert "\nFile: src/pay.py:12-20" in text


def test_a_test_data_has_its_date_sample_calls_and_the_place_of_its_credentials() -> None:
    """Each with the day on which it was right; calls that worked; where credentials lie, never what they are."""
    call = Session("s", "codex", ended=NOW, commands=(CommandFact("curl -s localhost:8000/health", ok=True, last=NOW),))
    text = section(written(record("test-data", "Order 1001 has a refund", as_of="2026-11-18", credentials="backend/local.env"), sessions=(call,)), 7)

    assert "- [As of 2026-11-18] Order 1001 has a refund" in text
    assert "Credentials (location only): backend/local.env" in text
    assert "# Sample calls that worked [As of 2026-11-20]\ncurl -s localhost:8000/health" in text


def test_a_day_of_test_data_that_nobody_said_is_not_made_up() -> None:
    """Where no day was said stands when it was noted, which is not read back as the day on which it was right, and the checklist still asks for one."""
    text = written(record("test-data", "Order 1001 has a refund"))

    assert "- [noted 2026-11-19] Order 1001 has a refund" in section(text, 7)
    [found] = [f.record for f in parse(LAYOUT, text) if f.record.kind == "test-data"]
    assert (found.text, found.detail("as-of")) == ("Order 1001 has a refund", "")
    assert checklist.test_data(checklist.bodies(text, number(LAYOUT)), "2026-11-20").ok is False


def test_a_knowledge_that_nobody_ranked_is_not_given_a_rank() -> None:
    """It stands behind the important, is read back unranked even when its words look like a rank, and the checklist says so."""
    words = ("Critical: ids are padded", "# 3 retries pay off")
    text = written(*(record("knowledge", one) for one in words), record("knowledge", "Saves an hour", severity="important"),
                   record("knowledge", "Nice to know", severity="helpful"))
    heads = [line.split(" <!--")[0] for line in section(text, 6).splitlines() if line[:1] in "🟡🟢⚪" and line]

    assert [head[0] for head in heads] == ["🟡", "⚪", "⚪", "🟢"]
    assert {f.record.text: f.record.detail("severity") for f in parse(LAYOUT, text) if f.record.text in words} == dict.fromkeys(words, "")
    assert "not ranked: " in checklist.ranked(checklist.bodies(text, number(LAYOUT))).why


def test_a_in_progress_says_error_messages_and_where_it_stopped() -> None:
    """The begun task with file and line, the blocker with its next step, the last session's error in its own words, the last uncommitted hunk."""
    last = Session("s", "codex", ended=NOW, errors=(ErrorFact("make test", "AssertionError: 3 != 4"),))
    text = section(written(
        record("task", "Make drain() safe", state="in progress", percent="40", stopped="src/retry.py:88"), record("blocker", "No key", next="Ask finance"),
        sessions=(last,), git=GitState("main", changed=(("src/retry.py", " M"),), stopped="src/retry.py:90")), 4)

    for words in ("**In progress (40 %):** Make drain() safe", "Stopped at: src/retry.py:88", "**Blocked:** No key", "Next step: Ask finance",
                  "AssertionError: 3 != 4", "Stopped at: src/retry.py:90"):
        assert words in text


def test_a_pending_work_stands_by_priority_with_ticket_references() -> None:
    """High before low before none; a ticket file as `@path`, a number in front; no work for some day that no ticket asks for."""
    draft = update(LAYOUT, "", Material(NOW, records=(
        record("task", "Someday", horizon="future"), record("task", "Whenever"), record("task", "Later", priority="low", ticket="SHOP-7"),
        record("task", "Now", priority="high", ticket="tickets/T-1.md"), record("task", "Asked for", horizon="future", ticket="#12"))))
    heads = [line[2:].split(" <!--")[0] for line in section(draft.text, 5).splitlines() if line.startswith("- ")]

    assert heads == ["[high] `@tickets/T-1.md` - Now", "[low] SHOP-7: Later", "[no priority] #12: Asked for", "[no priority] Whenever"]
    assert [(one.title, one.why) for one in draft.left_out] == [("Someday", "for the future, and no ticket asks for it")]


def test_a_git_state_says_branch_commit_changes_and_remote() -> None:
    """The seed's four lines, measured."""
    text = section(written(git=GitState("main", Commit("abcdef1" + "0" * 33, "Add pay"), (("a.py", " M"),), "2 ahead (origin/main)")), 9)

    assert "Branch: main\nLast commit: abcdef1 Add pay\nUncommitted changes: yes, 1 path: a.py\nRemote sync: 2 ahead (origin/main)" in text


def test_a_quick_start_names_exact_commands_in_one_block() -> None:
    """Set up, run and verify, from manifests, sessions and notes, each with how it ended last."""
    ran = Session("s", "codex", ended=NOW, commands=(CommandFact("make test", ok=True, last=NOW, purpose="test"),))
    text = section(written(record("command", "make run", purpose="run"), sessions=(ran,),
                           overview=Overview("shop", commands=(("pip install -e .", "set-up", "pyproject.toml"),))), 8)

    assert [line.split("  #")[0] for line in text.splitlines()[2:] if line and "<!--" not in line] == [
        "```bash", "# Set up", "pip install -e .", "# Run", "make run", "# Verify", "make test", "```"]


def test_a_resume_instructions_say_what_to_read_to_verify_and_to_continue() -> None:
    """READ FIRST, VERIFY STATE, CONTINUE FROM with task, file and next step."""
    text = section(written(
        record("task", "Make drain() safe", state="in progress", stopped="src/retry.py:88", next="Add a lock around the loop"), git=GitState("main"),
        existing=frozenset(("src/retry.py",))), 11)

    assert "1. READ FIRST:" in text
    assert "- `src/retry.py` - where work goes on" in text
    assert "2. VERIFY STATE:" in text
    assert "`git status --short` → nothing uncommitted, hand-off files aside; on branch main" in text
    assert "3. CONTINUE FROM:" in text
    assert "- File: src/retry.py:88" in text
    assert "- Next step: Add a lock around the loop" in text


def test_a_preferences_lessons_and_related_files_have_their_sections() -> None:
    """How the user wants it by scope, what to do differently, and what else there is to read; all come back whole."""
    records = (record("preference", "Conventional commits", scope="Commits"), record("lesson", "Build before deploy", why="it broke twice"),
               record("resource", "The webhook guide", link="docs/webhooks.md"))
    text = written(*records, memory=((".tmp/AUDIO.md", "S3 audio"),))

    assert "- **Commits:** Conventional commits" in section(text, 12)
    assert "- Build before deploy" in section(text, 13)
    assert "- `.tmp/AUDIO.md` - S3 audio" in section(text, 10)
    assert "- `docs/webhooks.md` – The webhook guide" in section(text, 10)
    assert {f.record.id: (f.record.text, dict(f.record.details)) for f in parse(LAYOUT, text)} == {r.id: (r.text, dict(r.details)) for r in records}


@pytest.mark.parametrize(("text", "wrong"), [
    ("Write to max" + "@shop-mail.net", "max" + "@shop-mail.net"), ("Call +49 170 " + "1234567", "1234567"),
    ("The file:\n```py\n" + "line\n" * 60 + "```", "line\n" * 20)])
def test_a_personal_data_and_whole_files_stay_out(text: str, wrong: str) -> None:
    """Masked or cut, and what was cut is listed. (Secrets are replaced when the text is written: `tests/e2e/test_handoff.py`.)"""
    draft = update(LAYOUT, "", Material(NOW, records=(record("knowledge", text),)))

    assert wrong not in draft.text
    assert [one.why for one in draft.left_out] == ["not whole: text"]


def test_a_all_seven_points_of_the_self_verification_are_checked() -> None:
    """A check for each, also for what would waste the most time and for restarting with only the quick start."""
    material = Material(NOW, root="/home/dev/shop", records=(record("approach", "Polling", outcome="failed", spent="3h", why="slow"),))
    sections = checklist.bodies(update(LAYOUT, "", material).text, number(LAYOUT))
    names = [c.name for c in checklist.verify(sections, material, checklist.Facts())]

    assert len(names) == 7
    assert "the one thing that would waste the most time" in names
    assert any("quick start" in name for name in names)


def test_a_full_table_stays_as_it_is_when_it_is_written_again() -> None:
    """The two lines above its rows are ours: they take no room from the items a second time."""
    done = tuple(Record(derived_id("task", str(n)), "task", f"Drain queue {n}", status="resolved", details={"state": "done"}) for n in range(80))
    material = Material("2026-11-20T10:00:00Z", done=done)
    first = update(LAYOUT, "", material).text

    assert "more: `passdown list`" in first
    assert update(LAYOUT, first, material).text == first
