"""A clock that is set back and forth while agents work: nothing is lost, captured twice or left lying, and each session is briefed."""

import io
import os
from contextlib import redirect_stderr, redirect_stdout
from itertools import pairwise
from pathlib import Path

import pytest
from tests.reliability import hookworld, verbs
from tests.reliability.calls import CallFault, run_hook, set_clock
from tests.reliability.faults import fork_and_wait

from passdown.cli.main import main
from passdown.hooks import spool

HOUR, YEAR = 3600.0, 365 * 86_400.0
NOW = 1_795_000_000.0  # November 2026
START, PROMPT, STOP = hookworld.CASES[0], hookworld.CASES[3], hookworld.CASES[8]
CLOCKS = (NOW, NOW - HOUR, NOW + 75 * YEAR, 86_400.0, NOW - YEAR, NOW + HOUR)


def command(place: Path, clock: float, *words: str) -> None:
    """In a process of its own, for which it is that time."""

    def inside() -> None:
        set_clock(clock)
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            code = main([*words, "-C", str(place)])
        os._exit(code)

    assert fork_and_wait(inside) == 0, words


def test_a_clock_that_is_set_back_and_forth(quick_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By an hour, decades ahead and before the first commit of anything, between hooks, captures and notes."""
    monkeypatch.setenv("PASSDOWN_HOME", "")  # which a run sets
    place, rows = quick_path / "shop", verbs.GOLDEN.read_text().splitlines(keepends=True)
    hookworld.prepare(place)
    home = {"PASSDOWN_HOME": str(place / "home"), "HOME": str(place / "home")}
    before, log = verbs.records(place), place / "longer.jsonl"
    parts = [len(rows) // 2 + len(rows) * n // (2 * len(CLOCKS)) for n in range(len(CLOCKS) + 1)]
    for (_, end), clock in zip(pairwise(parts), CLOCKS, strict=True):
        log.write_text("".join(rows[:end]))
        for case, now in ((START, clock), (START, clock - HOUR), (PROMPT, clock), (STOP, clock), (STOP, clock + HOUR)):
            done = run_hook(case.payload(place, prompt_id="" if case is START else str(clock)), CallFault("fails"), quick_path, home, now)
            assert done.code == 0
            assert case.says in hookworld.answer(done.said)
        command(place, clock, "note", "lesson", f"Said at {clock}")
        command(place, clock, "capture", "--spooled")
        command(place, clock, "resume")

    assert len(verbs.records(place) - before) >= len(CLOCKS)
    assert not [*(place / ".passdown" / "local" / spool.FOLDER).glob("[!.]*")]
    there = verbs.kept(place)
    assert not verbs.errors(place)
    clean = quick_path / "clean"
    hookworld.prepare(clean)
    verbs.run(clean, "capture", "--transcript", str(clean / "longer.jsonl"))
    assert there == verbs.kept(clean)
