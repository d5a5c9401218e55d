"""Every verb started as a user starts it: an interpreter that imports what it needs. Other suites fork one that has imported all."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.forkserver import Done, ForkServer, started

from passdown.cli.main import COMMANDS

Passdown = Callable[..., Done]
GOLDEN = Path(__file__).parents[1] / "golden" / "transcripts" / "claude-code" / "session.jsonl"
NOW = "2030-11-20T12:00:00Z"
READING: dict[str, list[str]] = {  # say the same however often they are asked
    "resume": [], "check": ["notes.md"], "search": ["queue"], "list": ["--all"], "show": ["{id}"], "why": ["README.md"], "verify": [],
    "guard": ["pip install redis"],
    "load": [],
    "sessions": [], "stats": [], "doctor": [], "scan": [], "agents": [], "trust": ["--list"], "demo": [], "completion": ["bash"],
    "workflow": ["list"], "run": ["true"], "mcp": ["--help"], "merge-driver": []}
WRITING: dict[str, list[str]] = {
    "init": [], "install": ["claude-code", "--scope", "project"], "uninstall": ["claude-code", "--scope", "project"],
    "capture": ["--transcript", str(GOLDEN)], "handoff": [], "note": ["lesson", "Look before you leap"], "review": [], "edit": ["{id}", "--text", "One file"],
    "supersede": ["{id}", "Two files"], "resolve": ["{id}"], "archive": ["{id}"], "share": ["{id}"], "forget": ["{id}", "--yes"], "undo": [],
    "import": ["notes.md"], "export": ["--out", "out.md"], "backup": ["all.tar.gz"], "restore": ["kept.tar.gz"], "pause": ["--for", "1h"]}
FAILS = {"run": 2, "merge-driver": 2}  # their codes here; of all others 0


@pytest.fixture
def asked(passdown: Passdown, repository: Path) -> Callable[[str], list[str]]:
    """What to type for a verb in a store with a note, a session, a document and a backup."""
    passdown("init", "--yes")
    passdown("note", "decision", "Keep the queue in one file", "--why", "no server to run", "--now", "2030-11-20T09:00:00Z")
    [note] = (repository / ".git/passdown/records").glob("*/*.md")
    passdown("export", "--style", "continuity", "--out", "notes.md", "--include-private")

    def words(verb: str) -> list[str]:
        return [verb, *(word.replace("{id}", note.stem) for word in (READING | WRITING)[verb])]

    return words


def test_every_verb_is_started_here() -> None:
    """A new one is added."""
    assert sorted([*READING, *WRITING]) == sorted(COMMANDS)


@pytest.mark.parametrize("verb", READING)
def test_it_says_the_same_as_one_that_is_forked(asked: Callable[[str], list[str]], repository: Path, forkserver: ForkServer, verb: str) -> None:
    """Code and both streams, whichever of them comes first."""
    words, environment = asked(verb), {**os.environ, "PASSDOWN_NOW": NOW}
    real, forked = (run(words, repository, environment) for run in (started, forkserver.run))
    assert (real.returncode, real.stdout, real.stderr) == (forked.returncode, forked.stdout, forked.stderr)
    assert real.returncode == FAILS.get(verb, 0)


@pytest.mark.parametrize("verb", WRITING)
def test_it_works_when_it_is_started(asked: Callable[[str], list[str]], repository: Path, passdown: Passdown, verb: str) -> None:
    """And leaves a store in order."""
    if verb == "restore":
        passdown("backup", "kept.tar.gz")
    done = started(asked(verb), repository, {**os.environ, "PASSDOWN_NOW": NOW})
    assert done.returncode == FAILS.get(verb, 0), done.stderr
    assert [f for f in json.loads(passdown("doctor", "--json", code=None).stdout)["findings"] if f["severity"] == "error"] == []


@pytest.mark.parametrize("size", [0, 1, 19_999])
def test_standard_input_and_output_of_any_size(asked: Callable[[str], list[str]], passdown: Passdown, size: int) -> None:
    """A forked command reads what it is given and is read to its end, however much that is."""
    passdown("note", "knowledge", "-", stdin="x" + "🔴" * size)  # more than a pipe holds
    kept = {record["text"] for record in json.loads(passdown("list", "--json").stdout)}

    assert "x" + "🔴" * size in kept
