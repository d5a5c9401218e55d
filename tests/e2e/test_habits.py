"""The field's habits from end to end: decision records, ledgers, memory banks, a project's own templates."""

import subprocess
from pathlib import Path

import pytest
from tests.conftest import Passdown

TEMPLATE = "{# path: docs/STATE.md #}\n# {{ project.name }} on {{ git.branch }}\n{% for r in records %}\n{{ r | entry }}\n{% endfor %}\n"


def noted(passdown: Passdown, *words: str) -> str:
    """The id of a new record."""
    return passdown("note", *words).stdout.split()[1]


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)


def test_a_decision_record_is_written_when_it_is_shared(repository: Path, passdown: Passdown) -> None:
    """Git has the folder: neither text nor file name of what is private; shared, superseded and edited, each change goes to its one line."""
    passdown("init")
    first = noted(passdown, "decision", "Use SQLite for the index", "--why", "no server")
    assert "nothing that the style" in passdown("handoff", "--style", "decisions", code=2).stderr
    assert not (repository / "docs").exists()

    passdown("share", first)
    passdown("handoff", "--style", "decisions")
    file = repository / "docs/adr/0001-use-sqlite-for-the-index.md"
    before = file.read_text()
    file.write_text(before.replace("no server", "no server to run"))
    passdown("handoff", "--style", "decisions")
    assert "no server to run" in passdown("show", first).stdout
    assert "by hand" not in passdown("handoff", "--style", "decisions").stdout

    newer = passdown("supersede", first, "Use DuckDB for the index").stdout.split()[1]
    passdown("share", newer)
    passdown("handoff", "--style", "decisions")
    old, new = before.replace("no server", "no server to run").split("\n"), file.read_text().split("\n")
    assert [line.split(",")[0] for line, was in zip(new, old, strict=True) if "pd:" in line and line.split(" <!--")[0] != was.split(" <!--")[0]] == [
        "superseded by [0002-use-duckdb-for-the-index](0002-use-duckdb-for-the-index.md)"]
    assert (repository / "docs/adr/0002-use-duckdb-for-the-index.md").exists()


def test_ledger_and_bank_are_updated_beside_what_people_wrote(repository: Path, passdown: Passdown) -> None:
    """A hand-written ledger and brief keep every line."""
    passdown("init")
    passdown("note", "task", "Ship the cart", "--priority", "high")
    ledger, brief = repository / "CONTINUITY.md", repository / "memory-bank/projectbrief.md"
    ledger.write_text("# CONTINUITY.md\n\n## Goal\n- Sell.\n\n## State\n- Done:\n  - Began.\n")
    brief.parent.mkdir()
    brief.write_text("# Project Brief\n\n## Overview\nMine.\n")
    lines = ledger.read_text().split("\n"), brief.read_text().split("\n")

    passdown("handoff", "--style", "continuity", "--include-private")
    passdown("handoff", "--style", "memory-bank", "--include-private")

    assert all(line in ledger.read_text().split("\n") for line in lines[0])
    assert "- **Next:** Ship the cart" in ledger.read_text()
    assert all(line in brief.read_text().split("\n") for line in lines[1])
    assert "Ship the cart" in (repository / "memory-bank/activeContext.md").read_text()


def test_a_projects_own_template_is_a_style(repository: Path, passdown: Passdown) -> None:
    """Written by the user it runs at once; an error names line and name; secrets are replaced."""
    passdown("init")
    fake = "ghp_" + "a1B2" * 9
    passdown("note", "knowledge", "The cart is cached")
    template = repository / ".passdown/templates/state.md.j2"
    template.parent.mkdir()
    template.write_text(TEMPLATE + f"Token: {fake}\n")

    passdown("handoff", "--style", "state", "--include-private")
    text = (repository / "docs/STATE.md").read_text()
    assert "- **Knowledge:** The cart is cached <!-- pd:" in text
    assert fake not in text

    template.write_text("a\n{{ recrods }}\n")
    failed = passdown("handoff", "--style", "state", code=45).stderr
    assert "line 2: 'recrods' is undefined" in failed
    assert "Styles:" in passdown("handoff", "--style", "other", code=2).stderr


def test_a_template_that_came_with_the_repository_waits_for_trust(repository: Path, passdown: Passdown) -> None:
    """What git brought runs after it was accepted, and again only when it changes."""
    template = repository / ".passdown/templates/state.md.j2"
    template.parent.mkdir(parents=True)
    template.write_text(TEMPLATE)
    git(repository, "add", "-Af")
    git(repository, "commit", "-qm", "Templates")
    passdown("init")

    assert "--trust-template" in passdown("handoff", "--style", "state", code=46).stderr
    assert not (repository / "docs").exists()
    passdown("handoff", "--style", "state", "--trust-template")
    passdown("handoff", "--style", "state")
    template.write_text(TEMPLATE + "More.\n")
    git(repository, "commit", "-qam", "Another one")
    passdown("handoff", "--style", "state", code=46)


@pytest.mark.parametrize("words", [("merge", "--no-commit", "--no-ff", "theirs"), ("cherry-pick", "-n", "theirs")])
def test_a_template_that_comes_with_a_merge_waits_for_trust(repository: Path, passdown: Passdown, words: tuple[str, ...]) -> None:
    """It is no work of the user's only because it is not committed yet, nor because it was taken out of the index."""
    passdown("init")
    git(repository, "checkout", "-qb", "theirs")
    template = repository / ".passdown/templates/state.md.j2"
    template.parent.mkdir(parents=True, exist_ok=True)
    template.write_text(TEMPLATE)
    git(repository, "add", "-Af")
    git(repository, "commit", "-qm", "Templates")
    git(repository, "checkout", "-q", "main")
    git(repository, *words)

    passdown("handoff", "--style", "state", code=46)
    if words[0] == "merge":
        git(repository, "rm", "-q", "--cached", ".passdown/templates/state.md.j2")
        passdown("handoff", "--style", "state", code=46)


def test_a_template_in_a_submodule_waits_for_trust(repository: Path, passdown: Passdown) -> None:
    """The project's git has nothing of its files, but another one has."""
    other = repository.parent / "other"
    (other / "templates").mkdir(parents=True)
    (other / "templates/state.md.j2").write_text(TEMPLATE)
    git(other, "init", "-q")
    git(other, "add", "-A")
    git(other, "commit", "-qm", "Templates")
    git(repository, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other), ".passdown")
    passdown("init")

    passdown("handoff", "--style", "state", code=46)


def test_the_next_number_is_free_however_many_decisions_there_are(repository: Path, passdown: Passdown) -> None:
    """Among more than 500 of them, the new one stands behind the last."""
    passdown("init")
    folder = repository / "docs/adr"
    folder.mkdir(parents=True)
    for n in range(1, 521):
        (folder / f"{n:04}-old.md").write_text(f"# {n}. Old {n}\n\n## Status\n\nAccepted\n\n## Context\n\nC\n\n## Decision\n\nOld {n}\n")
    passdown("note", "decision", "Use SQLite", "--share")
    for _ in range(2):
        passdown("handoff", "--style", "decisions")

        assert [path.name for path in folder.glob("*sqlite*")] == ["0521-use-sqlite.md"]
        assert len(list(folder.iterdir())) == 521
