"""Plans that were carried out."""

import json
from typing import Any

from msgspec.structs import replace

from passdown.extract.carried import Carried
from passdown.extract.deed import Deed
from passdown.model.event import Event, Mark, Prompt, Rewind, ToolCall, ToolResult

PLAN = """Implement the following plan:

# Plan: Drain the queue at shutdown

## Context

The worker is killed every night.
However, messages that are in flight at that moment are never put back.

## Changes
1. `src/worker.py`: handle SIGTERM
"""


def _edit(path: str = "/srv/shop/src/worker.py", *, ok: bool = True) -> list[Event]:
    return [ToolCall(call=path, tool="Edit", action="edit", paths=(path,)), ToolResult(call=path, ok=ok)]


def _run(line: str, output: str = "", *, ok: bool = True) -> list[Event]:
    return [ToolCall(call=line, tool="Bash", action="shell", command=line), ToolResult(call=line, ok=ok, output=output)]


def _deeds(*events: Event) -> list[Deed]:
    """The state is put down and taken up after every event."""
    fold = Carried()
    for n, event in enumerate((Mark(session="s1", cwd="/srv/shop"), *events)):
        fold.add(replace(event, n=n) if not isinstance(event, Rewind) else event)
        state: dict[str, Any] = json.loads(json.dumps(fold.state()))
        fold = Carried(state)
    return list(fold.deeds())


def test_a_plan_that_was_committed_is_a_milestone() -> None:
    """With why it was made, what it changed most, and its first commit, which is cited too."""
    commit = "git commit -m 'Drain the queue'"
    [deed] = _deeds(Prompt(text=PLAN), *_edit(), *_edit("/srv/shop/README.md"), *_edit(), *_run(commit, "[main 1a2b3c4] Drain the queue\n 2 files changed"),
                    *_run("git commit -m 'Fix typo'", "[main 5d6e7f8] Fix typo"))
    assert (deed.kind, deed.text) == ("milestone", "Drain the queue at shutdown\nPlan carried out (commit `1a2b3c4`)")
    assert deed.details == {"why": "messages that are in flight at that moment are never put back."}
    assert [a.path for a in deed.anchors] == ["src/worker.py", "README.md"]
    assert [text in PLAN for _, text in deed.quotes] == [True, True, False]


def test_a_check_that_passed_after_the_edits_will_do() -> None:
    """Without a commit, which the user may make himself."""
    [deed] = _deeds(Prompt(text=PLAN), *_edit(), *_run("pytest -q", "6 passed in 0.2s"))
    assert deed.text == "Drain the queue at shutdown\nPlan carried out: 1 file edited, then “6 passed in 0.2s”"


def test_a_plan_that_was_approved_counts_like_one_that_was_ordered() -> None:
    """It is the user's from then on; one that was turned down is none."""
    for ok in (True, False):
        plan = [ToolCall(call="p", tool="ExitPlanMode", action="plan", about=PLAN), ToolResult(call="p", ok=ok)]
        assert len(_deeds(*plan, *_edit(), *_run("pytest -q", "6 passed in 0.2s"))) == ok


def test_what_was_not_carried_out() -> None:
    """Nothing was edited, the edit failed, the check failed, or the user went back behind the order."""
    passed = _run("pytest -q", "6 passed in 0.2s")
    assert _deeds(Prompt(text=PLAN), *passed) == []
    assert _deeds(Prompt(text=PLAN), *_edit(ok=False), *passed) == []
    assert _deeds(Prompt(text=PLAN), *_edit(), *_run("pytest -q", "1 failed, 5 passed in 0.2s", ok=False)) == []
    assert _deeds(Prompt(text=PLAN), *_edit(), *passed, Rewind(to=1)) == []


def test_a_plan_without_a_name_says_nothing() -> None:
    """Nor does one that only looks at something."""
    for name in ("# Plan", "# Assessment: how the queue drains"):
        assert _deeds(Prompt(text=PLAN.replace("# Plan: Drain the queue at shutdown", name)), *_edit(), *_run("pytest -q", "6 passed in 0.2s")) == []


def test_a_check_that_fails_at_the_end_takes_the_proof_back() -> None:
    """What passed in between proves nothing of a plan whose tests fail when all is edited."""
    assert not list(_deeds(Prompt(text=PLAN), *_edit(), *_run("pytest -q", "6 passed in 0.2s"), *_run("pytest -q", "1 failed, 5 passed in 0.2s")))


def test_a_rewind_takes_the_proof_back() -> None:
    """What was committed behind the place that the session went back to was not committed."""
    assert not list(_deeds(Prompt(text=PLAN), *_edit(), *_run("git commit -m x", "[main abc1234] x"), Rewind(to=2)))
