"""What holds for every figure of continuity, from the table."""

import json
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from passdown.continuity.base import Figure
from passdown.continuity.course import Course
from passdown.continuity.pair import Pair
from passdown.continuity.table import TABLE, figures
from passdown.model.event import Event, Prompt, Reply, ToolCall, ToolResult
from passdown.model.session import Session

DOCUMENT = Path(__file__).parents[2] / "docs" / "continuity.md"
GOLDEN = sorted((Path(__file__).parents[1] / "golden" / "transcripts").rglob("*.events.json"))
UNITS = {"yes", "share", "questions", "sayings", "decisions", "approaches", "files", "min", "k tokens"}
BEFORE, AFTER = Session("a", "codex", ended="2026-01-01T10:00:00Z"), Session("b", "codex", started="2026-01-02T10:00:00Z")


def pair(*events: Event) -> Pair:
    return Pair(BEFORE, AFTER, (BEFORE,), (), Course(events))


def test_the_table_names_every_figure_once() -> None:
    """A module in the folder that is not in the table would never be told."""
    folder = Path(__file__).parents[2] / "src" / "passdown" / "continuity" / "figures"

    assert sorted(TABLE) == sorted(p.stem for p in folder.glob("*.py") if p.stem != "__init__")
    assert len({f.NAME for f in figures()}) == len(TABLE)


@pytest.mark.parametrize("figure", figures(), ids=lambda f: f.NAME)
def test_a_figure_is_defined_in_code_and_document(figure: Figure) -> None:
    """Its unit is one that pictures know; the document has a section with its definition, and what it is weak at."""
    text = DOCUMENT.read_text(encoding="utf-8")
    section = text.partition(f"### `{figure.NAME}`")[2].partition("\n### ")[0]

    assert figure.UNIT in UNITS
    assert figure.BETTER in ("higher", "lower")
    assert figure.SAYS.endswith(".")
    assert [word for word in ("**Formula.**", "**Source.**", "**Weak.**") if word not in section] == []


@pytest.mark.parametrize("figure", figures(), ids=lambda f: f.NAME)
@pytest.mark.parametrize("events", [
    (), (Prompt(n=0, text=""),), (Reply(n=0, text="?"),), (ToolCall(n=0, call="", tool=""),), (ToolResult(n=0, call="none"),),
    (ToolCall(n=0, call="1", tool="Edit", action="edit"),), (ToolCall(n=0, call="1", tool="Bash", action="shell", command="git \"unclosed"),)])
def test_a_figure_takes_any_session(figure: Figure, events: tuple[Event, ...]) -> None:
    """Nothing is raised, and where nothing can be said there is a reason."""
    found = figure.measure(pair(*events))

    assert found.value is None or found.value >= 0
    assert found.value is not None or found.why


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_evidence_points_at_events_that_are_there(path: Path) -> None:
    """On transcripts of every agent."""
    rows = [event for row in json.loads(path.read_bytes()) if isinstance(row, list) for event in row]
    events = tuple(replace(msgspec.convert(row, Event), n=n) for n, row in enumerate(rows))
    numbers = {e.n for e in events}
    seen = [s.event for figure in figures() for s in figure.measure(pair(*events)).seen]

    assert set(seen) - {-1} <= numbers
