"""What documents are made of."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from passdown.actions.material import material, once
from passdown.model.record import Record
from passdown.project import open_project

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]


def test_paths_in_what_somebody_said_are_the_projects_own(passdown: Passdown, repository: Path) -> None:
    """In text and details; where the project lies is still known."""
    passdown("init", "--yes")
    passdown("note", "decision", f"Drain in {repository}/src/queue.py", "--why", f"{repository}/README.md says so")
    found = material(open_project(repository), repository / "HANDOFF.md", shared_only=False)

    assert [(r.text, r.detail("why")) for r in found.records] == [("Drain in src/queue.py", "README.md says so")]
    assert found.root == str(repository)


def test_a_quote_is_not_said_again_as_its_own_reason() -> None:
    """Only what was cut out of it; a decision keeps its reason, and what somebody noted stays as it is."""
    quote = "It is slow because every run reads the whole log."
    said = {"why": "every run reads the whole log", "category": "gotcha"}
    extracted = Record("0" * 16, "knowledge", quote, trust="extracted", details=said)
    others = (Record("1" * 16, "decision", quote, trust="extracted", details=said), Record("2" * 16, "knowledge", quote, trust="noted", details=said))

    assert once(extracted).details == {"category": "gotcha"}
    assert [once(one).details for one in others] == [said, said]
