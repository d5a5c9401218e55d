"""Productions from the command line: quality, budgets, approval, repetition, and what phases do that they should not."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("dbos")

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
Workflow = Callable[..., Any]
TWO = """\
phases:
  one:
    run: 'echo one >> "$PASSDOWN_FOLDER/../../ran.log.txt"; cat brief.txt > "$PASSDOWN_FOLDER/one.txt"'
    inputs: [brief.txt]
    outputs: [one.txt]
  two:
    needs: [one]
    run: 'echo two >> "$PASSDOWN_FOLDER/../../ran.log.txt"; cp "$PASSDOWN_FOLDER/one.txt" "$PASSDOWN_FOLDER/two.txt"'
    inputs: [one.txt]
    outputs: [two.txt]
"""


@pytest.fixture
def workflow(repository: Path, passdown: Passdown) -> Workflow:
    """Write a plan `p`, trust it, and carry an item through it; gives the run as JSON."""
    passdown("init", "--yes")
    (repository / ".gitignore").write_text("ran.log.txt\n")
    (repository / "brief.txt").write_text("about owls\n")
    (repository / ".passdown/workflows").mkdir()

    def run(plan: str, *words: str, code: int = 0, **environment: str) -> Any:
        (repository / ".passdown/workflows/p.yaml").write_text(plan)
        passdown("trust", "p", "--yes")
        done = passdown("workflow", *(words or ("run", "p", "ep-1")), "--json", code=code, **environment)
        return json.loads(done.stdout)["runs"][0]

    return run


def ran(repository: Path) -> list[str]:
    """The phases that ran, in order."""
    log = repository / "ran.log.txt"
    return log.read_text().split() if log.exists() else []


def phase(run: str, more: str = "") -> str:
    """A plan with one phase that leaves `out.txt`, unless it does something else."""
    return f"phases:\n  only:\n    run: '{run}'\n    outputs: [out.txt]\n" + "".join(f"    {row}\n" for row in more.splitlines())


WRITE = 'echo x > "$PASSDOWN_FOLDER/out.txt"'


def test_what_is_finished_is_not_made_again(repository: Path, workflow: Workflow) -> None:
    """A second run of the item keeps all that the first one made."""
    workflow(TWO)
    again = workflow(TWO)

    assert again["state"] == "completed"
    assert ran(repository) == ["one", "two"]


def test_a_completed_run_is_resumed_only_where_something_has_changed(repository: Path, workflow: Workflow) -> None:
    """Else there is nothing to do; what has changed is made again, in a new turn."""
    workflow(TWO)
    assert workflow(TWO, "resume", "ep-1")["turn"] == 1
    (repository / "brief.txt").write_text("about larks\n")

    assert workflow(TWO, "resume", "ep-1")["turn"] == 2
    assert ran(repository) == ["one", "two", "one", "two"]


def test_a_changed_input_makes_the_phases_again_that_rest_on_it(repository: Path, workflow: Workflow) -> None:
    """The first phase read something else now, so both are made again."""
    workflow(TWO)
    (repository / "brief.txt").write_text("about larks\n")
    workflow(TWO)

    assert ran(repository) == ["one", "two", "one", "two"]
    assert (repository / "production/ep-1/two.txt").read_text() == "about larks\n"


def test_a_lost_output_is_made_again(repository: Path, workflow: Workflow) -> None:
    """Only the phase whose output is gone; the others are as they were."""
    workflow(TWO)
    (repository / "production/ep-1/two.txt").unlink()
    workflow(TWO)

    assert ran(repository) == ["one", "two", "two"]


def test_retry_makes_a_phase_and_all_behind_it_again(repository: Path, workflow: Workflow) -> None:
    """Though nothing has changed."""
    workflow(TWO)
    done = workflow(TWO, "retry", "ep-1", "--from", "two")

    assert (done["state"], done["turn"]) == ("completed", 2)
    assert ran(repository) == ["one", "two", "two"]


def test_a_failed_phase_is_told_and_resumed(repository: Path, workflow: Workflow, passdown: Passdown) -> None:
    """Exit code 63 with the last words of the phase; when the cause is mended, only that phase is made."""
    plan = TWO.replace("cp ", "test -e mended.txt || { echo no tool; exit 3; }; cp ")
    failed = workflow(plan, code=63)

    assert failed["state"] == "failed"
    assert failed["note"] == "it ended with code 3: no tool"
    (repository / "mended.txt").write_text("yes\n")
    passdown("workflow", "resume", "ep-1")
    assert ran(repository) == ["one", "two", "two"]


def test_a_phase_is_tried_again_as_often_as_the_plan_says(repository: Path, workflow: Workflow) -> None:
    """Each attempt has a key of its own, and is told why the last one failed."""
    plan = phase('echo $PASSDOWN_IDEMPOTENCY_KEY >> ran.log.txt; cat "$PASSDOWN_FEEDBACK"; test $(wc -l < ran.log.txt) = 3 && ' + WRITE,
                 "retries: {most: 2, backoff: 0.1 s}")
    done = workflow(plan)

    assert done["state"] == "completed"
    assert len(set(ran(repository))) == 3


def test_an_attempt_below_its_gate_is_repeated_with_feedback(repository: Path, workflow: Workflow) -> None:
    """What the gate said of the first attempt is what the second one reads."""
    plan = phase('cat "$PASSDOWN_FEEDBACK" > "$PASSDOWN_FOLDER/out.txt"',
                 'gate: {run: \'grep -q dull "$PASSDOWN_FOLDER/out.txt" && echo "quality 9" || echo "too dull: 0.4"\', minimum: 8, below: retry}\n'
                 'retries: {most: 1, backoff: 0.1 s}')
    done = workflow(plan)

    assert (done["state"], done["score"]) == ("completed", 9.0)
    assert "too dull" in (repository / "production/ep-1/out.txt").read_text()


@pytest.mark.parametrize(("below", "code", "state"), [("stop", 65, "stopped"), ("ask", 71, "asking")])
def test_a_run_below_its_gate_stops_or_asks_and_may_be_approved(workflow: Workflow, below: str, code: int, state: str) -> None:
    """The person who looks at it may take it as it is; it is not made a second time."""
    plan = phase(WRITE, f"gate: {{run: 'echo 4.5', minimum: 8, below: {below}}}")
    stopped = workflow(plan, code=code)
    done = workflow(plan, "resume", "ep-1", code=code) if below == "ask" else stopped
    approved = workflow(plan, "approve", done["id"], "--words", "good enough for a pilot")

    assert (stopped["state"], stopped["score"]) == (state, 4.5)
    assert approved["state"] == "completed"


@pytest.mark.parametrize("said", ["nothing", "score: high", '{"score": "nine"}', "eleven or 11", "-3"])
def test_a_gate_that_prints_garbage_is_an_error(workflow: Workflow, said: str) -> None:
    """It is neither passed nor failed: nobody knows, and that is said."""
    failed = workflow(phase(WRITE, f"gate: {{run: \"printf '%s' '{said.replace(chr(34), chr(92) + chr(34))}'\", minimum: 8}}"), code=63)

    assert failed["state"] == "failed"
    assert failed["note"].startswith("The gate cannot be read: ")


def test_a_missing_output_fails_the_phase(workflow: Workflow) -> None:
    """It ended with code 0, and left nothing."""
    assert workflow(phase("true"), code=63)["note"] == "it left no `out.txt` in production/ep-1/"


def test_a_missing_input_fails_the_phase_before_it_runs(workflow: Workflow) -> None:
    """It says where it looked."""
    failed = workflow(phase(WRITE, "inputs: [nowhere.md]"), code=63)

    assert failed["note"] == "there is no input `nowhere.md`, neither in production/ep-1/ nor in the repository"


@pytest.mark.parametrize("where", ["README.md", "brief.txt", "new/file.txt"])
def test_a_phase_that_writes_outside_its_folder_fails(workflow: Workflow, where: str) -> None:
    """Whether the file was committed, uncommitted or not there."""
    failed = workflow(phase(f"mkdir -p new; echo x >> {where}; {WRITE}"), code=63)

    assert failed["note"].startswith("it wrote outside of production/ep-1/: ")


def test_a_budget_stops_a_phase_before_it_begins(repository: Path, workflow: Workflow) -> None:
    """The first phase used so much that the second one cannot be paid."""
    plan = "budget: {money: $1}\n" + TWO.replace("cat brief", 'echo \'{"money": 0.7}\' >> "$PASSDOWN_USAGE"; cat brief'.replace("'", "''")).replace(
        "outputs: [two.txt]", "outputs: [two.txt]\n    budget: {money: $0.5}").replace("outputs: [one.txt]", "outputs: [one.txt]\n    budget: {money: $0.8}")
    stopped = workflow(plan, code=64)

    assert stopped["state"] == "stopped"
    assert "0.3 US dollars are left, and it may use 0.5" in stopped["note"]
    assert ran(repository) == ["one"]


def test_a_phase_that_says_it_used_more_than_it_may_is_ended(workflow: Workflow) -> None:
    """While it runs, not when it is done."""
    plan = phase('echo \'\'{"money": 3}\'\' >> "$PASSDOWN_USAGE"; sleep 60', "budget: {money: $2}")

    assert workflow(plan, code=64)["note"] == "it used more than it may: $3, 0 tokens"


def test_a_phase_that_takes_too_long_is_ended(workflow: Workflow) -> None:
    """With all that it started."""
    assert workflow(phase("sleep 60 & sleep 60", "timeout: 1 s"), code=63)["note"] == "it ran longer than 1 s"


def test_a_run_goes_on_with_the_plan_with_which_it_began(repository: Path, workflow: Workflow, passdown: Passdown) -> None:
    """An edit in between is said, and takes effect with the next run."""
    plan = TWO.replace("cp ", "test -e mended.txt || exit 3; cp ")
    workflow(plan, code=63)
    (repository / "mended.txt").write_text("yes\n")
    (repository / ".passdown/workflows/p.yaml").write_text(plan.replace("cp ", "false; cp "))
    resumed = passdown("workflow", "resume", "ep-1")

    assert "The plan's file has changed" in resumed.stderr
    assert "completed" in resumed.stdout


def test_a_cancelled_run_is_ended_and_can_be_resumed(repository: Path, workflow: Workflow, passdown: Passdown) -> None:
    """From another process, while a phase runs; nothing of the phase is left running."""
    slow = phase(f"test -e fast.txt || sleep 60; {WRITE}")
    workflow(phase(WRITE), "run", "p", "other")
    (repository / ".passdown/workflows/p.yaml").write_text(slow)
    passdown("trust", "p", "--yes")
    going = subprocess.Popen([sys.executable, "-m", "passdown", "workflow", "run", "p", "ep-1"], cwd=repository, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while "running" not in passdown("workflow", "list").stdout and going.poll() is None:
        time.sleep(0.05)
    passdown("workflow", "resume", "ep-1", code=67)
    passdown("workflow", "cancel", "ep-1")
    going.communicate(timeout=60)

    assert going.returncode == 68
    assert "cancelled" in passdown("workflow", "status", "ep-1").stdout
    (repository / "fast.txt").write_text("yes\n")
    assert "completed" in passdown("workflow", "resume", "ep-1").stdout


def test_one_failure_stops_no_other_item_of_a_batch(repository: Path, workflow: Workflow, passdown: Passdown) -> None:
    """The batch is resumed as a whole: what is completed stays, what failed is tried again."""
    plan = phase(f'echo $PASSDOWN_ITEM >> ran.log.txt; test $PASSDOWN_ITEM != bad || test -e mended.txt || exit 1; {WRITE}')
    (repository / ".passdown/workflows/p.yaml").write_text(plan)
    passdown("trust", "p", "--yes")
    runs = json.loads(passdown("workflow", "batch", "p", "good", "bad", "fine", "--max-concurrent", "2", "--json", code=63).stdout)["runs"]

    assert [(run["item"], run["state"]) for run in runs] == [("good", "completed"), ("bad", "failed"), ("fine", "completed")]
    assert f'{runs[0]["batch"]}: "p: 2 completed, 1 failed"' in passdown("export", "--style", "domain-memory").stdout
    (repository / "mended.txt").write_text("yes\n")
    again = json.loads(passdown("workflow", "resume", runs[0]["batch"], "--json").stdout)["runs"]
    assert [(run["item"], run["state"]) for run in again] == [("bad", "completed")]
    assert sorted(ran(repository)) == ["bad", "bad", "fine", "good"]


def test_a_batch_never_runs_more_at_once_than_it_may(repository: Path, workflow: Workflow, passdown: Passdown) -> None:
    """Each item counts how many are under way when it begins."""
    plan = phase(f'mkdir -p "$PASSDOWN_FOLDER"; touch "$PASSDOWN_FOLDER/on"; ls production/*/on | wc -l >> ran.log.txt; sleep 0.2; '
                 f'rm "$PASSDOWN_FOLDER/on"; {WRITE}')
    (repository / ".passdown/workflows/p.yaml").write_text(plan)
    passdown("trust", "p", "--yes")
    passdown("workflow", "batch", "p", *(f"i{n}" for n in range(12)), "--max-concurrent", "3")

    counted = [int(number) for number in ran(repository)]
    assert len(counted) == 12
    assert max(counted) == 3


@pytest.mark.slow
def test_a_batch_begins_no_more_in_a_minute_than_it_may(repository: Path, workflow: Workflow, passdown: Passdown) -> None:
    """The third of three items, of which two may begin, waits for most of a minute; the limit counts from when an item is taken, not from when it has begun."""
    (repository / ".passdown/workflows/p.yaml").write_text(phase(f"date +%s >> ran.log.txt; {WRITE}"))
    passdown("trust", "p", "--yes")
    passdown("workflow", "batch", "p", "a", "b", "c", "--max-concurrent", "3", "--per-minute", "2")

    first, _, third = sorted(int(second) for second in ran(repository))
    assert third - first >= 30


def test_a_dry_run_says_what_it_would_do_and_does_nothing(repository: Path, workflow: Workflow, passdown: Passdown) -> None:
    """Before anything was made, and after a part of it was."""
    workflow(TWO)
    (repository / "production/ep-1/two.txt").unlink()
    said = passdown("workflow", "run", "p", "ep-1", "--dry-run").stdout

    assert "one (keep), two (run)" in said
    assert ran(repository) == ["one", "two"]


def test_what_a_phase_notes_reaches_the_phases_behind_it(repository: Path, workflow: Workflow) -> None:
    """In their briefing, with what was left behind and how good it was; a secret that it prints reaches no file of ours."""
    secret = "ghp_" + "A1b2C3d4" * 4 + "E5f6"
    note = f'"{sys.executable}" -m passdown note decision "Interview format" --why "listeners asked for it"; echo token=$SECRET; '
    plan = TWO.replace("cat brief", note + "cat brief").replace("cp ", 'cp "$PASSDOWN_BRIEFING" "$PASSDOWN_FOLDER/briefing.md"; cp ')
    workflow(plan, SECRET=secret)
    briefing = (repository / "production/ep-1/briefing.md").read_text()

    assert "- decision: Interview format (why: listeners asked for it)" in briefing
    assert "`production/ep-1/one.txt` (sha256:" in briefing
    kept = b"".join(path.read_bytes() for path in (repository / ".git/passdown/workflows").rglob("*") if path.is_file())
    assert secret.encode() not in kept


def test_an_agents_session_is_counted(repository: Path, workflow: Workflow, passdown: Passdown, tmp_path: Path) -> None:
    """A program in the place of the agent's command line leaves a transcript; its tokens are in the ledger, by model."""
    home, session = Path(os.environ["HOME"]), "11111111-2222-4333-8444-555555555555"
    transcript = home / ".claude/projects/shop" / f"{session}.jsonl"
    common = {"sessionId": session, "timestamp": "2026-11-20T09:12:00.000Z", "cwd": str(repository), "version": "2.1.0", "isSidechain": False}
    usage = {"input_tokens": 1000, "output_tokens": 200}
    reply = {"id": "m1", "role": "assistant", "type": "message", "model": "claude-sonnet-4-5", "content": [{"type": "text", "text": "Birds."}], "usage": usage}
    rows = [{**common, "type": "user", "uuid": "a1", "parentUuid": None, "userType": "external", "message": {"role": "user", "content": "Research owls"}},
            {**common, "type": "assistant", "uuid": "a2", "parentUuid": "a1", "userType": "external", "requestId": "r1", "message": reply}]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    tool = tmp_path / "claude"
    tool.write_text(f'#!/bin/sh\nmkdir -p "{transcript.parent}"\ncp "{tmp_path}/rows.jsonl" "{transcript}"\n'
                    f'echo owls > "$PASSDOWN_FOLDER/out.txt"\necho \'{{"session_id": "{session}"}}\'\n')
    tool.chmod(0o755)
    plan = "phases:\n  only:\n    agent: claude\n    prompt: Research owls\n    outputs: [out.txt]\n"
    workflow(plan, PATH=f"{tmp_path}:{os.environ['PATH']}")
    costs = json.loads(passdown("workflow", "cost", "--by", "model", "--json").stdout)

    assert costs["rows"][0]["model"] == "claude-sonnet-4-5"
    assert costs["total"]["tokens"] == 1200
    assert costs["total"]["money"] > 0


def test_a_full_disk_is_told_and_nothing_finished_is_lost(repository: Path, workflow: Workflow, passdown: Passdown) -> None:
    """The phase may write no file over a few kilobytes; it fails, and goes on when there is room."""
    plan = TWO.replace("cp ", 'test -e room.txt || ulimit -f 1; head -c 100000 /dev/zero > "$PASSDOWN_FOLDER/big"; cp ').replace("; cp ", " && cp ")
    failed = workflow(plan, code=63)
    (repository / "room.txt").write_text("yes\n")

    assert failed["state"] == "failed"
    assert "completed" in passdown("workflow", "resume", "ep-1").stdout
    assert ran(repository) == ["one", "two", "two"]
