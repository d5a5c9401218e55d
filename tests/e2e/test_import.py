"""`import` and `export` as a user runs them."""

import json
import os
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from passdown.formats.table import STYLES

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
NOW = "2026-11-20T09:12:00Z"
LOG = """# Session: Refunds

**Created**: 2026-11-02
**Last Updated**: 2026-11-03 14:30 UTC
**Status**: in_progress

## What Worked

- Batching the webhooks
  File: README.md:1

## Next Steps

- [ ] Write the refund flow
- [x] Ask for a key

## Key Decisions

- **Count in cents**: floats drift
"""


@pytest.fixture
def store(passdown: Passdown) -> Passdown:
    passdown("init", "--yes")
    return passdown


@pytest.fixture
def log(repository: Path) -> Path:
    path = repository / "log.md"
    path.write_text(LOG)
    return path


def imported(store: Passdown, *words: str, code: int = 0) -> Any:
    return json.loads(store("import", *words, "--json", "--now", NOW, code=code).stdout)


def listed(store: Passdown) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(store("list", "--all", "--json").stdout)
    return found


def test_a_log_becomes_records_of_its_sections_kinds(store: Passdown, log: Path) -> None:
    """With details, places that can be verified, the document's own dates, and where they came from."""
    done = imported(store, str(log), "--style", "session-log")
    found = {(r["kind"], r["title"]): r for r in listed(store)}
    assert done["records"] == len(found) == 4
    worked = found["approach", "Batching the webhooks"]
    assert (worked["trust"], worked["created"], worked["updated"], worked["agent"]) == (
        "noted", "2026-11-02T00:00:00Z", "2026-11-03T14:30:00Z", "document log.md")
    assert worked["anchors"][0]["seen"].startswith("sha256:")
    assert {k: r["status"] for (k, t), r in found.items() if t == "Ask for a key"} == {"task": "active"} or found["task", "Ask for a key"]["state"] == "done"
    assert log.read_text() == LOG


def test_a_second_import_changes_nothing_and_undo_takes_the_first_back(store: Passdown, log: Path) -> None:
    """Stable ids; one operation."""
    first = imported(store, str(log))
    again = imported(store, str(log))
    assert (first["records"] > 0, again["records"], again["operation"]) == (True, 0, 0)
    assert len(again["files"][0]["known"]) == first["records"]
    store("undo")
    assert listed(store) == []


def test_undo_names_the_records_of_an_import_a_line_each(store: Passdown, log: Path) -> None:
    """By what became of them and by kind; ten by name, and the number of the others."""
    new = json.loads(store("import", str(log), "--json").stdout)["files"][0]["new"]
    lines = store("undo").stdout.split("\n")
    assert lines[0].startswith("Took back operation ")
    assert lines[1].startswith("  not there any more: ")
    named = [line for line in lines if line.startswith("    ") and "more" not in line]
    assert (len(named), max(map(len, lines)) < 160) == (min(10, len(new)), True)
    assert sum(int(part.split()[0]) for part in lines[1].partition(": ")[2].split(", ")) == len(new)


def test_what_is_known_in_the_same_words_is_not_kept_twice(store: Passdown, log: Path) -> None:
    """Whoever said it first."""
    store("note", "task", "write the refund flow.")
    assert "Write the refund flow" not in [one["title"] for one in imported(store, str(log))["files"][0]["new"]]


def test_a_dry_run_keeps_nothing_and_explain_names_every_line(store: Passdown, log: Path) -> None:
    """Records with +, lines that became none with -."""
    log.write_text(LOG + "\n## Odds and ends\n\n- Buy milk\n")
    said = store("import", str(log), "--dry-run", "--explain").stdout
    assert "+ task: Write the refund flow" in said
    assert "- - Buy milk" in said
    assert listed(store) == []


def test_ids_of_our_marks_are_kept_and_what_was_forgotten_stays_forgotten(store: Passdown, passdown: Passdown, repository: Path, tmp_path: Path) -> None:
    """A document carries records into another clone; where one was forgotten for good, it does not come back."""
    kept, gone = (json.loads(store("note", "lesson", text, "--json").stdout)["record"]["id"] for text in ("Count in cents", "Trust nobody"))
    store("export", "--style", "session-memory", "--out", str(tmp_path / "memory.md"))
    store("forget", gone, "--yes")
    other = tmp_path / "other"
    other.mkdir()
    passdown("init", "--yes", cwd=other)
    passdown("import", str(tmp_path / "memory.md"), cwd=other)
    assert {r["id"] for r in json.loads(passdown("list", "--json", cwd=other).stdout)} == {kept, gone}
    assert imported(store, str(tmp_path / "memory.md"))["files"][0]["forgotten"] == [gone]
    assert [r["id"] for r in listed(store)] == [kept]


def test_an_edit_of_our_own_item_goes_into_its_record(store: Passdown, repository: Path) -> None:
    """Also without a hand-off."""
    lesson = json.loads(store("note", "lesson", "Count in cents", "--json").stdout)["record"]["id"]
    store("handoff")
    path = repository / ".tmp" / "SESSION_MEMORY.md"
    path.write_text(path.read_text().replace("Count in cents", "Count in whole cents"))
    assert imported(store, str(path))["files"][0]["taken"] == [{"id": lesson, "changed": ["text"]}]
    assert [r["title"] for r in listed(store)] == ["Count in whole cents"]


def test_mis_decoded_text_is_repaired_and_secrets_are_replaced(store: Passdown, log: Path) -> None:
    """Both are counted; the file stays as it is."""
    secret = "ghp_" + "R4nd0mLettersAndD1gits" + "ForTests99x3kQ"
    text = LOG.replace("Batching the webhooks", "Batching the caf\u00e9 hooks".encode().decode("cp1252")).replace("Ask for a key", f"Use {secret}")
    log.write_text(text)
    one = imported(store, str(log))["files"][0]
    assert (one["repaired"], one["redacted"]) == (1, 1)
    titles = [r["title"] for r in listed(store)]
    assert "Batching the café hooks" in titles
    assert not any(secret in title for title in titles)
    assert log.read_text() == text


def test_line_ends_of_windows_and_a_byte_order_mark_change_nothing(store: Passdown, log: Path, repository: Path) -> None:
    """The same records, the same ids."""
    (repository / "crlf.md").write_bytes(b"\xef\xbb\xbf" + LOG.replace("\n", "\r\n").encode())
    first, second = imported(store, str(log))["files"][0], imported(store, "crlf.md")["files"][0]
    assert ([i["id"] for i in second["known"]], second["new"]) == ([i["id"] for i in first["new"]], [])


@pytest.mark.parametrize(("name", "data", "words"), [
    ("large.md", b"# Notes\n" + b"- line\n" * 8_000_000, "MB, which no document has"),
    ("binary.md", b"# A\n\x00\x01\n", "not text"), ("latin.md", b"# caf\xe9\n", "not UTF-8"),
    ("empty.md", b"", "no style"), ("prose.md", b"Only a sentence.\n", "no style")])
def test_what_cannot_be_read_is_told_and_the_rest_is_read(store: Passdown, log: Path, repository: Path, name: str, data: bytes, words: str) -> None:
    """Large, binary, not UTF-8, of no style: an error for that file, its bytes as they were."""
    path = repository / name
    path.write_bytes(data)
    done = imported(store, name, str(log), code=23 if words == "no style" else 22)
    assert words in done["files"][0]["error"]["message"]
    assert done["files"][1]["new"]
    assert path.read_bytes() == data


def test_a_link_out_of_the_repository_is_refused(store: Passdown, repository: Path, tmp_path: Path) -> None:
    """A cloned repository must not make us read what lies elsewhere; the file itself may be named."""
    outside = tmp_path / "elsewhere.md"
    outside.write_text(LOG)
    os.symlink(outside, repository / "notes.md")
    assert "leads out" in imported(store, "notes.md", code=22)["files"][0]["error"]["message"]
    assert imported(store, str(outside))["records"]


def test_a_folder_is_its_documents_and_a_missing_file_is_an_error(store: Passdown, log: Path, repository: Path) -> None:
    """What lies right in it, by name."""
    (repository / "logs").mkdir()
    log.rename(repository / "logs" / "one.md")
    assert [Path(one["path"]).name for one in imported(store, "logs")["files"]] == ["one.md"]
    assert "no such file" in imported(store, "none.md", code=22)["files"][0]["error"]["message"]
    store("import", ".passdown", code=2)


@pytest.mark.parametrize("name", STYLES)
def test_records_are_exported_in_every_style_and_imported_again(store: Passdown, passdown: Passdown, tmp_path: Path, name: str) -> None:
    """What the style has no place for is listed; all the rest comes back with its id in another project."""
    notes = [("decision", "Count in cents", "--why", "floats drift"), ("task", "Write the refund flow", "--priority", "high"), ("lesson", "Trust no clock"),
             ("knowledge", "Ids are padded", "--severity", "critical", "--category", "gotcha")]
    ids = {json.loads(store("note", *words, "--json").stdout)["record"]["id"] for words in notes}
    out = tmp_path / "out"
    out.mkdir()
    done = json.loads(store("export", "--style", name, "--out", str(out), "--all", "--json").stdout)
    other = tmp_path / "other"
    other.mkdir()
    passdown("init", "--yes", cwd=other)
    if paths := [d["path"] for d in done["documents"]]:
        passdown("import", "--style", name, *paths, cwd=other)
    back = {r["id"] for r in json.loads(passdown("list", "--all", "--json", cwd=other).stdout)}
    assert ids - {left["key"] for left in done["left_out"]} <= back


def test_an_export_overwrites_nothing_and_touches_no_document_of_the_project(store: Passdown, repository: Path) -> None:
    """One document goes to standard output."""
    store("note", "lesson", "Count in cents")
    before = {p: p.read_bytes() for p in repository.rglob("*") if p.is_file() and ".git" not in p.parts}
    said = store("export", "--style", "session-memory").stdout
    assert "Count in cents <!-- pd:" in said
    assert {p: p.read_bytes() for p in repository.rglob("*") if p.is_file() and ".git" not in p.parts} == before
    store("export", "--out", "README.md", code=2)
    assert (repository / "README.md").read_bytes() == before[repository / "README.md"]


def test_an_export_that_git_would_track_says_what_is_shared(store: Passdown, repository: Path) -> None:
    """Unless the user wants the others in it, too."""
    store("note", "lesson", "Count in cents")
    shown = store("note", "lesson", "Trust no clock", "--share")
    assert shown.returncode == 0
    store("export", "--out", "shared.md")
    store("export", "--out", "all.md", "--include-private")
    assert [("Count in cents" in (repository / n).read_text(), "Trust no clock" in (repository / n).read_text()) for n in ("shared.md", "all.md")] == [
        (False, True), (True, True)]


def test_each_file_of_an_export_is_asked_about(store: Passdown, repository: Path) -> None:
    """A folder of which git ignores some names: what is private goes neither into the other files nor into their names."""
    (repository / "out").mkdir()
    (repository / ".gitignore").write_text("out/*.md\n")
    store("note", "decision", "Count money in cents")
    store("note", "decision", "Trust no clock", "--share")
    done = json.loads(store("export", "--style", "memory-bank", "--out", "out", "--json").stdout)
    written = [p for p in (repository / "out").rglob("*") if p.is_file()]
    assert done["shared_only"]
    assert any("Trust no clock" in p.read_text() for p in written)
    assert not any("cents" in p.read_text() + p.name for p in written)


def test_a_date_before_the_first_year_stops_no_import(store: Passdown, log: Path) -> None:
    """In UTC there is no such day: the file's own time stands in for it."""
    log.write_text(LOG.replace("2026-11-02", "0001-01-01 00:00 +05:00"))
    assert imported(store, str(log))["records"] == 4


def test_real_documents_are_read_without_a_fault(store: Passdown, data: Path, spread: Callable[[Iterable[Path], int], list[Path]]) -> None:
    """A second import of all of them finds nothing new."""
    paths = [str(p) for p in spread((p for p in (data / "documents").rglob("*") if p.suffix in (".md", ".tmp", ".mdc")), 70)]
    first = imported(store, *paths, code=23)
    assert {one["error"]["code"] for one in first["files"] if one["error"]} <= {"UnknownStyle"}
    assert first["records"] > 4 * len(paths)
    assert imported(store, *paths, code=23)["records"] == 0


def test_what_is_quoted_stays_a_quote(store: Passdown, log: Path, repository: Path) -> None:
    """An import confirms nothing: the item in “…” is said, and written, as one that nobody has confirmed."""
    log.write_text(LOG.replace("- **Count in cents**: floats drift", "- “We count in cents”"))
    assert "1 of them in “…”" in store("import", str(log), "--dry-run").stdout
    imported(store, str(log))
    assert {r["title"]: r["trust"] for r in listed(store)}["We count in cents"] == "extracted"
    store("export", "--style", "session-log", "--out", "out.md", "--include-private")
    assert "“We count in cents”" in (repository / "out.md").read_text()
