"""A log of decisions that is a table or a list goes on as one."""

import pytest
from msgspec.structs import replace

from passdown.formats.base import Layout, Material
from passdown.formats.edits import Taken, edits
from passdown.formats.parts import decisions
from passdown.formats.sectioned import parse, update
from passdown.formats.styles.decisions import STYLE
from passdown.model.anchor import Anchor
from passdown.model.ids import derived_id
from passdown.model.record import Record

TABLE = ("# Decisions\n\nWhat holds.\n\n| # | Decision | Why | Status | Date |\n|---|---|---|---|---|\n"
         "| D-008 | Use Postgres | known | accepted | 2026-01-02 |\n| D-009 | No ORM | speed | accepted | 2026-01-03 |\n\nSee the wiki.\n")
LIST = "# Decisions\n\n1. **Use Postgres** — we know it\n2. **No ORM** — speed\n\nSee the wiki.\n"
BULLETS = "# Decisions\n\n- **Use Postgres**: we know it\n  and it is there\n- **No ORM**: speed"
SQLITE = Record(derived_id("1"), "decision", "Use SQLite | for the index\n\nIt is there already.", trust="noted", created="2026-11-01T00:00:00Z", details={
    "why": "no server; no port", "alternative": ("LMDB", "a flat file: slow"), "trade-off": "one writer"}, anchors=(Anchor("src/index.py", 3, 9),))
CENTS = Record(derived_id("2"), "decision", "Count in cents", trust="noted", created="2026-11-02T00:00:00Z")
BOTH = Material("2026-11-05T00:00:00Z", records=(CENTS, SQLITE))
PATH = "docs/decisions.md"


def layout_of(text: str) -> Layout:
    [one] = STYLE.documents(BOTH, {PATH: text})
    assert one.path == PATH
    return one.layout


def written(text: str, material: Material = BOTH) -> str:
    once = update(layout_of(text), text, material).text
    assert update(layout_of(once), once, material).text == once
    return once


@pytest.mark.parametrize("text", [TABLE, LIST, BULLETS], ids=["table", "numbers", "bullets"])
def test_new_decisions_follow_the_last_one_and_come_back_whole(text: str) -> None:
    """The oldest first, right below the others; every line that was there stays, no heading is added, and the records are read back."""
    after = written(text)
    assert [line for line in after.split("\n") if line.startswith("#")] == ["# Decisions"]
    assert all(line in after.split("\n") for line in text.split("\n"))
    assert [f.record.title for f in parse(layout_of(after), after)] == ["Use Postgres", "No ORM", SQLITE.title, CENTS.title]
    assert update(layout_of(after), after, BOTH).left_out == ()
    for found, meant in zip(parse(layout_of(after), after)[2:], (SQLITE, CENTS), strict=True):
        assert (found.record.id, found.record.text, dict(found.record.details)) == (meant.id, meant.text, dict(meant.details))
        assert [a.place for a in found.record.anchors] == [a.place for a in meant.anchors]


def test_a_row_has_the_columns_and_the_numbers_of_its_table() -> None:
    """Number, title, reason, status and day stand where the others have them."""
    [row] = [line for line in written(TABLE).split("\n") if "Count in cents" in line]
    assert row.startswith("| D-011 | Count in cents | – | accepted | 2026-11-02 <!-- pd:")
    assert decisions.called(TABLE, BOTH) == {SQLITE.id: "Decision 010", CENTS.id: "Decision 011"}


def test_of_a_superseded_decision_only_the_status_changes() -> None:
    """Somebody's row and ours: every other cell is as it was, and it is read back as superseded."""
    [orm, *_] = [f.record.id for f in decisions.read(TABLE) if f.record.title == "No ORM"]
    before = written(TABLE, replace(BOTH, records=(CENTS,)))
    after = written(before, replace(BOTH, records=(replace(SQLITE, supersedes=(orm, CENTS.id)),)))
    assert "| D-009 | No ORM | speed | superseded by “Use SQLite \\| for the index”, 2026-11-01 | 2026-01-03 |" in after
    found = {f.record.title: (f.record.status, f.edited) for f in decisions.read(after)}
    assert found == {"Use Postgres": ("active", False), "No ORM": ("superseded", False), CENTS.title: ("superseded", False), SQLITE.title: ("active", False)}


def test_the_columns_of_somebodys_table_are_details() -> None:
    """Reason, status and day of a row are read by the names of their columns."""
    _, orm = decisions.read(TABLE.replace("| No ORM | speed | accepted", "| No ORM | speed | rejected"))
    assert (orm.record.title, orm.record.text, dict(orm.record.details)) == ("No ORM", "No ORM", {"why": "speed"})
    assert (orm.record.status, orm.record.created) == ("archived", "2026-01-03T00:00:00Z")


def test_an_item_is_written_as_the_others_are() -> None:
    """The list's own numbers and dashes."""
    assert f"3. **Use SQLite | for the index** — no server; no port <!-- pd:{SQLITE.id}" in written(LIST)


@pytest.mark.parametrize("text", [TABLE, LIST, BULLETS], ids=["table", "numbers", "bullets"])
def test_an_edit_flows_back_and_what_must_not_be_said_goes(text: str) -> None:
    """A reason rewritten in the row or item is taken; a row of a record that is withheld goes, but not when somebody rewrote it."""
    after = written(text)
    edited = after.replace("no server; no port", "no server to run")
    [one] = edits(layout_of(edited), edited, BOTH, {r.id: r for r in BOTH.records})
    assert isinstance(one, Taken)
    assert one.record == replace(SQLITE, details={**SQLITE.details, "why": "no server to run"})

    without = replace(BOTH, records=(CENTS,), withheld=frozenset((SQLITE.id,)))
    assert "SQLite" not in update(layout_of(after), after, without).text
    kept = update(layout_of(edited), edited, without)
    assert ("no server to run" in kept.text, kept.edited) == (True, (SQLITE.id,))


def test_what_somebody_says_by_the_same_title_is_not_said_twice() -> None:
    """A decision that the log has in its own words is not added."""
    assert written(TABLE, replace(BOTH, records=(replace(CENTS, text="No ORM"),))) == TABLE


def test_a_log_of_sections_and_one_without_decisions_are_none_of_these() -> None:
    """They go on with headings."""
    empty = "# Decisions\n\nNone yet.\n"
    assert "## Decision 2: Count in cents" in update(decisions.log("decisions/log", PATH, empty, BOTH), empty, BOTH).text
    assert decisions.log("decisions/log", PATH, "# Decisions\n\n## D-1: A\n\nx\n", BOTH).whole is None
