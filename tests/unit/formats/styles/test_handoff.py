"""The free handoff: what people and agents call things, and which of their documents is brought up to date."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from passdown.formats import outline
from passdown.formats.base import GitState, Material
from passdown.formats.sectioned import number, parse, update
from passdown.formats.styles.handoff import LAYOUT, STYLE
from passdown.formats.table import detect
from passdown.model.record import Record
from passdown.model.session import Session

NOW = "2026-11-20T09:12:00Z"
DOCUMENT = """# Handoff: queue phase 2 complete

**Date:** 2026-11-19 · **Branch:** `queue`

## Goal
Drain the queue twice.

## Current state
- The loop runs, and phase 2 is committed on the branch; nothing has been pushed to the remote, because no
  upstream is configured.

## Files touched (phase 2 only)
- `src/queue.py` — the loop; finished.

## Key decisions
1. **SQLite over a broker** — no server to run. *Rejected:* a broker, which is one more process.
2. Keep names short.

## Constraints and user directives (verbatim)
- "Commit after each phase."

## Dead ends
- **A cache in front** made it slower.

## Verification
- `pytest -q` — 12 passed.
- `tests/test_queue.py` — covers the loop
- The page was looked at.

```text
12 passed
```

```bash
make smoke
```

## Git state
- Branch `queue`, clean.

## Next exact work — phase 3
1. Retry with jitter.

## Open questions for the user
- None.
- May we push?

## Read on resume
- `docs/queue.md` — the plan
"""


def test_a_free_handoff_becomes_records_of_its_sections() -> None:
    """Each section's lines become its kind, wrapped lines one title, with what stands behind them as details."""
    found = [f.record for f in parse(LAYOUT, DOCUMENT)]

    assert [(r.kind, r.title, dict(r.details)) for r in found] == [
        ("knowledge", "Drain the queue twice.", {}),
        ("knowledge", "The loop runs, and phase 2 is committed on the branch; nothing has been pushed to the remote, because no upstream is configured.", {}),
        ("resource", "`src/queue.py` — the loop; finished.", {"link": "src/queue.py"}),
        ("decision", "SQLite over a broker", {"why": "no server to run.", "alternative": ("a broker, which is one more process.",)}),
        ("decision", "Keep names short.", {}),
        ("preference", "\"Commit after each phase.\"", {}),
        ("approach", "**A cache in front** made it slower.", {"outcome": "failed"}),
        ("command", "pytest -q", {"purpose": "verify", "outcome": "12 passed."}),
        ("knowledge", "`tests/test_queue.py` — covers the loop", {}),
        ("knowledge", "The page was looked at.", {}),
        ("command", "make smoke", {"purpose": "verify"}),
        ("task", "Retry with jitter.", {}),
        ("question", "May we push?", {}),
        ("resource", "`docs/queue.md` — the plan", {"link": "docs/queue.md"})]


@pytest.mark.parametrize(("heading", "section"), [
    ("## Next Session Suggestions", "Next steps"), ("## Next steps — phase 3", "Next steps"), ("## Remaining work", "Next steps"),
    ("## Incomplete/TODO", "Next steps"), ("## Phase 3 result", "Current state"), ("## What happened this session", "Current state"),
    ("## Completed phase 0", "Completed"), ("## Decisions Made This Session", "Key decisions"), ("## Problems & Solutions", "Problems and solutions"),
    ("## Files touched (task 3.11 only)", "Files touched"), ("## Known Issues", "Known issues"), ("## Technical Notes", "Technical notes"),
    ("## Risks & Blockers", "Risks"), ("## 3. Where We're Going", "Next steps"), ("## Quick Start for Next Session", "Commands")])
def test_headings_as_people_write_them(heading: str, section: str) -> None:
    """Other names, and what a heading is restricted to, are known."""
    which = outline.number_of(heading, number(LAYOUT))

    assert which
    assert LAYOUT.sections[which - 1].name == section


@pytest.mark.parametrize("heading", ["## Appendix A", "# Handoff: phase 3 complete", "## The cat", "## Phase 3"])
def test_other_headings_are_not_taken_for_sections(heading: str) -> None:
    """What names no section stays somebody's own."""
    assert outline.number_of(heading, number(LAYOUT)) == 0


def test_a_foreign_handoff_keeps_its_lines() -> None:
    """Records are added in the document's own sections, nothing else changes."""
    record = Record("01m3250v00yn0001", "approach", "Two queues", created=NOW, details={"outcome": "failed", "why": "order is lost"})
    draft = update(LAYOUT, DOCUMENT, Material(NOW, records=(record,)))
    lines = DOCUMENT.rstrip("\n").split("\n")

    assert [line for line in draft.text.split("\n") if line in lines and line] == [line for line in lines if line]
    assert draft.left_out == ()
    assert "- Two queues" in draft.text
    assert update(LAYOUT, draft.text, Material(NOW, records=(record,))).text == draft.text


def test_the_project_s_own_folder_of_handoffs_is_used() -> None:
    """A project that keeps dated files gets a dated one, any other HANDOFF.md; files by the template are another style's."""
    material = Material(NOW, sessions=(Session("s", "codex", title="Drain it"),))

    assert STYLE.documents(material, {})[0].path == "HANDOFF.md"
    assert STYLE.documents(material, {".claude/handoffs/2026-11-01-x.md": DOCUMENT})[0].path == ".claude/handoffs/2026-11-20-drain-it.md"
    assert STYLE.documents(material, {".claude/handoffs/2026-11-01-x.md": DOCUMENT, "HANDOFF.md": DOCUMENT})[0].path == "HANDOFF.md"
    assert STYLE.documents(material, {".passdown/handoffs/2026-11-01-x.md": "**Session ID:** 7"})[0].path == "HANDOFF.md"


def test_what_is_known_is_measured() -> None:
    """Git, the last words and the files to read need nobody to type them."""
    session = Session("s", "codex", ended=NOW, title="Drain it", goal="Drain the queue.", last_words="Half done.")
    text = update(LAYOUT, "", Material(NOW, git=GitState("queue"), sessions=(session,))).text

    assert text.startswith("# Handoff: Drain it\n")
    assert "Branch: queue" in text
    assert "“Half done.”" in text
    assert "**Test Status:** UNKNOWN" in text


def test_it_is_known_by_its_content() -> None:
    """Headings and first line tell it from other styles."""
    assert detect(DOCUMENT) is LAYOUT


ENTRY = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s")


def entries(path: Path) -> Iterator[tuple[bool, bool]]:
    """For each list item at the margin of a section that has a kind: whether it became a record, or a part of one; and whether of the section's kind.

    In a list of checks, what begins with a command is one, all else is knowledge.
    """
    text = path.read_text()
    kinds = {line: (f.record.kind, f.section) for f in parse(LAYOUT, text) for line in range(f.first, f.last + 1)}
    first = 1
    for part in outline.parts(text, number(LAYOUT), again=True):
        lines = outline.LINE.findall(part.body)
        kind = LAYOUT.sections[part.number - 1].kind if part.number else ""
        for at, (line, fenced) in enumerate(zip(lines, outline.fences(lines), strict=True), first + part.heading.count("\n")):
            if kind and ENTRY.match(line) and not fenced:
                found = kinds.get(at, ("", 0))
                yield bool(found[0]), found[0] in ((kind, "knowledge") if kind == "command" else (kind,))
        first += part.text.count("\n")


def test_real_handoffs_become_records_of_their_sections_kind(data: Path) -> None:
    """Of the list items in sections that are recognised, nearly all become records, of the kind that the section is about."""
    found = [one for path in sorted((data / "documents" / "3-handoff-md").glob("*/*.md")) for one in entries(path)]

    assert len(found) > 4_000
    assert sum(said for said, _ in found) >= 0.98 * len(found)
    assert sum(right for _, right in found) >= 0.95 * len(found)
