"""The memory bank: six documents, one home for each record, nothing of anybody overwritten."""

from pathlib import Path

from msgspec.structs import replace

from passdown.formats.base import Material, Overview
from passdown.formats.sectioned import parse, update
from passdown.formats.styles.memory_bank import LAYOUTS, STYLE
from passdown.formats.table import detect
from passdown.model.ids import derived_id
from passdown.model.record import Record

RECORDS = (
    Record(derived_id("1"), "task", "Write the reader", details={"state": "in progress"}), Record(derived_id("2"), "task", "Ship it"),
    Record(derived_id("3"), "task", "Port it", details={"horizon": "future"}), Record(derived_id("4"), "decision", "Use Rust", details={"why": "speed"}),
    Record(derived_id("5"), "knowledge", "Events flow to the index", details={"category": "architecture"}),
    Record(derived_id("6"), "knowledge", "No network in tests", details={"category": "constraint"}), Record(derived_id("7"), "issue", "Slow start"),
    Record(derived_id("8"), "command", "cargo test", details={"purpose": "verify"}), Record(derived_id("9"), "milestone", "First release"),
    Record(derived_id("10"), "preference", "Short commits"), Record(derived_id("11"), "lesson", "Measure first"))
BANK = Material("2026-11-05T00:00:00Z", overview=Overview("shop", "Sells things.", ("Rust",)), records=RECORDS)
HOMES = {
    "activeContext": {"1", "2", "4", "10", "11"}, "progress": {"3", "7", "9"}, "systemPatterns": {"5"}, "techContext": {"6", "8"}, "projectbrief": set[str]()}


def test_each_record_has_one_home_among_the_documents() -> None:
    """By its kind and category; together they say all records, whole."""
    said: dict[str, set[str]] = {}
    for one in STYLE.documents(BANK, {}):
        name = one.layout.name.partition("/")[2]
        text = update(one.layout, "", one.material).text
        back = {f.record.id: f.record for f in parse(one.layout, text)}
        said[name] = {r.id for r in RECORDS if r.id in back}
        assert all((back[r.id].kind, back[r.id].text, dict(back[r.id].details)) == (r.kind, r.text, dict(r.details)) for r in RECORDS if r.id in back)

    assert said == {name: {derived_id(n) for n in numbers} for name, numbers in HOMES.items()}


def test_what_people_wrote_stays() -> None:
    """A brief of their own gets nothing but what is missing, below their lines; documents that have nothing to say are not made."""
    mine = "# Project Brief: shop\n\n## Overview\nMy own words.\n\n## Core Requirements\n\n1. **Fast**\n   - very\n"
    there = {"memory-bank/projectbrief.md": mine, "memory-bank/notes.md": "free\n"}
    texts = {p.path: update(p.layout, there.get(p.path, ""), p.material).text for p in STYLE.documents(BANK, there)}

    assert all(line in texts["memory-bank/projectbrief.md"].split("\n") for line in mine.split("\n"))
    assert "memory-bank/productContext.md" not in texts
    again = {p.path: update(p.layout, texts[p.path], p.material).text for p in STYLE.documents(BANK, texts)}
    assert again == texts


def test_a_bank_in_another_folder_is_kept_there() -> None:
    """`.memory-bank/` stays `.memory-bank/`."""
    planned = STYLE.documents(replace(BANK, records=()), {".memory-bank/progress.md": "# Progress\n"})

    assert {p.path.rpartition("/")[0] for p in planned} == {".memory-bank"}


def test_the_real_bank_is_known_and_read(data: Path) -> None:
    """Each document is detected as what its name says, and its lists become records of the kinds of their sections."""
    kinds: dict[str, set[str]] = {}
    for path in sorted((data / "documents" / "7-memory-bank").glob("*/*")):
        name = path.name.removeprefix("memory-bank__").partition(".md")[0]
        text = path.read_text(encoding="utf-8")
        layout = detect(text)
        assert layout
        assert layout.name == f"memory-bank/{name}"
        kinds.setdefault(name, set()).update(f.record.kind for f in parse(layout, text))
    assert kinds["activeContext"] >= {"task", "decision", "issue"}
    assert kinds["progress"] >= {"task", "issue"}
    assert {one.name.partition("/")[2] for one in LAYOUTS} == set(kinds)
