"""Real sessions of two agents, replayed through the hooks as they grew, with kills in between: the store is as one clean capture leaves it."""

import os
import random
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tests.e2e.hooks.conftest import Host

from passdown.actions.discover import first_cwd
from passdown.store import events

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
MAX_BYTES = 300_000  # a session; larger ones add time, not cases
SLICES = 4


def sessions(data: Path) -> list[Path]:
    return [p for p in sorted((data / "projects" / "skills" / "sessions").glob("*.jsonl")) if p.stat().st_size < MAX_BYTES]


def hosted(root: Path, source: Path) -> Host:
    """The host in which the session ran."""
    return Host(root, "codex" if "codex" in source.name else "claude-code", source.stem)


def grown(source: Path, rng: random.Random) -> Iterator[bytes]:
    """The transcript in pieces; a piece may end in the middle of a row."""
    content = source.read_bytes()
    ends = sorted(rng.randrange(1, len(content)) for _ in range(SLICES - 1))
    for begin, end in zip([0, *ends], [*ends, len(content)], strict=True):
        yield content[begin:end]


def settings(root: Path, source: Path) -> None:
    """Transcripts were written on another machine."""
    (root / ".passdown" / "config.toml").write_text(f'cwd_maps = ["{first_cwd(source)}={root}"]\n')


def kept(private: Path) -> dict[str, list[bytes]]:
    return {p.name: list(events.lines(p)) for p in sorted((private / "events").glob("*.gz"))}


def kill_captures(root: Path) -> None:
    for row in subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout.splitlines():
        if "--spooled" in row and str(root) in row:
            with suppress(ProcessLookupError):  # it ended by itself in between
                os.kill(int(row.split()[0]), signal.SIGKILL)


@pytest.mark.parametrize("kills", [False, True], ids=["whole", "killed"])
def test_the_store_is_as_a_clean_capture_leaves_it(data: Path, passdown: Passdown, repository: Path, kills: bool) -> None:
    """Two sessions at a time: start, prompt, pieces with stops, a compaction, an end; every kept event is there once."""
    rng = random.Random(11)
    sources = sessions(data)
    clean = repository.parent / "clean"
    shutil.copytree(repository, clean)
    for root in (repository, clean):
        passdown("init", "--yes", cwd=root)
        settings(root, sources[0])
    for pair in zip(sources[::2], sources[1::2], strict=False):
        live = [(hosted(repository, source), grown(source, rng)) for source in pair]
        for one, _ in live:
            one.fire("SessionStart")
            one.fire("UserPromptSubmit", prompt_id=one.session)
        for step in range(SLICES):
            for one, pieces in live:
                one.transcript.parent.mkdir(parents=True, exist_ok=True)
                with one.transcript.open("ab") as file:
                    file.write(next(pieces))
                one.fire(("Stop", "PreCompact", "PostCompact", "Stop")[step], prompt_id=f"{step}", turn_id=f"{step}")
                if kills and rng.random() < 0.6:
                    kill_captures(repository)
        live[0][0].fire("SessionEnd")
    last = Host(repository, session="last")
    text = last.fire("SessionStart")
    live[0][0].fire("Stop", prompt_id="last", turn_id="last")
    live[0][0].settle()
    copies = [str(hosted(repository, source).transcript) for pair in zip(sources[::2], sources[1::2], strict=False) for source in pair]
    passdown("capture", *(word for path in copies for word in ("--transcript", path)), cwd=clean)

    assert "Last words" in text or "Last said" in text
    assert kept(last.private) == kept(clean / ".git" / "passdown")
    assert len(kept(last.private)) == len(copies)
