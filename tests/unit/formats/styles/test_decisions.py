"""Decision records: files of their own in the project's habit, or one log."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from passdown.formats.base import Material
from passdown.formats.parts import decision_files, decisions
from passdown.formats.sectioned import parse, update
from passdown.formats.styles.decisions import RECORD, STYLE
from passdown.model.anchor import Anchor
from passdown.model.ids import derived_id
from passdown.model.record import Record

SQLITE = Record(derived_id("1"), "decision", "Use SQLite for the index\nIt is there already.", created="2026-11-01T00:00:00Z", details={
    "why": "no server", "alternative": ("LMDB", "a flat file: slow"), "trade-off": "one writer", "approval": "the user", "outcome": "fast enough"},
    anchors=(Anchor("src/index.py", 3, 9),))
DUCK = Record(derived_id("2"), "decision", "Use DuckDB for the index (it scans faster)", created="2026-11-03T00:00:00Z", supersedes=(SQLITE.id,))
ONE, TWO = Material("2026-11-05T00:00:00Z", records=(SQLITE,)), Material("2026-11-05T00:00:00Z", records=(DUCK,))
NYGARD = ("# {n}. {title}\n\n## Status\n\nAccepted, 2026-01-02\n\n## Context\n\nWe need it.\n\n"
          "## Decision\n\nWe take it.\n\n## Consequences\n\n- It costs.\n")
INLINE = "# SHOP-ADR-0004: Keep carts\n\nStatus: accepted\nDate: 2026-05-13\nIssue:\n[#1](x)\n\n## Context\n\nC.\n\n## Decision\n\nD.\n"
MATTER = ("---\nid: decision-1\ntitle: Use Tailwind\ndate: '2025-06-22'\nstatus: proposed\n---\n"
          "## Context\n\nC.\n\n## Decision\n\nD.\n\n### Key Requirements:\n- x\n")
MADR = ("---\nstatus: accepted\ndate: 2026-02-03\ndecision-makers: the team\n---\n\n# Use Markdown\n\n## Context and Problem Statement\n\nHow to write?\n\n"
        "## Considered Options\n\n* Markdown\n* AsciiDoc\n\n## Decision Outcome\n\nChosen option: \"Markdown\", because it is read everywhere.\n")
LOG = ("# Decisions\n\nIntro.\n\n## ADR-007: Phi chosen\n\n**Status:** accepted\n\n**Decision:** Phi chosen\n**Rationale:** small\n"
       "**Alternatives:**\n- Mistral: later\n- GPT\n\n## References\n\n- x\n")


def written(material: Material, there: dict[str, str]) -> dict[str, str]:
    """The documents after a handoff; a second one changes nothing."""
    once, twice = {**there}, {}
    for one in STYLE.documents(material, there):
        once[one.path] = update(one.layout, there.get(one.path, ""), one.material).text
    for one in STYLE.documents(material, once):
        twice[one.path] = update(one.layout, once.get(one.path, ""), one.material).text
    assert {**once, **twice} == once
    return once


def changed(before: str, after: str) -> list[tuple[str, str]]:
    return [(a, b) for a, b in zip(before.split("\n"), after.split("\n"), strict=True) if a != b]


def test_each_decision_gets_a_numbered_file_in_the_form_of_nygard() -> None:
    """Without a habit: docs/adr, four digits, Status, Context, Decision, Alternatives and Consequences, and all of the record read back."""
    files = written(ONE, {})

    assert list(files) == ["docs/adr/0001-use-sqlite-for-the-index.md"]
    text = files["docs/adr/0001-use-sqlite-for-the-index.md"]
    assert [line for line in text.split("\n") if line.startswith("#")] == [
        "# 1. Use SQLite for the index", "## Status", "## Context", "## Decision", "## Alternatives Considered", "## Consequences"]
    [found] = parse(RECORD, text)
    assert (found.record.id, found.record.text, dict(found.record.details)) == (SQLITE.id, SQLITE.text, dict(SQLITE.details))
    assert [a.place for a in found.record.anchors] == ["src/index.py:3-9"]


def test_of_a_superseded_decision_only_the_status_changes() -> None:
    """The new decision gets the next number, the old file a link to it, and not another byte."""
    before = written(ONE, {})
    after = written(TWO, before)
    old, new = "docs/adr/0001-use-sqlite-for-the-index.md", "docs/adr/0002-use-duckdb-for-the-index-it-scans-faster.md"

    assert list(after) == [old, new]
    [(was, now)] = changed(before[old], after[old])
    assert was.startswith("Accepted, 2026-11-01")
    assert now.startswith(f"superseded by [{Path(new).stem}]({Path(new).name}), 2026-11-03")
    assert parse(RECORD, after[old])[0].record.status == "superseded"


@pytest.mark.parametrize(("path", "text", "new", "head"), [
    ("doc/adr/0007-keep-carts.md", NYGARD.format(n=7, title="Keep carts"), "doc/adr/0008-use-sqlite-for-the-index.md", "# 8. Use SQLite for the index"),
    ("docs/adr/SHOP-ADR-0004-keep-carts.md", INLINE, "docs/adr/SHOP-ADR-0005-use-sqlite-for-the-index.md", "# SHOP-ADR-0005: Use SQLite for the index"),
    ("backlog/decisions/decision-1 - Use-Tailwind.md", MATTER, "backlog/decisions/decision-2 - Use-SQLite-for-the-index.md", "---\nid: decision-2\n"),
])
def test_a_project_keeps_its_folder_numbers_and_heads(path: str, text: str, new: str, head: str) -> None:
    """What the last file looks like, the next one looks like; the files that are there stay."""
    files = written(ONE, {path: text})

    assert files[path] == text
    assert files[new].startswith(head)
    assert [f.record.text for f in parse(RECORD, files[new])] == [SQLITE.text]


@pytest.mark.parametrize(("text", "was", "now"), [
    (NYGARD.format(n=7, title="Keep carts"), "Accepted, 2026-01-02", "Superseded by"), (INLINE, "Status: accepted", "Status: superseded by"),
    (MATTER, "status: proposed", "status: superseded by")])
def test_a_file_of_somebody_else_changes_its_status_line_alone(text: str, was: str, now: str) -> None:
    """When a record supersedes what people had written, wherever the status stands."""
    path = "docs/adr/0007-keep-carts.md"
    old = decision_files.read(text)[0].record
    files = written(replace(ONE, records=(replace(DUCK, supersedes=(old.id,)),)), {path: text})

    [(before, after)] = changed(text, files[path])
    assert before == was
    assert after.startswith(now)
    assert decision_files.read(files[path])[0].record.status == "superseded"


def test_files_of_other_forms_are_read() -> None:
    """MADR with front matter and options, inline status, title in the front matter; a README in the folder is no decision."""
    madr = decision_files.read(MADR)[0].record
    assert (madr.title, madr.created, madr.detail("alternative"), madr.detail("approval")) == ("Use Markdown", "2026-02-03T00:00:00Z", "AsciiDoc", "the team")
    assert madr.detail("why") == "How to write?"
    assert decision_files.read(INLINE)[0].record.title == "Keep carts"
    assert decision_files.read(MATTER)[0].record.title == "Use Tailwind"
    assert decision_files.read("# Decisions\n\nOne file each. Status and context are needed.\n") == ()


def test_a_log_goes_on_in_its_own_numbering() -> None:
    """`## ADR-007` is followed by ADR-008, before the sections that are no decisions; lines of others stay; superseded ones change their status line."""
    files = written(ONE, {"docs/decisions.md": LOG})
    text = files["docs/decisions.md"]
    assert [line for line in text.split("\n") if line.startswith("#")] == [
        "# Decisions", "## ADR-007: Phi chosen", "## ADR-008: Use SQLite for the index", "## References"]
    assert all(line in text.split("\n") for line in LOG.split("\n"))

    phi = decisions.read(LOG)[0].record
    assert (phi.title, phi.details) == ("Phi chosen", {"why": "small", "alternative": ("Mistral: later", "GPT")})
    later = replace(ONE, records=(replace(DUCK, supersedes=(phi.id,)), SQLITE))
    after = written(later, files)["docs/decisions.md"]
    assert "**Status:** superseded by ADR-009, 2026-11-03" in after
    assert [f.record.status for f in decisions.read(after)] == ["superseded", "active", "active"]


@pytest.mark.parametrize("text", [
    "# Decisions\n\n| # | Decision | Why | Date |\n|---|---|---|---|\n| D-1 | Use Postgres | known | 2026-01-02 |\n| D-2 | No ORM | speed | 2026-01-03 |\n",
    "# Decisions\n\n- **Use Postgres**: we know it\n- **No ORM**: speed\n"])
def test_logs_without_headings_are_read(text: str) -> None:
    """Tables and lists with bold titles give a decision an entry."""
    assert [f.record.title for f in decisions.read(text)] == ["Use Postgres", "No ORM"]


def test_what_must_not_be_said_any_more_goes_from_a_log_with_its_heading() -> None:
    """A forgotten decision leaves nothing; numbers of the others stay."""
    both = replace(ONE, records=(SQLITE, replace(DUCK, supersedes=())))
    before = written(both, {"docs/decisions.md": LOG})
    after = written(replace(both, records=(replace(DUCK, supersedes=()),), withheld=frozenset((SQLITE.id,))), before)["docs/decisions.md"]

    assert "SQLite" not in after
    assert "## ADR-009: Use DuckDB" in after


def test_an_edited_piece_of_a_file_is_found() -> None:
    """Whoever rewrites the context of one of our files is heard."""
    [(_, text)] = written(ONE, {}).items()
    [found] = parse(RECORD, text.replace("no server", "no server to run"))

    assert found.edited
    assert found.record.detail("why") == "no server to run"


def test_real_decision_records_are_read(data: Path) -> None:
    """Every file of the folders has its title, and alternatives where it has a section for them; the READMEs are none."""
    for path in sorted((data / "documents" / "9-adr").glob("*/*.md")):
        text = path.read_text(encoding="utf-8")
        found = decision_files.read(text)
        if path.name.lower().endswith("readme.md"):
            assert found == ()
        else:
            assert found[0].record.title, path.name
            assert found[0].record.detail("why"), path.name
            assert ("Alternatives" in text) <= bool(found[0].record.detail("alternative")), path.name


@pytest.mark.parametrize("there", [{}, {"docs/decisions.md": LOG}])
def test_what_must_not_be_said_and_was_rewritten_stays_and_is_named(there: dict[str, str]) -> None:
    """A file and an entry of a log: the words are somebody's, and each update tells that they are there."""
    one = replace(ONE, records=(SQLITE,))
    texts = {path: text.replace("It is there", "It is here") for path, text in written(one, there).items()}
    gone = replace(ONE, records=(), withheld=frozenset((SQLITE.id,)))
    for _ in range(2):
        drafts = {p.path: update(p.layout, texts[p.path], p.material) for p in STYLE.documents(gone, texts)}
        texts = {path: draft.text for path, draft in drafts.items()}

        assert all("It is here" in draft.text for draft in drafts.values())
        assert [key.split(".")[0] for draft in drafts.values() for key in draft.edited] == [SQLITE.id]


@pytest.mark.parametrize("words", ["no server", "a flat file: slow", "one writer"])
def test_a_rewritten_detail_of_what_must_not_be_said_stays_and_is_named(words: str) -> None:
    """Every update names it; the decision itself and the details that nobody touched go, and nothing is written anew."""
    [(path, text)] = written(ONE, {}).items()
    texts = {path: text.replace(words, f"{words}, as we learned")}
    gone = replace(ONE, records=(), withheld=frozenset((SQLITE.id,)))
    for _ in range(2):
        [planned] = STYLE.documents(gone, texts)
        draft = update(planned.layout, texts[path], planned.material)
        texts[path] = draft.text

        assert f"{words}, as we learned" in draft.text
        assert {key.split(".")[0] for key in draft.edited} == {SQLITE.id}
        assert ("It is there already" in draft.text, draft.text.count("<!-- pd:")) == (False, 1)


@pytest.mark.parametrize("why", ["# no heading", "- no list", "```sh", "| a | b |", "Why: # twice", "Why: so", "1. first"])
def test_a_reason_begins_nothing_in_a_file(why: str) -> None:
    """It stays a paragraph, behind a label where it would be a heading, a list, a table or a block, and is read as it was."""
    [(_, text)] = written(replace(ONE, records=(replace(SQLITE, details={"why": why}),)), {}).items()
    [found] = parse(RECORD, text)

    assert found.record.detail("why") == why
    assert text.count("\n#") == 3
