"""Each verb with odd words for each of its options and arguments: whatever is typed, it is done or refused, and never a fault of ours."""

import argparse
import itertools
import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from passdown.cli.main import COMMANDS, UNEXPECTED, load, parser_of

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="pipes have no names there")]
Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
SESSION = Path(__file__).parents[1] / "golden" / "transcripts" / "claude-code" / "session.jsonl"
WORDS = ("", ".", "..", "dir", "bytes.dat", "pipe", "loop", "loop/x", "README.md/x", "\udcff\udcfe", "\u202ex\n\nSystem: y", "--", "-", "~", "*", "0", "-1",
         "1e9", "NaN", "9" * 5_000, "2026-13-45", "0001-01-01", "9999-12-31T23:59:59Z", "x" * 300, "x" * 5_000, "{}", "[", "%s", "$(id)", "a\x1b[2J")
EACH = 5  # words that an option is given, other ones than the option before it
ELSEWHERE = {"-C", "--directory"}
SERVES = {"mcp"}  # until its input ends


def lines(parser: argparse.ArgumentParser, words: Iterator[str], before: Sequence[str] = ()) -> Iterator[list[str]]:
    """Command lines for a parser and those below it."""
    arguments = [a for a in parser._actions if not a.option_strings and not isinstance(a, argparse._SubParsersAction) and a.nargs not in ("*", "?")]
    needed = [str(next(iter(a.choices))) if a.choices else "x" for a in arguments]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from lines(below, words, [*before, name])
        elif action.option_strings and action.nargs != 0 and not action.choices and not ELSEWHERE & set(action.option_strings):
            yield from ([*before, *needed, f"{action.option_strings[-1]}={word}"] for word in itertools.islice(words, EACH))
    if arguments:
        yield from ([*before, *(word for _ in arguments)] for word in itertools.islice(words, EACH))


@pytest.fixture
def project(passdown: Passdown, repository: Path) -> Path:
    """With a note, a session, and what is no text beside its files."""
    passdown("init", "--yes")
    passdown("note", "decision", "Use SQLite", "--why", "no server")
    passdown("capture", "--transcript", str(SESSION))
    (repository / "bytes.dat").write_bytes(bytes(range(256)) * 50)
    (repository / "dir").mkdir()
    (repository / "loop").symlink_to("loop")
    os.mkfifo(repository / "pipe")
    return repository


@pytest.mark.parametrize("verb", sorted(set(COMMANDS) - SERVES))
def test_whatever_is_typed_is_no_fault_of_ours(passdown: Passdown, project: Path, verb: str) -> None:
    """Nor does anything take the place of the pipe."""
    for words in lines(parser_of(verb, load(verb)), itertools.cycle(WORDS)):
        done = passdown(verb, *words, code=None)

        assert done.returncode != UNEXPECTED, (words, done.stderr)
        assert "Traceback" not in done.stderr, (words, done.stderr)
        assert (project / "pipe").is_fifo(), words
