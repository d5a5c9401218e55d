"""System C as a user runs it: real processes, a real repository, a real transcript, a fixed clock."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
CLAUDE = Path(__file__).parents[1] / "golden" / "transcripts" / "claude-code" / "session.jsonl"
NOW = "2026-11-20T09:12:00Z"


@pytest.fixture
def store(passdown: Passdown) -> Passdown:
    passdown("init", "--yes")
    passdown("capture", "--transcript", str(CLAUDE))
    return passdown


def handoffs(repository: Path) -> list[Path]:
    return sorted((repository / ".passdown" / "handoffs").glob("*.md"))


def test_c_a_session_is_handed_over_with_what_was_measured(store: Passdown, repository: Path) -> None:
    """The document names the session, git's state now and how the tests ended; nothing is left unfilled, and git does not see it."""
    (repository / "app.py").write_text("print()\n")
    store("handoff", "--style", "session-handoff", "--now", NOW)
    [path] = handoffs(repository)
    text = path.read_text()
    seen = subprocess.run(["git", "status", "--porcelain", "-uall"], cwd=repository, capture_output=True, text=True, check=True).stdout

    assert path.name == "2026-11-20-login-and-clock.md"
    assert "**Session ID:** c0ffee00-0000-4000-8000-00000000000a (claude-code)" in text
    assert "**Git Status:** DIRTY - 1 path not committed (`app.py`), on `main`" in text
    assert "**Test Status:** FAILING - `pytest -q` (1 failed, 2 passed)" in text
    assert not re.search(r"\[[A-Z][A-Z_0-9/]*\]", text)
    assert "handoffs" not in seen


def test_c_one_document_a_day_and_thread(store: Passdown, repository: Path) -> None:
    """The same day updates the document, and only where something changed; another day begins one and leaves the old one alone."""
    store("handoff", "--style", "session-handoff", "--now", NOW)
    [path] = handoffs(repository)
    first = path.read_text()
    store("handoff", "--style", "session-handoff", "--now", NOW)
    unchanged = path.read_text()
    store("note", "risk", "The disk fills", "--mitigation", "rotate", "--now", NOW)
    store("handoff", "--style", "session-handoff", "--now", "2026-11-20T10:00:00Z")
    second = path.read_text()
    store("handoff", "--style", "session-handoff", "--now", "2026-11-21T08:00:00Z")

    assert unchanged == first
    assert "- The disk fills - rotate" in second
    assert [one.name for one in handoffs(repository)] == ["2026-11-20-login-and-clock.md", "2026-11-21-login-and-clock.md"]
    assert path.read_text() == second


def test_c_the_score_it_says_of_itself_is_the_one_that_check_gives(store: Passdown, repository: Path) -> None:
    """Score, confidence and time to recover, computed from the text without them; `check` explains each by its findings."""
    done = json.loads(store("handoff", "--style", "session-handoff", "--now", NOW, "--json").stdout)
    [path] = handoffs(repository)
    [checked] = json.loads(store("check", str(path), "--now", NOW, "--json", code=None).stdout)["documents"]
    text = path.read_text()

    assert done["score"] == checked["score"]
    assert f"**Handoff Quality Score:** {checked['score']:.1f}/10" in text
    assert f"**Confidence in Continuity:** {checked['confidence']}" in text
    assert f"**Estimated Context Recovery Time:** {checked['recovery_minutes']} minutes" in text
    assert sum(line["points"] for line in checked["explained"]) == pytest.approx(checked["score"], abs=0.1)


def test_the_free_handoff_lies_where_people_look(store: Passdown, repository: Path) -> None:
    """`HANDOFF.md` at the top; git would take it, so it says what is shared only, unless it is told otherwise."""
    store("handoff", "--style", "handoff", "--now", NOW)
    shared = (repository / "HANDOFF.md").read_text()
    store("handoff", "--style", "handoff", "--include-private", "--now", NOW)

    assert "login" not in shared
    assert "fix the login test" in (repository / "HANDOFF.md").read_text()
