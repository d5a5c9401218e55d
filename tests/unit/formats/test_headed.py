"""Entries below headings of their own, as others write what was tried."""

import pytest

from passdown.formats.grammar import Place, records
from passdown.model.record import Record

TRIED = """
### 1. Token bucket (session 1 — abandoned)

It kept its state in memory, and each worker had its own.

**Why abandoned**: State must be shared between all workers of one machine,
which their own memory is not.
**File:** src/limits.py:12

### 2. Fixed window

A counter in Redis.

#### Root cause

Twice the requests pass where two windows meet.

#### Lesson learned

Test at the edges.

---

### 3. Sliding window (kept)

A sorted set in Redis.
"""


def found(body: str, kind: str) -> list[Record]:
    return [one.record for one in records(body, Place(1, kind), 1)]


def test_what_stands_below_a_heading_is_one_approach() -> None:
    """The heading is its title; paragraphs and headings that name a detail are its details, and a word in brackets says how it ended."""
    first, second, third = found(TRIED, "approach")
    assert (first.title, first.details, [a.place for a in first.anchors]) == (
        "Token bucket (session 1 — abandoned)",
        {"outcome": "failed", "why": "State must be shared between all workers of one machine, which their own memory is not."}, ["src/limits.py:12"])
    assert (second.text, second.details) == (
        "Fixed window\nA counter in Redis.", {"why": "Twice the requests pass where two windows meet.", "lesson": "Test at the edges."})
    assert (third.title, third.details) == ("Sliding window (kept)", {"outcome": "worked"})


def test_lines_are_counted_as_they_stand() -> None:
    """Each entry is found at its heading's line, and the last one ends with the section."""
    lines = TRIED.split("\n")
    spans = [(one.first, one.last) for one in records(TRIED, Place(1, "approach"), 1)]
    assert [lines[first - 1][:6] for first, _ in spans] == ["### 1.", "### 2.", "### 3."]
    assert spans[-1][1] == len(lines) - 1


@pytest.mark.parametrize(("kind", "body", "titles"), [
    ("approach", "### By hand\n\n- Set the clock back\n- Wait a day\n", ["Set the clock back", "Wait a day"]),
    ("decision", "### Settled before\n\nUse SQLite.\n\nKeep the queue.\n", ["Use SQLite.", "Keep the queue."]),
    ("task", "### High priority\n\nFix the rounding\n", ["Fix the rounding"])])
def test_a_heading_above_several_things_is_no_entry(kind: str, body: str, titles: list[str]) -> None:
    """A list, paragraphs that may be several decisions, a rank: each thing stays one of its own."""
    assert [r.title for r in found(body, kind)] == titles


def test_a_cause_below_the_heading_of_an_issue_is_a_detail_of_it() -> None:
    """For other kinds than approaches a detail must be there to make one thing of heading and paragraphs."""
    issue, = found("### Totals drift\n\nIt adds floats.\n\n**Severity:** critical\n**Workaround:** count in cents\n", "issue")
    assert (issue.text, issue.details) == ("Totals drift\nIt adds floats.", {"severity": "critical", "mitigation": "count in cents"})


@pytest.mark.parametrize(("kind", "line", "commands"), [
    ("resource", "- Commands: `make test`, `make run`.", ["make test", "make run"]),
    ("command", "- `make test` and `make run`", ["make test", "make run"]),
    ("resource", "#### Commands\n- `make test`\n- `make run`", ["make test", "make run"]),
    ("command", "- `make test`: 12 passed", ["make test"])])
def test_each_command_of_a_list_is_one(kind: str, line: str, commands: list[str]) -> None:
    """As code behind a label, in one line or several; what stands behind one alone says how it ended."""
    assert [(r.kind, r.text) for r in found(line + "\n", kind)] == [("command", text) for text in commands]


def test_files_behind_a_label_stay_what_they_are() -> None:
    """Only commands are told apart."""
    only, = found("- Files: `a.py`, `b.py`\n", "resource")
    assert only.kind == "resource"
