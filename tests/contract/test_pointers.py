"""Extracted records point at what they rest on, over our fixtures and over real sessions where there are any."""

import os
from pathlib import Path

import pytest
from benchmarks.pointers import BOUND, extracted, kept_events, transcripts, wrong
from msgspec.structs import replace

from passdown.extract.records import Extraction
from passdown.model.anchor import Evidence
from passdown.model.event import Event, Mark, Patch, Prompt, Reply, SafeEvents, Todo, ToolCall, ToolResult
from passdown.model.record import Record

DATA = os.environ.get("PASSDOWN_TEST_DATA", "")
GOLDEN = sorted(p for p in (Path(__file__).parent.parent / "golden" / "transcripts").glob("*/*") if not p.name.endswith(".events.json"))
BROKEN = "FAILED tests/test_a.py::test_rows - AssertionError: 3 != 4\n1 failed in 0.20s"


def run(command: str, output: str, *, ok: bool) -> list[Event]:
    return [ToolCall(call=command, tool="Bash", action="shell", command=command), ToolResult(call=command, ok=ok, output=output)]


def edit(path: str) -> list[Event]:
    return [ToolCall(call=path, tool="Edit", action="edit", paths=(path,), patches=(Patch(path),)), ToolResult(call=path, ok=True)]


OWN: list[Event] = [
    Mark(session="s1", cwd="/srv/shop"), Prompt(text="From now on, always use integer cents for amounts in this project."),
    ToolCall(call="t", tool="TodoWrite", action="todo", todos=(Todo("Parse the header", "completed"), Todo("Port the admin pages", "pending")), whole=True),
    *run("pytest -q", BROKEN, ok=False), *edit("/srv/shop/a.py"), *run("pytest -q", BROKEN, ok=False),
    Reply(text="The problem is that `rows` counts the header, because `skip` is applied after the split. I'll move it."), *edit("/srv/shop/b.py"),
    *run("pytest -q", "5 passed in 0.1s", ok=True),
    Reply(text="I chose `heapq` over a sorted list because inserts dominate. It turns out `os.replace` fails on Windows when the target is open."),
]


def own() -> tuple[SafeEvents, list[Record]]:
    """A session of our own; its events are used in the test only and never printed or written."""
    events = SafeEvents(tuple(replace(event, n=n) for n, event in enumerate(OWN)))
    extraction = Extraction()
    extraction.add(events)
    return events, extraction.records()


def test_every_kind_of_finding_points_at_its_words() -> None:
    """Sayings, episodes, commands and to-dos, each with evidence that holds what it cites."""
    events, records = own()
    assert {r.kind for r in records} >= {"approach", "command", "task"}
    assert [fault for record in records for fault in wrong(record, events)] == []


def test_a_pointer_that_is_off_is_found() -> None:
    """The neighbour's event, a changed quote, a number beyond the end, no evidence at all."""
    events, records = own()
    record = next(r for r in records if r.kind == "task")
    [e] = record.evidence
    off = [Evidence(e.session, e.event - 1, e.quote), Evidence(e.session, e.event, "sha256:0"), Evidence(e.session, 999, e.quote)]
    assert [wrong(replace(record, evidence=(one,)), events) for one in off] == [["not in it"], ["not in it"], ["no such event"]]
    assert wrong(replace(record, evidence=()), events) == ["no evidence"]
    assert wrong(replace(record, trust="user"), events) == ["ToolCall cannot say it"]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_our_fixtures(path: Path) -> None:
    """Every pointer of every fixture is right."""
    events = kept_events(path)
    assert [fault for record in extracted(events) for fault in wrong(record, events)] == []


@pytest.mark.skipif(not DATA, reason="PASSDOWN_TEST_DATA is not set")
def test_real_sessions() -> None:
    """Of every twelfth real session nearly all pointers are right."""
    pointers = faults = 0
    for path in transcripts(Path(DATA))[::12]:
        events = kept_events(path)
        for record in extracted(events):
            pointers += len(record.evidence)
            faults += len(wrong(record, events))
    assert pointers > 20
    assert faults <= (1 - BOUND) * pointers
