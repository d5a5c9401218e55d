"""What counts as trouble, and what only looks like it: each pair of sayings or deeds differs in one thing."""

import pytest

from passdown.continuity.course import Course
from passdown.continuity.figures import asked_again, reopened, repeated, told_again
from passdown.continuity.pair import Pair
from passdown.model.event import Event, Patch, Prompt, Reply, ToolCall, ToolResult
from passdown.model.record import Record
from passdown.model.session import ErrorFact, Session

MADE = "2026-11-19T10:30:00Z"
RECORDS = (
    Record("r1", "decision", "Keep the payout queue in SQLite", created=MADE, details={"alternative": ("Kafka",)}),
    Record("r2", "preference", "Never change generated files in the dist folder by hand", created=MADE),
    Record("r3", "question", "Should refunds wait for the nightly settlement run?", created=MADE, details={"answer": "Yes"}),
    Record("r4", "approach", "`make seed-ledger` before `make migrate` fails", created=MADE, details={"outcome": "failed"}),
    Record("r5", "approach", "Locking with acquire_lease inside drain_payouts deadlocked", created=MADE, details={"outcome": "failed"}))
MESSAGE = "error: the staging token has expired since Monday"
BEFORE = Session("s-1", "codex", ended="2026-11-19T11:00:00Z", asks=("regenerate the fixtures and update the changelog",),
                 errors=(ErrorFact("deployctl push staging", MESSAGE, fixed_by="deployctl login"),
                         ErrorFact("pytest -x", "1 failed in test_queue, 3 passed", fixed_by="an edit")))
AFTER = Session("s-2", "codex", started="2026-11-20T10:00:00Z")


def pair(*events: Event) -> Pair:
    return Pair(BEFORE, AFTER, (BEFORE,), RECORDS, Course(events))


@pytest.mark.parametrize(("text", "count"), [
    ("Should refunds wait for the nightly settlement run?", 1), ("I can do this. Should the refunds wait for the nightly settlement?", 1),
    ("Should refunds be logged?", 0), ("Refunds wait for the nightly settlement run.", 0), ("Shall I commit?", 0)])
def test_a_question_counts_when_an_earlier_session_had_it(text: str, count: int) -> None:
    """In nearly the same words; one about another side of the same thing does not, nor does a statement."""
    assert asked_again.measure(pair(Prompt(n=0, text="go"), Reply(n=1, text=text))).value == count


@pytest.mark.parametrize(("text", "count"), [
    ("Don't change generated files in the dist folder by hand", 1), ("As I said, the exporter stays", 1),
    ("Regenerate the fixtures and update changelog", 1),
    ("commit", 0), ("run it again, then once you are done stop", 0), ("The dist folder is large", 0), ("Implement the following plan:\n\nAs I said", 0)])
def test_a_saying_counts_when_it_repeats(text: str, count: int) -> None:
    """What is known, what was asked in nearly the same words, or what says so; a go-ahead, a new fact and a plan do not."""
    assert told_again.measure(pair(Prompt(n=0, text=text))).value == count


@pytest.mark.parametrize(("text", "count"), [
    ("Let's move the payout queue to Kafka.", 1), ("We could use Kafka for the queue?", 1),
    ("The payout queue stays in SQLite, not Kafka.", 0), ("I'll add an index to the payout queue.", 0),
    ("Kafka was measured in the benchmark of the queue.", 0)])
def test_a_decision_is_reopened_by_a_proposal_of_what_it_turned_down(text: str, count: int) -> None:
    """Who names it to reject or report it proposes nothing."""
    assert reopened.measure(pair(Reply(n=0, text=text))).value == count


def ran(command: str, output: str, *, ok: bool) -> tuple[Event, ...]:
    return ToolCall(n=1, call="1", tool="Bash", action="shell", command=command), ToolResult(n=2, call="1", ok=ok, output=output)


def edit(added: str, removed: str = "") -> tuple[Event, ...]:
    return (ToolCall(n=1, call="1", tool="Edit", action="edit", paths=("a.py",), patches=(Patch("a.py", "edit", removed, added),)),)


@pytest.mark.parametrize(("events", "count"), [
    (ran("make seed-ledger 2>&1 | tail", "relation missing", ok=False), 1), (ran("make seed-ledger", "", ok=True), 0), (ran("make lint", "x", ok=False), 0),
    (ran("deployctl push staging", f"{MESSAGE} x", ok=False), 1), (ran("deployctl push staging", "disk full", ok=False), 0),
    (ran("git log", MESSAGE, ok=False), 0), (ran("pytest -x", "1 failed in test_queue, 3 passed", ok=False), 0),
    (edit("def drain_payouts():\n    acquire_lease()"), 1), (edit("acquire_lease()"), 0),
    (edit("drain_payouts(acquire_lease(1))", "drain_payouts(acquire_lease(0))"), 0)])
def test_a_failed_approach_is_repeated_when_it_is_walked_again(events: tuple[Event, ...], count: int) -> None:
    """The command that fails again, the names that come together again; one that passes, fails otherwise, or only touches what is there, does not count."""
    assert repeated.measure(pair(*events)).value == count
