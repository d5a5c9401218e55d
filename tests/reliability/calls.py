"""Faults in the system calls of hooks, which know nothing of `passdown.files`: the n-th one fails, is torn, never returns, or the process is killed there.

A hook runs as a host starts it, `main.py` with its payload on standard input, in a fork of this process.
"""

import builtins
import errno
import os
import runpy
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any, Literal

from tests.reliability.faults import fork_and_wait

from passdown.hooks import fire, main

Mode = Literal["fails", "lasting", "torn", "killed", "hangs"]
WRITING = ("write", "replace", "unlink", "ftruncate", "utime", "mkdir", "posix_spawn")
READING = ("stat", "listdir")
# What goes on failing, by the error: a full disk takes no content, one that may only be read takes no names either; the answer goes to a pipe.
LASTING = {errno.ENOSPC: ("write", "mkdir"), errno.EROFS: ("open", "mkdir", "replace", "unlink", "utime", "ftruncate"),
           errno.EMFILE: ("open", "read", "listdir", "posix_spawn")}
NEVER_S = 300.0  # how long a call hangs
DEADLINE_S = 50.0  # of a hook, instead of its 0.95 s, which a busy machine may need; where a call hangs it is over at once
ALARM_S = 60  # a hook that hangs in spite of its deadline ends with another exit code
ANSWER = 1  # standard output


@dataclass(frozen=True)
class CallFault:
    """at: number of the call, from 1; 0 for never. error: for `fails`, and for `lasting`: what it touches of the later calls. reads: they count as well."""

    mode: Mode
    at: int = 0
    error: int = 0
    reads: bool = False

    def __str__(self) -> str:
        return f"call {self.at} {self.mode} {os.strerror(self.error) if self.error else ''}"


@dataclass(frozen=True)
class Hooked:
    """code: exit code, negative for a signal. said: standard output. calls: how many there were, as far as it came."""

    code: int
    said: str
    calls: list[str]


class Calls:
    """Takes the place of functions of `os`, and counts. log: a file descriptor that gets a line a call."""

    def __init__(self, fault: CallFault, log: int) -> None:
        self.fault, self.log, self.count = fault, log, 0
        self._write, self._sleep, self._hangs = os.write, time.sleep, Event()

    def install(self) -> None:
        fire.longest = lambda: DEADLINE_S
        if self.fault.mode == "hangs":
            time.sleep = lambda seconds: self._hangs.wait(seconds) and None  # the deadline's
        for name in (*WRITING, *(READING if self.fault.reads else ())):
            setattr(os, name, self._counted(name, getattr(os, name)))
        real_open, real_file = os.open, builtins.open
        os.open = lambda path, flags, *rest, **more: self._opened(real_open, path, flags, *rest, **more)  # type: ignore[assignment]
        if self.fault.reads:
            builtins.open = self._counted("read", real_file)
        os.posix_spawn = self._counted("posix_spawn", lambda *words, **more: os.getppid())  # no child of ours: nothing is captured beside the test

    def _opened(self, real: Callable[..., int], path: Any, flags: int, *rest: Any, **more: Any) -> int:
        if self.fault.reads or flags & (os.O_CREAT | os.O_WRONLY):
            self._step("open")
        return real(path, flags, *rest, **more)

    def _counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*values: Any, **more: Any) -> Any:
            self._step("answer" if name == "write" and values[0] == ANSWER else name)
            # A quarter of a pointer would be the name of a folder, which is there.
            torn = name == "write" and self.fault.mode == "torn" and self.count == self.fault.at
            return real(values[0], values[1][: len(values[1]) * 3 // 10]) if torn else real(*values, **more)

        return call

    def _step(self, name: str) -> None:
        self.count += 1
        self._write(self.log, f"{name}\n".encode())
        due = self.count == self.fault.at
        if due and self.fault.mode == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if due and self.fault.mode == "hangs":
            self._hangs.set()
            self._sleep(NEVER_S)
        lasting = self.fault.mode == "lasting" and 0 < self.fault.at <= self.count and name in LASTING[self.fault.error]
        if lasting or (due and self.fault.mode == "fails"):
            raise OSError(self.fault.error, os.strerror(self.fault.error))


def set_clock(seconds: float) -> None:
    """For the rest of this process it is this time, whenever it is asked."""
    time.time, time.time_ns = lambda: seconds, lambda: int(seconds * 1e9)
    os.environ["PASSDOWN_NOW"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def run_hook(payload: str, fault: CallFault, scratch: Path, environment: dict[str, str], clock: float = 0.0) -> Hooked:
    """One hook of Claude Code with one fault. scratch: a folder for what goes in and comes out. clock: seconds since 1970 that it is told; 0 for the time."""
    given, said, log = (scratch / name for name in ("given", "said", "calls"))
    given.write_text(payload)

    def inside() -> None:
        os.environ.update(environment)
        for handle, path, flags in ((0, given, os.O_RDONLY), (1, said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)):
            os.dup2(os.open(path, flags), handle)
        calls = Calls(fault, os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND))
        sys.argv = [str(main.__file__), "hook", "claude-code"]
        if clock:
            set_clock(clock)
        signal.alarm(ALARM_S)  # of a hook that hangs
        calls.install()
        runpy.run_path(str(main.__file__), run_name="__main__")  # ends the process

    code = fork_and_wait(inside)
    return Hooked(code, said.read_text(errors="replace"), log.read_text().split())
