"""Whole commands, as a user types them, with a full disk, a kill or a power cut at every disk operation of `files`.

SQLite writes by itself: the index is disposable, and capture state has tests of its own.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.reliability.faults import KILLED, Fault, every_fault, run_command

from passdown.cli.main import UNEXPECTED, main
from passdown.errors import PassdownError
from passdown.model.finding import Finding
from passdown.project import open_project
from passdown.store import events
from passdown.store.reading import Stored
from passdown.store.records import RecordStore
from passdown.store.state import State

FAULTS = (Fault("fail", error=errno.ENOSPC, lasting=True), Fault("kill"), Fault("power"))
GOLDEN = Path(__file__).parents[1] / "golden" / "transcripts"
NOW = "2026-11-20T10:00:00Z"


class CommandFailed(PassdownError):
    """A command exited with {code}."""


@dataclass(frozen=True)
class Case:
    """words: `{id}` stands for the acknowledged record. kept: whether that is still there afterwards. again: exit codes of a repetition that are right."""

    words: tuple[str, ...]
    kept: bool = True
    again: tuple[int, ...] = (0,)


CASES = (
    Case(("note", "decision", "Two files", "--why", "room")),
    Case(("note", "decision", "Two files", "--share")),
    Case(("edit", "{id}", "--text", "Two files"), again=(0, 2)),
    Case(("supersede", "{id}", "Two files")),
    Case(("resolve", "{id}")),
    Case(("archive", "{id}")),
    Case(("share", "{id}")),
    Case(("handoff",)),
    Case(("forget", "{id}", "--yes"), kept=False, again=(0, 30)),
    Case(("undo",), kept=False, again=(0, 34)),
)


@pytest.fixture(autouse=True)
def _quiet(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    yield
    capsys.readouterr()


def run(place: Path, *words: str) -> None:
    code = main([*words, "-C", str(place), "--now", NOW])
    assert code != UNEXPECTED
    if code:
        raise CommandFailed(code=code)


def prepare(place: Path) -> None:
    run(place, "init")
    run(place, "note", "decision", "One file", "--why", "it is small")


def ids(place: Path) -> list[str]:
    """Of every record; fails on a file that does not parse."""
    found = list(store_in(place).all())
    assert not [one for one in found if isinstance(one, Finding)]
    return [one.record.id for one in found if isinstance(one, Stored)]


def store_in(place: Path) -> RecordStore:
    return RecordStore(open_project(place, NOW).layout)


def repeated(act: Callable[[Path], None], place: Path) -> int:
    """The exit code of a command that is run again."""
    try:
        act(place)
    except CommandFailed as error:
        return int(str(error.facts["code"]))
    return 0


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(case.words[:2]))
def test_a_command_that_is_cut_short_loses_nothing(case: Case, quick_path: Path) -> None:
    """What was acknowledged before is there, every file parses, and the same command can be run again."""
    known: list[str] = []

    def start(place: Path) -> None:
        prepare(place)
        known.extend(ids(place))

    def act(place: Path) -> None:
        run(place, *(word.format(id=known[0]) for word in case.words))

    for one in every_fault(quick_path, start, act, FAULTS):
        store_in(one.place).recover()
        found = ids(one.place)
        assert not case.kept or known[0] in found, str(one.fault)
        assert repeated(act, one.place) in case.again, str(one.fault)
        assert case.kept or known[0] not in ids(one.place)
        run(one.place, "list")


def test_init_that_is_cut_short_is_repeated(quick_path: Path) -> None:
    """A store that was half made is either not there yet, or whole; `init` again completes it."""
    for one in every_fault(quick_path, lambda place: None, lambda place: run(place, "init"), FAULTS):
        run(one.place, "init")
        run(one.place, "note", "lesson", "Look first")
        assert len(ids(one.place)) == 1, str(one.fault)


def test_a_capture_that_is_cut_short_is_repeated(quick_path: Path) -> None:
    """Kept events are those of an undisturbed capture: none lost, none twice, in order, with the earlier ones untouched."""
    lines = (GOLDEN / "claude-code" / "session.jsonl").read_bytes().splitlines(keepends=True)

    def start(place: Path) -> None:
        run(place, "init")
        capture(place, lines[: len(lines) // 2])

    def act(place: Path) -> None:
        capture(place, lines)

    clean = quick_path / "clean"
    clean.mkdir()
    start(clean)
    act(clean)
    expected = kept(clean)
    assert len(expected) > len(lines) // 2
    for one in every_fault(quick_path, start, act, FAULTS):
        act(one.place)
        assert kept(one.place) == expected, str(one.fault)


def capture(place: Path, lines: list[bytes]) -> None:
    (place / "transcript.jsonl").write_bytes(b"".join(lines))
    run(place, "capture", "--transcript", str(place / "transcript.jsonl"))


def kept(place: Path) -> list[object]:
    """The committed events of the one session."""
    layout = open_project(place, NOW).layout
    [log] = (layout.private / "events").glob("*.gz")
    return list(events.read(log, State(layout.state).kept(log.name.removesuffix(".jsonl.gz")).length))


def test_the_driver_kills_and_fails_real_processes(quick_path: Path) -> None:
    """The same in a process of its own: killed, failed with a clear error, or untouched."""
    prepare(quick_path)
    words = ["note", "lesson", "Look first", "-C", str(quick_path)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}

    killed = run_command(words, Fault("kill", 3), cwd=quick_path, env=env)
    full = run_command(words, Fault("fail", 3, errno.ENOSPC, lasting=True), cwd=quick_path, env=env)
    whole = run_command(words, Fault("fail", 0), cwd=quick_path, env=env)

    assert killed.returncode == KILLED
    assert (full.returncode, "No space left" in full.stderr, full.stderr.split()[-1]) == (40, True, "fired")
    assert (whole.returncode, whole.stderr.split()[-1]) == (0, "untouched")
    assert len(ids(quick_path)) == 2
