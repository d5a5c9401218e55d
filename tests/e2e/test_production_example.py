"""The example of docs/productions-example.md runs as the page says, is killed and resumed, and what it cost adds up."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

pytest.importorskip("dbos", reason="`passdown workflow` needs the extra [workflows]")

Passdown = Callable[..., "CompletedProcess[str]"]
ROOT = Path(__file__).parents[2]
EXAMPLE, PAGE = ROOT / "examples" / "production", ROOT / "docs" / "productions-example.md"


@pytest.fixture
def example(repository: Path, passdown: Passdown) -> Path:
    """The example in a repository of its own, trusted, without its pause."""
    shutil.copytree(EXAMPLE, repository, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    plan = repository / ".passdown" / "workflows" / "episode.yaml"
    plan.write_text(plan.read_text().replace('PAUSE_S: "2"', 'PAUSE_S: "0"'))
    for words in (("add", "-A"), ("commit", "-qm", "Example")):
        subprocess.run(["git", *words], cwd=repository, check=True)
    passdown("init")
    passdown("trust", "episode", "--yes")
    return repository


def test_the_page_names_what_there_is() -> None:
    """The plan's part on the page stands in the example's plan; every verb it shows is one."""
    text, plan = PAGE.read_text(), (EXAMPLE / ".passdown" / "workflows" / "episode.yaml").read_text()
    shown = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)[0].splitlines()

    assert [line for line in shown if line not in plan.splitlines()] == []
    from passdown.cli.commands.workflow import VERBS

    assert [verb for verb in re.findall(r"passdown workflow (\w+)", text) if verb not in VERBS] == []


def test_nothing_of_it_runs_before_it_is_trusted(repository: Path, passdown: Passdown) -> None:
    """A copied plan is data."""
    shutil.copytree(EXAMPLE, repository, dirs_exist_ok=True)
    passdown("init")
    done = passdown("workflow", "run", "episode", "ep-stoics", code=59)

    assert "passdown trust episode" in done.stderr
    assert not (repository / "production").exists()


def test_the_example_runs_to_its_end_and_its_costs_add_up(example: Path, passdown: Passdown) -> None:
    """The gate's feedback is taken, the package is there, and the sum of the phases is what the item cost."""
    passdown("workflow", "run", "episode", "ep-stoics")
    folder = example / "production" / "ep-stoics"
    words = len((folder / "final" / "episode.txt").read_text().split())

    assert json.loads((folder / "final" / "contents.json").read_text())["words"] == words
    assert "[notes-on-stoicism.txt]" in (folder / "production" / "script.md").read_text()
    by_phase = spent(passdown, "phase")
    assert set(by_phase) == {"research", "production", "final"}
    assert by_phase["final"] == pytest.approx(words * 1e-5)
    assert sum(by_phase.values()) == pytest.approx(sum(spent(passdown, "item").values()))


def spent(passdown: Passdown, by: str) -> dict[str, float]:
    """Dollars by one dimension of the ledger."""
    return {row[by]: row["money"] for row in json.loads(passdown("workflow", "cost", "--by", by, "--json").stdout)["rows"]}


def test_killed_and_resumed_no_finished_phase_runs_twice(example: Path, passdown: Passdown) -> None:
    """Killed in the second phase; the first one's output is the same file as before."""
    plan = example / ".passdown" / "workflows" / "episode.yaml"
    plan.write_text(plan.read_text().replace('PAUSE_S: "0"', 'PAUSE_S: "1"'))
    passdown("trust", "episode", "--yes")
    with subprocess.Popen([sys.executable, "-m", "passdown", "workflow", "run", "episode", "ep-bridges"], cwd=example, env={**os.environ},
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        until(lambda: "research" in spent(passdown, "phase"))
        child.send_signal(signal.SIGKILL)
    findings = example / "production" / "ep-bridges" / "research" / "findings.json"
    before = findings.stat()

    passdown("workflow", "resume", "ep-bridges")
    assert findings.stat() == before
    assert (example / "production" / "ep-bridges" / "final" / "episode.txt").exists()
    ledger = json.loads(passdown("workflow", "cost", "--json").stdout)["ledger"]
    assert [line["phase"] for line in ledger if line["phase"] == "research" and line["number"]] == ["research"]


def until(there: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "it never came so far"
        time.sleep(0.05)


def test_a_briefing_and_a_document_tell_where_it_stands(example: Path, passdown: Passdown) -> None:
    """When the task is about it, and not when it is about something else."""
    passdown("workflow", "run", "episode", "ep-stoics")

    assert "Production ep-stoics (episode): COMPLETED (quality 10/10" in passdown("resume", "--task", "what became of ep-stoics?").stdout
    assert "ep-stoics" not in passdown("resume", "--task", "fix the null pointer in the parser").stdout
    assert 'ep-stoics_episode: "COMPLETED (quality 10/10' in passdown("export", "--style", "domain-memory").stdout
