"""Systems D and E with the real command: what a hand-off writes is what `load` gives the next session, and what `forget` takes away."""

from pathlib import Path

import pytest
from tests.conftest import Passdown

DAY = "2026-11-20T09:12:00Z"


@pytest.fixture
def noted(repository: Path, passdown: Passdown) -> Path:
    """A project with a base document and a few notes."""
    (repository / "CLAUDE.md").write_text("# Shop\nBuild with make.\n")
    passdown("init", "--yes")
    for words in (("decision", "Keep the retry queue in SQLite", "--why", "no server to run", "--alternative", "Redis"),
                  ("knowledge", "drain() runs twice at start", "--category", "gotcha"), ("preference", "Short commit subjects")):
        passdown("note", *words, PASSDOWN_NOW=DAY)
    return repository


def test_d_what_a_handoff_writes_loads_by_task(noted: Path, passdown: Passdown) -> None:
    """The base and the block that the task asks for, without our marks; the other blocks stay away."""
    passdown("handoff", "--style", "domain-memory", "--include-private", PASSDOWN_NOW=DAY)
    said = passdown("load", "--task", "why does drain run twice?").stdout

    assert "Build with make." in said
    assert "drain() runs twice at start" in said
    assert "Short commit subjects" not in said
    assert "pd:" not in said
    assert (noted / ".passdown" / "memory" / "shop-api.md").is_file()


def test_e_what_a_handoff_writes_settles_a_question(noted: Path, passdown: Passdown) -> None:
    """The decision is told with its number, before the documents in their order."""
    passdown("handoff", "--style", "session-context", "--include-private", PASSDOWN_NOW=DAY)
    said = passdown("load", "--task", "should we use Redis instead?").stdout
    pasted = passdown("resume", "--paste", "--task", "should we use Redis instead?", PASSDOWN_NOW=DAY).stdout

    assert "Decision 1: Keep the retry queue in SQLite" in said
    assert said.index("docs/decisions.md") < said.index("SESSION_CONTEXT.md")
    assert "Decision 1: Keep the retry queue in SQLite" in pasted
    assert (noted / "SESSION_CONTEXT.md").is_file()


def test_what_git_would_take_says_shared_records_only(noted: Path, passdown: Passdown) -> None:
    """Nothing of a private note stands in a context that git has, not even in a condition or a heading."""
    passdown("handoff", "--style", "session-context", PASSDOWN_NOW=DAY)
    passdown("handoff", "--style", "domain-memory", PASSDOWN_NOW=DAY)
    written = [p.read_text("utf-8") for p in (*noted.glob("*.md"), *noted.glob("docs/*.md"), *noted.glob(".passdown/memory/*.md"))]

    assert len(written) >= 4
    assert [word for text in written for word in ("SQLite", "sqlite", "Redis", "drain", "commit subjects") if word in text] == []


def test_forgetting_takes_every_mention_away(noted: Path, passdown: Passdown) -> None:
    """From decisions, log, summary, conditions and triggers, at once."""
    for style in ("session-context", "domain-memory"):
        passdown("handoff", "--style", style, "--include-private", PASSDOWN_NOW=DAY)
    mark = next(line for line in (noted / "docs" / "decisions.md").read_text("utf-8").split("\n") if "**Decision:**" in line)
    passdown("forget", mark.split("pd:")[1].split(" ")[0], "--yes", PASSDOWN_NOW=DAY)
    texts = [p.read_text("utf-8") for p in (noted / "SESSION_CONTEXT.md", *noted.glob("docs/*.md"), *noted.glob(".passdown/memory/*.md"))]

    assert len(texts) == 4
    assert [word for text in texts for word in ("SQLite", "sqlite", "Redis", "retry") if word in text] == []
