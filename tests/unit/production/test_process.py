"""A phase as a process, watched or not."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from passdown.production import process
from passdown.production.process import code_of, end, is_running, run

ENVIRONMENT = {"PATH": os.environ["PATH"]}


def never(_: float) -> str:
    return ""


def shell(command: str, folder: Path, stop: process.Stop = never) -> process.Ended:
    return run(["sh", "-c", command], folder, folder.parent, ENVIRONMENT, stop)


def until(moment: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not moment():
        assert time.monotonic() < deadline, "that never came"
        time.sleep(0.005)


def released(go: Path) -> process.Stop:
    """Stops nothing, and lets what waits for a file go on once somebody watches it."""
    return lambda _: go.touch() or ""


@pytest.mark.parametrize("code", [0, 1, 42, 126])
def test_the_code_of_a_phase_is_its_own(tmp_path: Path, code: int) -> None:
    """And is written down, with what it printed on both streams."""
    ended = shell(f"echo out; echo err >&2; exit {code}", tmp_path / "a")

    assert (ended.code, code_of(tmp_path / "a")) == (code, code)
    assert (tmp_path / "a/output").read_text() == "out\nerr\n"


def test_a_phase_that_ended_is_not_run_again(tmp_path: Path) -> None:
    """Its end stands in its folder, whoever was there to see it."""
    shell("echo once >> log", tmp_path / "a")
    shell("echo once >> log", tmp_path / "a")

    assert (tmp_path / "log").read_text() == "once\n"


def test_a_phase_that_was_cut_off_is_run_again(tmp_path: Path) -> None:
    """It left no code and no process."""
    assert shell("echo tried >> log; kill -9 0", tmp_path / "a").code != 0
    assert code_of(tmp_path / "a") is None
    assert shell("echo done >> log", tmp_path / "a").code == 0
    assert (tmp_path / "log").read_text() == "tried\ndone\n"


def test_a_phase_whose_last_process_is_still_dying_is_run_again(tmp_path: Path) -> None:
    """What holds its lock has no end to write down: waiting for it is not the end of the phase."""
    (tmp_path / "a").mkdir()
    script = (
        "import fcntl, os, sys, time; held = open(sys.argv[1], 'w'); fcntl.flock(held, fcntl.LOCK_EX)\n"
        "while not os.path.exists(sys.argv[2]): time.sleep(0.01)")
    dying = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "a/lock"), str(tmp_path / "go")])
    until(lambda: is_running(tmp_path / "a"))

    assert shell("echo done >> log", tmp_path / "a", released(tmp_path / "go")).code == 0
    assert (tmp_path / "log").read_text() == "done\n"
    dying.wait()


def test_a_phase_outlives_the_process_that_watched_it(tmp_path: Path) -> None:
    """The next one waits for its end instead of beginning a second one."""
    script = (
        "import sys; from pathlib import Path; from passdown.production.process import run\n"
        "command = ['sh', '-c', 'echo began >> log; until [ -e go ]; do sleep 0.02; done; exit 7']\n"
        "run(command, Path(sys.argv[1]), Path(sys.argv[1]).parent, {'PATH': sys.argv[2]}, lambda s: '')")
    watcher = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "a"), os.environ["PATH"]])
    until((tmp_path / "log").exists)
    watcher.send_signal(signal.SIGKILL)
    watcher.wait()

    assert is_running(tmp_path / "a")
    assert shell("echo began >> log", tmp_path / "a", released(tmp_path / "go")).code == 7
    assert (tmp_path / "log").read_text() == "began\n"


def test_a_stopped_phase_ends_with_all_it_started(tmp_path: Path) -> None:
    """Also what does not want to."""
    ended = shell("trap '' TERM; sleep 60 & sleep 60", tmp_path / "a", lambda ran_s: "enough" if ran_s > 0.1 else "")

    assert (ended.code, ended.stopped) == (None, "enough")
    assert not is_running(tmp_path / "a")


def test_what_a_phase_leaves_in_the_background_ends_with_it(tmp_path: Path) -> None:
    """Nothing of it is there when the next phase begins."""
    assert shell("sleep 60 & exit 0", tmp_path / "a").code == 0
    until(lambda: not is_running(tmp_path / "a"))

    assert not is_running(tmp_path / "a")


def test_what_left_the_group_of_a_phase_is_not_waited_for(tmp_path: Path) -> None:
    """A daemon that a phase started, and that holds its lock, ends neither the phase nor the next try of one that was cut off."""
    daemon = "setsid sleep 60 & echo $! >> daemons; "
    try:
        assert shell(daemon + "sleep 0.3; kill -9 0", tmp_path / "a").code != 0
        assert is_running(tmp_path / "a")
        assert shell(daemon + "exit 3", tmp_path / "a").code == 3
    finally:
        for number in (tmp_path / "daemons").read_text().split():
            os.kill(int(number), signal.SIGKILL)


def test_a_number_of_another_machine_is_nobodys_here(tmp_path: Path) -> None:
    """On a shared disk the lock of a phase is held there; its process number is somebody else's on this machine."""
    bystander = subprocess.Popen(["sleep", "60"], start_new_session=True)
    (tmp_path / "a").mkdir()
    (tmp_path / "a/pid").write_text(f"{bystander.pid} elsewhere.example\n")
    with (tmp_path / "a/lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process.end(tmp_path / "a")

    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


def test_files_of_an_attempt_are_for_their_owner_alone(tmp_path: Path) -> None:
    """What the phase writes has the user's own mode."""
    before = os.umask(0o022)
    try:
        shell("echo x > mine", tmp_path / "a")
    finally:
        os.umask(before)

    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "a").iterdir()} == {0}
    assert (tmp_path / "mine").stat().st_mode & 0o077 == 0o044


def test_nobody_is_killed_for_a_number_in_a_file(tmp_path: Path) -> None:
    """The lock says that nothing of the phase runs, so its process number is another's by now."""
    shell("true", tmp_path / "a")
    bystander = subprocess.Popen(["sleep", "60"], start_new_session=True)
    (tmp_path / "a/pid").write_text(str(bystander.pid))
    end(tmp_path / "a")

    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()
