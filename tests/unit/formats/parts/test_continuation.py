"""Where the next session goes on when nobody noted it."""

import pytest

from passdown.formats.base import GitState, Material
from passdown.formats.gaps import gaps
from passdown.formats.parts.continuation import continue_from, derived
from passdown.formats.parts.first_steps import first_steps, unsolved
from passdown.formats.parts.knowledge import troubles
from passdown.formats.parts.work import in_progress
from passdown.formats.sectioned import update
from passdown.formats.styles import session_log
from passdown.model.record import Record
from passdown.model.session import CommandFact, CommitFact, ErrorFact, Session, TodoFact

ASKED = "Make the queue drain twice, also for refunds."


def left(words: str, *todos: TodoFact) -> Material:
    last = Session("s1", "codex", ended="2026-11-20T09:00:00Z", goal=ASKED, last_words=words, todos=todos)
    return Material("2026-11-20T10:00:00Z", sessions=(last,))


@pytest.mark.parametrize(("words", "wanted"), [
    ("It drains. Next I'm adding the retry.", "as the session said at its end: “Next I'm adding the retry.”"),
    ("It drains. Should refunds be retried?", "answer what was asked at the end: “Should refunds be retried?”"), ("It drains.", "")])
def test_what_the_last_words_leave_open_comes_next(words: str, wanted: str) -> None:
    """With the last request; it is told as what it is, and that nobody noted a next step stays a gap."""
    material = left(words)

    assert continue_from(material).next == wanted
    assert derived(material).endswith(wanted or f"“{ASKED}”")
    assert any(g.what == "nobody said what the next step is" for g in gaps(material))


def test_what_is_noted_or_on_the_list_comes_first() -> None:
    """Then nothing is derived."""
    task = Record("0" * 16, "task", "Add a retry", details={"next": "begin in queue.py"})
    material = left("Next I'm adding the retry.")

    assert derived(left("Next I'm adding the retry.", TodoFact("Add a retry", "pending"))) == ""
    assert derived(Material(material.now, records=(task,), sessions=material.sessions)) == ""


def test_next_steps_are_not_empty_above_what_comes_later() -> None:
    """`Nothing known yet` stands where nothing is known at all."""
    future = Record("0" * 16, "task", "Move to another queue", details={"horizon": "future"})
    empty, filled = (update(session_log.LAYOUT, "", Material("2026-11-20T10:00:00Z", records=records)).text for records in ((), (future,)))

    assert "Nothing known yet: `passdown note task" in empty
    assert "Nothing known yet: `passdown note task" not in filled
    assert "### Future considerations" in filled


def test_a_session_that_committed_its_work_left_nothing_open_as_far_as_is_known() -> None:
    """Then the last request is not told as what comes next; with something uncommitted it is."""
    last = Session("s1", "codex", ended="2026-11-20T09:00:00Z", goal=ASKED, commits=(CommitFact("a" * 40, "Drain twice"),), last_words="It drains.")
    clean, dirty = (Material("2026-11-20T10:00:00Z", sessions=(last,), git=GitState("main", changed=changed)) for changed in ((), (("a.py", " M"),)))

    assert continue_from(clean).task.startswith("nothing is known to be open")
    assert continue_from(dirty).task == f"the last request was “{ASKED}”"
    assert "Go on" not in "\n".join(i.text for i in first_steps(clean))


def test_a_failure_that_a_record_explains_is_not_told_as_open() -> None:
    """Neither as an error of the last session nor as a command that keeps failing."""
    facts = (CommandFact("make ship", runs=4, failures=4, ok=False, purpose="build"),)
    last = Session("s1", "codex", ended="2026-11-20T09:00:00Z", commands=facts, errors=(ErrorFact("make ship", "no rule"),))
    known = Record("0" * 16, "approach", "`make ship` fails with `no rule`; `make deploy` works", details={"outcome": "failed"})
    told, untold = (Material("2026-11-20T10:00:00Z", sessions=(last,), records=records) for records in ((), (known,)))

    assert [len(troubles(m)) for m in (told, untold)] == [1, 0]
    assert [len(list(unsolved(m))) for m in (told, untold)] == [1, 0]
    assert ["make ship" in "".join(i.text for i in in_progress(m)) for m in (told, untold)] == [True, False]
