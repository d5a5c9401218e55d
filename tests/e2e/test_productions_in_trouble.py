"""What goes wrong around a production: plans that cannot be, full disks, clocks that are set, processes that are gone. It is told, and nothing is lost."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("dbos")

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
LONGEST_S = 60.0
TWO = """\
phases:
  one:
    run: 'echo one >> ran.log.txt; echo one > "$PASSDOWN_FOLDER/one.txt"'
    outputs: [one.txt]
  two:
    needs: [one]
    run: 'echo two >> ran.log.txt; cp "$PASSDOWN_FOLDER/one.txt" "$PASSDOWN_FOLDER/two.txt"'
    inputs: [one.txt]
    outputs: [two.txt]
"""


@pytest.fixture
def plan(repository: Path, passdown: Passdown) -> Callable[[str], Path]:
    """Write a plan `p`, and trust it if it can be; gives its path."""
    passdown("init", "--yes")
    (repository / ".gitignore").write_text("ran.log.txt\n")
    path = repository / ".passdown/workflows/p.yaml"
    path.parent.mkdir()

    def write(text: str) -> Path:
        path.write_text(text)
        passdown("trust", "p", "--yes")
        return path

    return write


def ran(repository: Path) -> list[str]:
    log = repository / "ran.log.txt"
    return log.read_text().split() if log.exists() else []


def begin(repository: Path, *words: str, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-m", "passdown", "workflow", *words], cwd=repository, text=True, env={**os.environ, **environment},
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def until(moment: Callable[[], object]) -> None:
    deadline = time.monotonic() + LONGEST_S
    while not moment():
        assert time.monotonic() < deadline, "it never came so far"
        time.sleep(0.01)


def state(passdown: Passdown, item: str = "ep-1") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(passdown("workflow", "status", item, "--json").stdout)["runs"][0]
    return found


# Plans

@pytest.mark.parametrize(("phases", "said"), [
    ("  a: {run: x, needs: [b]}\n  b: {run: x, needs: [a]}\n", "p.yaml:2:"),
    ("  a: {run: x, needs: [a]}\n", "p.yaml:2:"),
    ("  a: {run: x, needs: [zebra]}\n", "`zebra`")])
def test_a_plan_of_which_no_order_can_be_made_never_runs(repository: Path, plan: Callable[[str], Path], passdown: Passdown, phases: str, said: str) -> None:
    """A cycle, a phase that needs itself, or one that there is not: told with its line, and nothing is written."""
    plan(f"phases:\n{phases}")
    done = passdown("workflow", "run", "p", "ep-1", code=57)

    assert said in done.stderr
    assert not (repository / ".git/passdown/workflows").exists()
    assert not (repository / "production").exists()


def test_a_plan_that_is_edited_while_it_runs_goes_on_as_it_began(repository: Path, plan: Callable[[str], Path], passdown: Passdown) -> None:
    """The second phase is that of the plan with which the run began; the next run takes the new one, once it is trusted."""
    path = plan(TWO.replace("echo one >>", "until test -e go.txt; do sleep 0.05; done; echo one >>"))
    going = begin(repository, "run", "p", "ep-1")
    until(lambda: list(repository.glob(".git/passdown/workflows/runs/*/one/1.1/pid")))
    path.write_text(TWO.replace("echo two >>", "echo other >>"))
    (repository / ".git/info/exclude").write_text("go.txt\n")
    (repository / "go.txt").touch()
    said, errors = going.communicate(timeout=LONGEST_S)

    assert going.returncode == 0, said + errors
    assert ran(repository) == ["one", "two"]
    passdown("workflow", "run", "p", "ep-1", code=59)
    passdown("trust", "p", "--yes")
    passdown("workflow", "run", "p", "ep-1")
    assert ran(repository)[-1] == "other"


# Disks

FULL = """\
import errno, os, sqlite3, sys
from passdown import files
from passdown.cli.main import main

class Full(files.Operations):
    def write(self, handle, data):
        place = os.readlink(f"/proc/self/fd/{handle}")
        if WHERE in place:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(handle, data)

def connect(*words, real=sqlite3.dbapi2.connect, **options):
    made = real(*words, **options)
    pages = made.execute("PRAGMA page_count").fetchone()[0]
    if MORE and pages > 40:
        made.execute(f"PRAGMA max_page_count = {pages + MORE}")
    return made

WHERE, MORE = sys.argv[1], int(sys.argv[2])
files.operations = Full() if WHERE else files.operations
sqlite3.connect = sqlite3.dbapi2.connect = connect
sys.exit(main(sys.argv[3:]))
"""


def on_a_full_disk(repository: Path, where: str, pages: int, *words: str) -> "subprocess.CompletedProcess[str]":
    """The command where files whose path has `where` in it cannot be written, or the databases can grow by so many pages."""
    return subprocess.run([sys.executable, "-c", FULL, where, str(pages), *words], cwd=repository, capture_output=True, text=True, check=False, timeout=120)


def test_a_full_disk_for_an_attempts_files_is_told(repository: Path, plan: Callable[[str], Path], passdown: Passdown) -> None:
    """The phase is not begun, the ledger is settled, and when there is room the run goes on."""
    plan(TWO)
    done = on_a_full_disk(repository, "/runs/", 0, "workflow", "run", "p", "ep-1")

    assert done.returncode == 63
    assert "No space left on device" in done.stdout
    assert ran(repository) == []
    assert json.loads(passdown("workflow", "cost", "--json").stdout)["reserved"]["time_s"] == 0
    passdown("workflow", "resume", "ep-1")
    assert ran(repository) == ["one", "two"]


def test_a_full_disk_for_the_database_is_told(repository: Path, plan: Callable[[str], Path], passdown: Passdown) -> None:
    """SQLite itself says that it is full, in the middle of a run; what was written before is there, and the run goes on when there is room."""
    long = "x" * 40_000
    plan(TWO.replace("echo one >>", f"true {long}; echo one >>"))
    passdown("workflow", "run", "p", "ep-0")
    plan(TWO.replace("echo one >>", f"true {long}y; echo one >>"))
    (repository / "ran.log.txt").unlink()
    done = on_a_full_disk(repository, "", 3, "workflow", "run", "p", "ep-1")

    assert done.returncode == 69, done.stdout + done.stderr
    assert "database or disk is full" in done.stderr
    with closing(sqlite3.connect(repository / ".git/passdown/workflows/state.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert state(passdown, "ep-0")["state"] == "completed"
    passdown("workflow", "run", "p", "ep-1")
    assert ran(repository) == ["one", "two"]


# Clocks

def test_a_clock_that_jumps_changes_nothing_but_times(repository: Path, plan: Callable[[str], Path], passdown: Passdown) -> None:
    """Forth and back by years between two tries: the last one counts, what is finished stays, and the sums are the same."""
    plan(TWO.replace("cp ", "test -e mended.txt || exit 3; cp "))
    (repository / ".git/info/exclude").write_text("mended.txt\n")
    passdown("workflow", "run", "p", "ep-1", "--now", "2031-01-01T00:00:00Z", code=63)
    passdown("workflow", "resume", "ep-1", "--now", "2019-01-01T00:00:00Z", code=63)
    (repository / "mended.txt").touch()
    passdown("workflow", "resume", "ep-1", "--now", "2025-01-01T00:00:00Z")
    shown = json.loads(passdown("workflow", "show", "ep-1", "--json").stdout)

    assert [(one["phase"], one["key"], one["state"]) for one in shown["attempts"]] == [
        ("one", "1.1", "done"), ("two", "1.1", "failed"), ("one", "2.1", "kept"), ("two", "2.1", "failed"), ("one", "3.1", "kept"), ("two", "3.1", "done")]
    assert ran(repository) == ["one", "two", "two", "two"]
    assert all(line["time_ms"] >= 0 for line in json.loads(passdown("workflow", "cost", "--json").stdout)["ledger"])
    passdown("workflow", "run", "p", "ep-1", "--now", "2001-01-01T00:00:00Z")
    assert ran(repository) == ["one", "two", "two", "two"]


# Processes

def test_a_run_whose_process_is_gone_is_told_as_such(repository: Path, plan: Callable[[str], Path], passdown: Passdown) -> None:
    """By status, which does not wait for it, and by doctor; not while somebody works on it."""
    plan(TWO.replace("echo one >>", "until test -e go.txt; do sleep 0.05; done; echo one >>"))
    (repository / ".git/info/exclude").write_text("go.txt\n")
    going = begin(repository, "run", "p", "ep-1")
    until(lambda: list(repository.glob(".git/passdown/workflows/runs/*/one/1.1/pid")))
    assert "nobody works on it" not in passdown("workflow", "status", "ep-1").stdout
    assert "production-interrupted" not in passdown("doctor", code=None).stdout
    going.send_signal(signal.SIGKILL)
    going.communicate()

    assert "nobody works on it, its process is gone: `passdown workflow resume ep-1`" in passdown("workflow", "status", "--live").stdout
    assert "production-interrupted: ep-1" in passdown("doctor", code=1).stdout
    (repository / "go.txt").touch()
    passdown("workflow", "resume", "ep-1")
    assert passdown("workflow", "status", "ep-1").stdout.endswith("completed  two\n")
    assert "production-interrupted" not in passdown("doctor").stdout
    assert ran(repository) == ["one", "two"]


def test_what_a_phase_leaves_in_the_background_is_ended_with_it(repository: Path, plan: Callable[[str], Path], passdown: Passdown) -> None:
    """Also what does not want to: it cannot change what the phases after it rest on."""
    (repository / "stay.sh").write_text("trap : TERM\nwhile sleep 0.1; do echo x >> \"$PASSDOWN_FOLDER/ticks\"; done\n")
    plan(TWO.replace("echo one > ", "sh stay.sh & until test -s \"$PASSDOWN_FOLDER/ticks\"; do sleep 0.1; done; echo one > "))
    passdown("workflow", "run", "p", "ep-1")

    ticks = (repository / "production/ep-1/ticks").read_text()
    time.sleep(1)
    assert (repository / "production/ep-1/ticks").read_text() == ticks


# What is left

def test_of_a_run_that_is_over_only_its_outputs_and_logs_remain(repository: Path, plan: Callable[[str], Path], passdown: Passdown) -> None:
    """Of one that failed all is there still, for whoever looks into it; nothing is open to others."""
    plan(TWO.replace("cp ", "echo said; test -e mended.txt || exit 3; cp "))
    runs = repository / ".git/passdown/workflows/runs"
    passdown("workflow", "run", "p", "ep-1", code=63)
    assert {path.name for path in runs.glob("*/two/1.1/*")} > {"briefing.md", "exit", "output"}
    assert "open-to-others" not in passdown("doctor").stdout
    (repository / "mended.txt").touch()
    passdown("workflow", "resume", "ep-1")

    assert {path.name for path in runs.rglob("*") if path.is_file()} == {"output"}
    assert passdown("workflow", "logs", "ep-1").stdout.count("said\n") == 2
    assert (repository / "production/ep-1/two.txt").read_text() == "one\n"


def test_what_a_gate_prints_is_kept_without_secrets(repository: Path, plan: Callable[[str], Path], passdown: Passdown) -> None:
    """Wherever it is written."""
    secret = "ghp_" + "A1b2C3d4" * 4 + "E5f6"
    gate = "    gate: {run: 'echo token=$SECRET; echo 3', minimum: 8}\n"
    plan("phases:\n  only:\n    run: 'echo x > \"$PASSDOWN_FOLDER/out.txt\"'\n    outputs: [out.txt]\n" + gate)
    passdown("workflow", "run", "p", "ep-1", code=65, SECRET=secret)

    kept = b"".join(path.read_bytes() for path in (repository / ".git/passdown/workflows").rglob("*") if path.is_file())
    assert secret.encode() not in kept
    assert b"[REDACTED" in kept


def test_runs_and_logs_come_back_from_a_backup(repository: Path, plan: Callable[[str], Path], passdown: Passdown, tmp_path: Path) -> None:
    """On another machine with the same items' folders: what is finished is known, a run that had failed goes on, and plans are asked for anew."""
    plan(TWO.replace("cp ", "test -e mended.txt || { echo no tool; exit 3; }; cp "))
    passdown("workflow", "run", "p", "ep-1", code=63)
    passdown("backup", str(tmp_path / "saved.tar.gz"))
    elsewhere = tmp_path / "elsewhere"
    subprocess.run(["git", "clone", "-q", str(repository), str(elsewhere)], check=True)
    for folder in ("production", ".passdown", ".gitignore"):
        subprocess.run(["cp", "-r", str(repository / folder), str(elsewhere)], check=True)
    passdown("restore", str(tmp_path / "saved.tar.gz"), cwd=elsewhere)

    assert "no tool" in passdown("workflow", "logs", "ep-1", cwd=elsewhere).stdout
    assert "plan-not-trusted" in passdown("doctor", cwd=elsewhere, code=None).stdout
    (elsewhere / "mended.txt").touch()
    passdown("workflow", "resume", "ep-1", cwd=elsewhere)
    assert ran(elsewhere) == ["two"]
    again = json.loads(passdown("restore", str(tmp_path / "saved.tar.gz"), "--json", cwd=elsewhere).stdout)["files"]
    assert {"name": "workflows/state.sqlite", "fate": "left", "why": "the store has its own"} in again


def test_a_damaged_database_is_told_by_doctor(repository: Path, plan: Callable[[str], Path], passdown: Passdown) -> None:
    """With what to do; a plan that cannot run, too."""
    plan(TWO)
    passdown("workflow", "run", "p", "ep-1")
    database = repository / ".git/passdown/workflows/state.sqlite"
    for beside in ("-wal", "-shm"):
        database.with_name(database.name + beside).unlink(missing_ok=True)
    database.write_bytes(b"no database any more" * 100)
    (repository / ".passdown/workflows/broken.yaml").write_text("phases:\n  a: {rnu: x}\n")
    said = passdown("doctor", code=1).stdout

    assert "productions-damaged" in said
    assert "plan-invalid: .passdown/workflows/broken.yaml" in said
    assert "not a database" in passdown("workflow", "status", code=69).stderr
