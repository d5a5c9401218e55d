"""Productions from Python: the code of docs/productions.md runs as it stands there."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("dbos")

from passdown.actions import plans, production_views, productions
from passdown.errors import NoSuchRun, UntrustedPlan, UsageError
from passdown.project import open_project

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
PAGE = Path(__file__).parents[2] / "docs" / "productions.md"
PLAN = """\
phases:
  research:
    run: 'echo found > "$PASSDOWN_FOLDER/found.txt"'
    outputs: [found.txt]
  production:
    needs: [research]
    run: 'echo "{\\"money\\": 0.25}" >> "$PASSDOWN_USAGE"; cp "$PASSDOWN_FOLDER/found.txt" "$PASSDOWN_FOLDER/script.txt"'
    outputs: [script.txt]
    approval: APPROVAL
"""


@pytest.fixture
def plan(repository: Path, passdown: Passdown) -> Callable[[str], None]:
    passdown("init", "--yes")
    (repository / ".passdown/workflows").mkdir()

    def write(approval: str) -> None:
        (repository / ".passdown/workflows/podcast.yaml").write_text(PLAN.replace("APPROVAL", approval))
        passdown("trust", "podcast", "--yes")

    return write


def test_the_code_of_the_page_runs(repository: Path, plan: Callable[[str], None]) -> None:
    """Three items, one of them made again from its second phase."""
    plan("false")
    code = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    done = subprocess.run([sys.executable, "-c", code], cwd=repository, capture_output=True, text=True, check=False, timeout=120)

    assert done.stdout.splitlines() == ["ep-006 completed", "ep-007 completed", "1.0"], done.stderr


def test_each_verb_is_a_function(repository: Path, plan: Callable[[str], None], capsys: pytest.CaptureFixture[str]) -> None:
    """Run, approve, cancel, resume, and what is known of them; nothing is printed."""
    plan("true")
    project = open_project(repository)
    found = plans.runnable(project, "podcast")
    assert [(one.phase, one.what) for one in production_views.forecast(project, found, "ep-1")] == [("research", "run"), ("production", "run")]
    first = productions.run(project, found, "ep-1")
    assert (first.state, first.phase) == ("asking", "production")

    later = productions.approve(project, "ep-1", "it is good", go_on=False)
    assert later.state == "waiting"
    assert production_views.abandoned(project, [later]) == {first.id}
    assert [run.state for run in productions.cancel(project, first.id)] == ["cancelled"]
    assert [run.state for run in productions.resume(project, first.id).runs] == ["completed"]
    assert [attempt.approved for attempt in production_views.show(project, "ep-1").attempts if attempt.approved] == ["it is good"] * 2
    assert [attempt.phase for attempt, _ in production_views.logs(project, "ep-1", "research")] == ["research"] * 2
    assert [row.state for row in production_views.rows(project)] == ["completed"]
    assert sum(line.money for line in production_views.cost(project, "ep-1") if line.number) == 250_000
    assert capsys.readouterr() == ("", "")


def test_what_cannot_be_is_raised(repository: Path, plan: Callable[[str], None]) -> None:
    """As errors with a message and advice, before anything is written."""
    plan("false")
    project = open_project(repository)
    found = plans.runnable(project, "podcast")
    with pytest.raises(NoSuchRun):
        productions.resume(project, "ep-9")
    with pytest.raises(UsageError, match="no name of an item"):
        productions.run(project, found, "../ep-9")
    with pytest.raises(UsageError, match="named twice"):
        productions.batch(project, found, ["ep-9", "ep-9"])
    (repository / ".passdown/workflows/podcast.yaml").write_text(PLAN.replace("APPROVAL", "false") + "# changed\n")
    with pytest.raises(UntrustedPlan):
        plans.runnable(project, "podcast")
    assert production_views.runs(project) == []
