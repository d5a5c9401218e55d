"""The continuity ledger: written, kept, read in the forms that people give it."""

import re
from pathlib import Path

from passdown.formats.base import Material
from passdown.formats.sectioned import parse, update
from passdown.formats.styles.continuity import LAYOUT
from passdown.formats.table import detect
from passdown.model.ids import derived_id
from passdown.model.record import Record

LEDGER = """# CONTINUITY.md
## Goal (incl. success criteria):
- Stable stems without axioms.

## Constraints/Assumptions:
- No `sorry`.

## Key decisions:
- None yet.

## State:
- Done:
  - Read the request.
  - Looked at patterns:
    - deeper
- Now:
  - Write the file.
- Next:
  - Run the build.

## Open questions (UNCONFIRMED if needed):
- UNCONFIRMED: which one is meant?

## Working set (files/ids/commands):
- Files: `a.lean`
- Commands: `lake build`
"""
LIST = ("- Goal (incl. success criteria):\n  - Keep it green.\n- Constraints/Assumptions:\n  - Zero warnings.\n"
        "- State:\n  - Done:\n    - Created it.\n  - Now:\n    - Commit.\n")


def said(text: str) -> list[tuple[str, str, str]]:
    return [(f.record.kind, f.record.detail("state") or f.record.detail("category"), f.record.title) for f in parse(LAYOUT, text)]


def test_a_ledger_is_read_by_its_sections_and_labels() -> None:
    """Done, now and next stand in nested lists, in bold, or on one line; `None yet.` says nothing; line numbers are those of the file."""
    expected = [
        ("task", "in progress", "Stable stems without axioms."), ("knowledge", "constraint", "No `sorry`."), ("task", "done", "Read the request."),
        ("task", "done", "Looked at patterns:"), ("task", "in progress", "Write the file."), ("task", "open", "Run the build."),
        ("question", "", "UNCONFIRMED: which one is meant?"), ("resource", "", "Files: `a.lean`"), ("command", "", "lake build")]

    assert said(LEDGER) == expected
    bold = LEDGER.replace("- Done:", "- **Done**:").replace("- Now:\n  - Write the file.", "- **Now**: Write the file.")
    assert said(bold.replace("- Next:\n  - Run", "- **Next**: Run"))[:5] == expected[:5]
    assert [f.first for f in parse(LAYOUT, LEDGER)][:3] == [3, 6, 13]


def test_a_ledger_that_is_one_list_is_read() -> None:
    """Without a single heading."""
    assert said(LIST) == [("task", "in progress", "Keep it green."), ("knowledge", "constraint", "Zero warnings."), ("task", "done", "Created it."),
                          ("task", "in progress", "Commit.")]


def test_our_lines_come_back_as_they_were_said() -> None:
    """Knowledge of no category stays of none below Constraints; tasks say how far they are by their label."""
    records = (
        Record(derived_id("k"), "knowledge", "The cache is per branch"), Record(derived_id("d"), "task", "Write the reader", details={"state": "done"}),
        Record(derived_id("n"), "task", "Write the writer", details={"state": "in progress", "percent": "40"}), Record(derived_id("x"), "task", "Ship it"))
    text = update(LAYOUT, "", Material("2026-11-05T00:00:00Z", records=records)).text

    assert re.findall(r"- \*\*(Done|Now|Next):\*\*", text) == ["Done", "Now", "Next"]
    found = parse(LAYOUT, text)
    back = {f.record.id: f.record for f in found}
    assert not any(f.edited for f in found)
    assert all((back[r.id].text, dict(back[r.id].details)) == (r.text, dict(r.details)) for r in records)


def test_an_update_keeps_what_somebody_wrote() -> None:
    """Their lines byte for byte, ours below them; a second update changes nothing."""
    material = Material("2026-11-05T00:00:00Z", records=(Record(derived_id("d"), "decision", "Use Lean 4"),))
    draft = update(LAYOUT, LEDGER, material)

    assert [line for line in draft.text.split("\n") if "pd:" not in line and line] == [line for line in LEDGER.split("\n") if line]
    assert "- Use Lean 4 <!-- pd:" in draft.text
    assert update(LAYOUT, draft.text, material).text == draft.text


def test_the_real_ledger_through_its_versions(data: Path) -> None:
    """Each version is known as a ledger, gives nine of ten list items of its sections as records, and is not damaged by an update."""
    items = found = 0
    for path in sorted((data / "documents" / "6-continuity").glob("*/*")):
        text = path.read_text(encoding="utf-8")
        layout = detect(text)
        assert layout
        assert layout.name == "continuity"
        labels = r"\s*[-*] \**(?:Done|Now|Next|State|Goal|Key|Files|Commands|Open|Working|Constraints)\b.*:\**\s*$|\s*[-*] \W*None\b"
        first = re.compile(r"(?:  )?[-*] ") if "\n  - Done" not in text else re.compile(r"(?:    )?[-*] ")
        items += sum(bool(first.match(line)) and not re.match(labels, line) for line in text.split("\n"))
        found += len(parse(LAYOUT, text))
        draft = update(LAYOUT, text, Material("2026-11-05T00:00:00Z"))
        assert all(line in draft.text for line in text.split("\n"))
    assert found >= .9 * items
