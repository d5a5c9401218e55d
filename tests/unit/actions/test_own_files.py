"""Passdown's own files are no work of a session."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from passdown.actions.material import material
from passdown.actions.own_files import own_files, without
from passdown.model.session import FileFact, Session
from passdown.project import open_project

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]


def test_what_passdown_wrote_is_its_own_and_what_a_person_wrote_is_not(passdown: Passdown, repository: Path) -> None:
    """Its folder, and documents by what the store knows of them, committed or not."""
    passdown("init", "--yes")
    (repository / "NOTES.md").write_text("# Notes\n")
    passdown("note", "decision", "Drain twice", "--share")
    passdown("handoff", "--style", "continuity", "--include-private")
    project = open_project(repository)
    own = own_files(project)

    assert [own(p) for p in (".passdown/records/decision/x.md", "CONTINUITY.md")] == [True, True]
    assert [own(p) for p in ("NOTES.md", "src/a.py", "/etc/CONTINUITY.md")] == [False, False, False]
    (repository / "bank").mkdir()
    passdown("handoff", "--style", "continuity", "--include-private", "--out", "bank/ledger.md")
    assert own("bank/") is False  # the store did not know it yet
    assert own_files(project)("bank/") is True
    (repository / "bank" / "mine.md").write_text("# Mine\n")
    assert own_files(project)("bank/") is False
    touched = Session("s", "codex", files=(FileFact("CONTINUITY.md", edits=1), FileFact("src/a.py", edits=1)))
    assert [f.path for f in without(touched, own).files] == ["src/a.py"]


def test_committed_own_files_are_in_no_material(passdown: Passdown, repository: Path) -> None:
    """A commit of theirs alone is none of the work; one of other files too names those."""
    passdown("init", "--yes")
    passdown("handoff", "--style", "continuity", "--include-private")
    for message, name in (("Store", ""), ("Drain", "queue.py")):
        if name:
            (repository / name).write_text("x\n")
            (repository / "CONTINUITY.md").write_text("# CONTINUITY.md\n")
        for words in (("add", "-A"), ("commit", "-qm", message)):
            subprocess.run(["git", *words], cwd=repository, check=True)
    (repository / "CONTINUITY.md").write_text("# CONTINUITY.md\n\nmore\n")
    found = material(open_project(repository), repository / "HANDOFF.md", shared_only=False)

    assert found.git is not None
    assert [(c.subject, c.files) for c in found.git.commits] == [("Drain", ("queue.py",)), ("First commit", ("README.md",))]
    assert found.git.changed == ()
