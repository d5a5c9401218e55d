"""Runs a project's own command lines and agents, and only when a person asked for it (`handoff --run`, `run`)."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

STARTED_S = 5.0  # a server that still runs after so long has started


class Ran(msgspec.Struct, frozen=True):
    """code: None when it did not end in time and was stopped. last: the closing line of what it printed."""

    code: int | None
    last: str = ""


def run(command: str, cwd: Path, timeout_s: float) -> Ran:
    """Run one command line in a shell, in a process group of its own that is ended with it."""
    process = subprocess.Popen(
        ["sh", "-c", command], cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        output, _ = process.communicate(timeout=timeout_s)
        code: int | None = process.returncode
    except subprocess.TimeoutExpired:
        code = None
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
    lines = output.decode("utf-8", "replace").strip().splitlines()
    return Ran(code, lines[-1][:200] if lines else "")


def become(program: str, words: Sequence[str], cwd: Path) -> int:
    """Let a program with a terminal of its own take this process's place, or, where there is no such thing, run it to its end; its exit code.

    program: its path. words: without it. Raises OSError.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os.chdir(cwd)
    if os.name != "nt":
        os.execv(program, [program, *words])  # noqa: S606  no shell: the words are taken as they are
    return subprocess.Popen([program, *words]).wait()


__all__ = ["STARTED_S", "Ran", "become", "run"]
