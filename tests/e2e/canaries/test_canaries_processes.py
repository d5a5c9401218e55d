"""Whoever lists processes sees command lines and surroundings: none of the secrets stands in those of any process that passdown starts."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from passdown.hooks import main as hook
from passdown.integrations.programs import PROGRAMS

pytestmark = pytest.mark.slow

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
Leaks = Callable[..., dict[str, list[str]]]
NOTING = """\
#!/bin/sh
# writes down how it was started, then does what was asked
{{ printf '%s ' "$0" "$@"; echo; env; }} >> "{log}"
{then}
"""
HOOK = "import runpy, sys; sys.executable = sys.argv.pop(1); sys.argv[0] = sys.argv[1]; runpy.run_path(sys.argv.pop(0), run_name='__main__')"


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    """What stands-in for git, agents and our own interpreter wrote down of how they were started; they lie in `bin` beside it."""
    log, folder = tmp_path / "started.log", tmp_path / "bin"
    folder.mkdir()
    git = subprocess.run(["sh", "-c", "command -v git"], capture_output=True, text=True, check=True).stdout.strip()
    programs = {"git": f'exec {git} "$@"', "python-of-passdown": "", **{run.binary: "" for run in PROGRAMS.values()}}
    for name, then in programs.items():
        (folder / name).write_text(NOTING.format(log=log, then=then))
        (folder / name).chmod(0o755)
    return log


def test_no_canary_in_a_command_line(passdown: Passdown, repository: Path, session: Path, texts: list[str], batches: list[str], noted: Path,
                                     leaks: Leaks) -> None:
    """Of git for every verb that asks it, on a branch whose name holds one; of agents that are started briefed; of the capture that a hook leaves behind."""
    path = f"{noted.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    branch = next(text for text in texts if text.isalnum())
    subprocess.run(["git", "checkout", "-q", "-b", f"fix/{branch}"], cwd=repository, check=True)
    (repository / "a.py").write_text("\n".join(texts))
    subprocess.run(["git", "add", "-A"], cwd=repository, check=True)
    subprocess.run(["git", "commit", "-q", "-m", batches[0]], cwd=repository, check=True)
    for words in (("init", "--yes"), ("capture", "--transcript", str(session))):
        passdown(*words, PATH=path)
    for batch in batches:
        passdown("note", "decision", "-", "--file", "a.py:3", stdin=batch, PATH=path)
    for words in (("resume",), ("verify", "--all"), ("why", "a.py:3"), ("handoff",), ("check",), ("doctor",), ("stats", "continuity", "--json"), ("review",),
                  ("sessions",), *(("run", name) for name in PROGRAMS)):
        passdown(*words, code=None, PATH=path)
    hooks(repository, session, texts, noted.parent / "bin" / "python-of-passdown")

    started = noted.read_text()
    assert leaks(started=started) == {}
    assert "capture --spooled" in started
    assert all(run.binary in started for run in PROGRAMS.values())
    assert started.count("bin/git ") > len(batches)


def hooks(repository: Path, transcript: Path, texts: list[str], python: Path) -> None:
    """A prompt and an end with secrets in their payloads; `python` stands where our own interpreter would."""
    for event in ("UserPromptSubmit", "Stop", "SessionEnd"):
        payload = {"hook_event_name": event, "session_id": "canaries", "transcript_path": str(transcript), "cwd": str(repository), "prompt": texts[0],
                   "reason": texts[1]}
        subprocess.run([sys.executable, "-I", "-S", "-c", HOOK, str(python), str(hook.__file__), "hook", "claude-code"], input=json.dumps(payload), text=True,
                       capture_output=True, cwd=repository, check=True, timeout=60)
