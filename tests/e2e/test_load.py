"""`passdown load`, as a person runs it."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Passdown

MEMORY = """\
# Orders
<document inherits="/CLAUDE.md"><metadata><triggers>order|refund</triggers></metadata></document>
Orders are never deleted.

## Batches - `@batch_*/`
<LOAD_IF task="batch|parallel">
At most five at once.
</LOAD_IF>
"""
FILES = {
    "CLAUDE.md": "# Shop\nUse pytest.\n", ".claude/memory/orders.md": MEMORY, ".claude/memory/batch_1/notes.md": "Batch 1: three done.\n",
    "SESSION_CONTEXT.md": "# Session Context\n## Where We Are\nPhase 1 in progress\n## What NOT to Do\n- No Kafka before phase 3.\n",
    "docs/decisions.md": "# Decisions\n## Decision 1: Queue in SQLite\n**Rationale:** nothing to run, Redis is one more process\n",
    "docs/phases/phase1.md": "# Phase 1\n- [ ] import\n",
}


@pytest.fixture
def shop(repository: Path) -> Path:
    for path, text in FILES.items():
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_text(text)
    return repository


def test_the_text_is_loaded_in_order(shop: Path, passdown: Passdown) -> None:
    """The session context, the base, what is derived from it, what a block refers to; each under its source."""
    said = passdown("load", "--task", "refund the orders in a batch").stdout
    places = [said.index(f"\n\n{path}:") for path in ("SESSION_CONTEXT.md", "CLAUDE.md", ".claude/memory/orders.md", ".claude/memory/batch_1/notes.md")]

    assert places == sorted(places)
    assert "At most five at once." in said
    assert "LOAD_IF" not in said


def test_what_does_not_match_stays_away(shop: Path, passdown: Passdown) -> None:
    """And `--explain` says why."""
    done = passdown("load", "--task", "refund an order", "--explain")

    assert "At most five" not in done.stdout
    assert "+ .claude/memory/orders.md: trigger `order`" in done.stderr
    assert "  - .claude/memory/orders.md:6-8: no alternative of `batch|parallel` is in the task" in done.stderr


def test_what_is_settled_is_said(shop: Path, passdown: Passdown) -> None:
    """Decisions and deferrals, with their place."""
    assert "- Decision 1: Queue in SQLite; rationale: nothing to run, Redis is one more process (docs/decisions.md:2-3)" in passdown(
        "load", "--task", "should we use Redis instead?").stdout
    assert "- Put off: No Kafka before phase 3. (SESSION_CONTEXT.md:5)" in passdown("load", "--task", "add Kafka").stdout


def test_json_has_all_of_it(shop: Path, passdown: Passdown) -> None:
    """Pieces, what was left out, why, findings."""
    done: dict[str, Any] = json.loads(passdown("load", "--task", "refund", "--json", "--budget", "150").stdout)

    assert done["tokens"] <= 150
    assert done["reading"]["phase"] == "phase 1"
    assert {"pieces", "left_out", "considered", "reading", "budget", "tokens"} <= set(done)


def test_the_start_of_a_session_to_paste(shop: Path, passdown: Passdown) -> None:
    """What to read, what to confirm, what to ask."""
    said = passdown("load", "--task", "start phase 1", "--paste").stdout

    assert said.startswith("New session: start phase 1\n")
    assert said.index("SESSION_CONTEXT.md") < said.index("docs/phases/phase1.md") < said.index("State in a few sentences")


def test_secrets_are_replaced(shop: Path, passdown: Passdown) -> None:
    """A document may hold one; it is printed by nobody."""
    secret = "ghp_" + "a1B2" * 9
    (shop / "CLAUDE.md").write_text(f"# Shop\ntoken {secret}\n")

    assert secret not in passdown("load", "--task", "refund").stdout


def test_a_project_without_documents_says_nothing(passdown: Passdown) -> None:
    """No text, and to a person that there is none; no store is needed."""
    done = passdown("load", "--task", "anything")

    assert done.stdout == ""
    assert "nothing to load" in done.stderr


def test_a_budget_that_holds_nothing_is_a_mistake(passdown: Passdown) -> None:
    """It is told with what to do."""
    assert "at least" in passdown("load", "--budget", "3", code=2).stderr


def rebuilt(source: Path, root: Path) -> None:
    """Real documents at their places: their names hold the path, the dot of hidden folders left out."""
    for file in source.iterdir():
        path = root / ("." * file.name.startswith("claude__") + file.name.replace("__", "/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.read_bytes())


def test_real_memory_documents_load_by_task(data: Path, tmp_path: Path, passdown: Passdown) -> None:
    """A navigation hub's blocks lead to the documents that they name, and only to those."""
    for home in (data / "documents" / "4-domain-memory").iterdir():
        rebuilt(home, tmp_path / home.name)
        root = str(tmp_path / home.name)
        done = {task: json.loads(passdown("load", "-C", root, "--task", task, "--json").stdout) for task in ("research", "agent modification", "x")}
        paths = {task: {p["path"] for p in loaded["pieces"]} for task, loaded in done.items()}

        assert paths["x"] == set()
        assert paths["research"] != paths["agent modification"]
        assert "CLAUDE.md" in paths["research"]


def test_real_documents_load(data: Path, spread: Callable[[Iterable[Path], int], list[Path]]) -> None:
    """Whatever their Markdown: as a memory document, and as each document of a session context."""
    from tests.unit.loading.texts import Texts

    from passdown.briefing.tokens import estimate
    from passdown.loading import render
    from passdown.loading.assembled import loaded

    for file in spread((p for p in (data / "documents").rglob("*.md") if p.is_file()), 70):
        text = file.read_text(encoding="utf-8", errors="replace")
        texts = {"CLAUDE.md": "---\ntriggers: import\n---\n" + text, "SESSION_CONTEXT.md": text, "docs/decisions.md": text, "docs/architecture.md": text}
        done = loaded(["CLAUDE.md"], texts, Texts(texts), "should the import fail in phase 2?", estimate, 2_000)

        assert estimate(render.text(done)) <= 2_000, file.name
        assert done.pieces
