"""One phase as a process: in a group of its own, its output in a file, its end written down by itself.

So nothing of it is lost when the process that watches it is killed: the phase goes on, and whoever comes next waits for it, or finds how it ended. In the
folder of the attempt: `lock`, held by the phase as long as any of it runs; `pid`, of its process group, and its machine; `exit`, the code with which it ended;
`output`. They are for their owner alone; the phase itself has the user's own umask.
"""

import fcntl
import os
import select
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from passdown import files

SCRIPT = ('d=$1; h=$2; shift 2; (umask 077; echo "$$ $h" > "$d/pid"); "$@"; c=$?; '
          'umask 077; echo $c > "$d/exit.part" && mv -f "$d/exit.part" "$d/exit"; exit $c')
FIRST_LOOK_S, LONGEST_LOOK_S = 0.005, 0.1
ASK_S = 0.5  # between two looks whether the phase is to be stopped
GRACE_S = 3.0  # for a group that was asked to end
NOTHING = 0  # the signal that only asks whether somebody is there

leaving = threading.Event()  # set when this process is about to go: attempts stay open then, to be taken up again

Stop = Callable[[float], str]  # seconds it has run → why it is to be stopped, or ""


class Left(BaseException):
    """Our process leaves what it watched. No exception that a step could end with: the step did not end."""


class Ended(msgspec.Struct, frozen=True):
    """code: None when it was stopped, or was interrupted together with its machine. stopped: why. time_s: wall time, also of what nobody watched."""

    code: int | None
    stopped: str = ""
    time_s: float = 0.0


def run(command: Sequence[str], folder: Path, cwd: Path, environment: Mapping[str, str], stop: Stop) -> Ended:
    """Run a command to its end, or wait for the one that runs already, or find how it ended. `folder` is the attempt's own."""
    if not (folder / "lock").exists():
        files.append(folder / "lock", b"", 0, durable=False)
    code = code_of(folder)
    if code is not None:
        return Ended(code, time_s=time_of(folder))
    while (lock := _try_lock(folder)) is None:
        ended = _watch(folder, None, stop, time_of(folder))
        if why := ended.stopped or ("" if ended.code is not None else stop(ended.time_s)):
            return Ended(None, why, ended.time_s)
        if ended.code is not None:
            return ended
        # What ran there was cut off, or was the last of an attempt cut off before: it is ours to run again.
        if not _is_led(folder):
            files.remove(folder / "lock", durable=False)  # which something holds that left the group of a phase that is no more
    try:
        files.remove(folder / "pid", durable=False)  # of one that was cut off: nobody is to take its number for that of the next
        child = _start(command, folder, cwd, environment, lock)
    finally:
        os.close(lock)
    return _watch(folder, child, stop, 0.0)


def is_running(folder: Path) -> bool:
    """Whether any process of an attempt is there still."""
    lock = _try_lock(folder) if (folder / "lock").exists() else -1
    if lock is not None and lock >= 0:
        os.close(lock)
    return lock is None


def end(folder: Path) -> None:
    """End what runs of an attempt, kindly and then not. What left its group, such as a daemon, goes on: nobody can tell what it is."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        deadline = time.monotonic() + GRACE_S
        if not _signal(folder, number):
            return
        while is_running(folder) and time.monotonic() < deadline:
            time.sleep(FIRST_LOOK_S)


def code_of(folder: Path) -> int | None:
    """The code with which an attempt ended; None while it has not, or when it was cut off."""
    words = (files.read(folder / "exit") or b"").strip()
    return int(words) if words.isdigit() else None


def time_of(folder: Path) -> float:
    """Seconds from its start to its end, or to now, by the file system's clock; never below zero, whatever that clock did."""
    try:
        start = (folder / "pid").stat().st_mtime
        return max(0.0, (folder / "exit").stat().st_mtime - start if (folder / "exit").exists() else (folder / "output").stat().st_mtime - start)
    except OSError:
        return 0.0


def _try_lock(folder: Path) -> int | None:
    """A handle that holds the attempt's lock; None when the phase holds it."""
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, files.PRIVATE)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _start(command: Sequence[str], folder: Path, cwd: Path, environment: Mapping[str, str], lock: int) -> "subprocess.Popen[bytes]":
    """The lock goes to the phase with the handle, and lasts as long as any of its processes."""
    output = os.open(folder / "output", os.O_WRONLY | os.O_APPEND | os.O_CREAT, files.PRIVATE)
    try:
        return subprocess.Popen(
            ["sh", "-c", SCRIPT, "passdown", str(folder), socket.gethostname(), *command], cwd=cwd, env=dict(environment), stdin=subprocess.DEVNULL,
            stdout=output, stderr=subprocess.STDOUT, start_new_session=True, pass_fds=(lock,))
    finally:
        os.close(output)


def _watch(folder: Path, child: "subprocess.Popen[bytes] | None", stop: Stop, ran_s: float) -> Ended:
    """Until it ended. child: None when another process started it."""
    began, asked = time.monotonic(), 0.0
    with _waiting(child) as wait:
        while leaving.is_set() or (child.poll() is None if child else _is_led(folder)):
            if leaving.is_set():
                raise Left
            now = time.monotonic() - began
            if now - asked >= ASK_S:
                asked = now
                if why := stop(ran_s + now):
                    end(folder)
                    _reap(child)
                    return Ended(None, why, ran_s + time.monotonic() - began)
            wait(LONGEST_LOOK_S)
    if is_running(folder):
        end(folder)  # what a phase leaves running in the background ends with it
    written = code_of(folder)
    return Ended(written if written is not None or child is None else child.returncode, time_s=ran_s + time.monotonic() - began)


@contextmanager
def _waiting(child: "subprocess.Popen[bytes] | None") -> Iterator[Callable[[float], object]]:
    """What waits for some seconds, or less when the child ends; on Linux without looking again and again."""
    if child is None or not hasattr(os, "pidfd_open"):
        yield time.sleep
        return
    handle = os.pidfd_open(child.pid)
    try:
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        yield lambda seconds: poll.poll(seconds * 1000)
    finally:
        os.close(handle)


def _reap(child: "subprocess.Popen[bytes] | None") -> None:
    if child:
        with suppress(subprocess.TimeoutExpired):
            child.wait(GRACE_S)


def _is_led(folder: Path) -> bool:
    """Whether the phase itself is there still, not only what left its group; where nobody can say, it is."""
    group, here = _group(folder)
    return is_running(folder) and (not here or not group or _signal(folder, NOTHING))


def _signal(folder: Path, number: int) -> bool:
    """To the group; False when nobody of it is there.

    To nobody when it runs on another machine, or the lock says that nothing of it runs: its number may be another's here.
    """
    group, here = _group(folder)
    if not is_running(folder) or not here:
        return False
    try:
        if group:
            os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _group(folder: Path) -> tuple[int, bool]:
    """The number of an attempt's process group, 0 as long as it is so new that it did not write it down, and whether it is on this machine."""
    group, _, host = (files.read(folder / "pid") or b"").decode("ascii", "replace").strip().partition(" ")
    return int(group) if group.isdigit() else 0, not host or host == socket.gethostname()


__all__ = ["Ended", "Left", "Stop", "code_of", "end", "is_running", "leaving", "run", "time_of"]
