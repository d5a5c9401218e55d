"""Work that was taken back."""

import pytest

from passdown.briefing.reverted import reverted
from passdown.model.anchor import Anchor
from passdown.model.record import Record
from passdown.model.session import CommandFact, CommitFact, FileFact, Session

EDITED = (FileFact("src/mail.py", edits=2, last="2026-03-02T08:00:00Z"),)
STEP = Record("x1", "task", "Delete the old mailer", session="s", extractor="e/1", trust="extracted")
LEARNT = Record("x2", "knowledge", "The provider replays events for three days", session="s", extractor="e/1", trust="extracted")


def session(command: str = "", at: str = "2026-03-02T09:00:00Z", **more: object) -> Session:
    commands = (CommandFact(command, ok=True, last=at),) if command else ()
    return Session("s", "codex", files=EDITED, commands=commands, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("taken", [
    session("git reset --hard"), session("git checkout -- ."), session("git restore . && git status"),
    session(asks=("Revert all of this, please.",)), session(asks=("no, undo that and go back to the queue",)),
    session(commits=(CommitFact("a1", "Move the mailer"),))])
def test_what_a_session_proposed_goes_with_its_work(taken: Session) -> None:
    """Its steps and decisions are withdrawn; what was learnt on the way stays true."""
    back = reverted([taken], ('Revert "Move the mailer"',))

    assert back.sessions == {"s"}
    assert (back.takes(STEP), back.takes(LEARNT)) == (True, False)


@pytest.mark.parametrize("kept", [
    session("git reset --hard", at="2026-03-02T07:00:00Z"), session("git reset --hard origin/main"), session("git checkout main"),
    session("git checkout -b fix"), session("git restore --staged ."), session(asks=("Undo should work in the editor too",)),
    session("git reset --hard", commits=(CommitFact("a1", "Move the mailer"),))])
def test_work_that_stands_keeps_its_proposals(kept: Session) -> None:
    """A reset before the edits, a switch of branch, what is only unstaged, a feature of that name, and work that was committed take nothing back."""
    assert not reverted([kept]).takes(STEP)


def test_a_single_file_takes_what_rests_on_it_alone() -> None:
    """A record that rests on another file too stays, and so does one that somebody noted."""
    back = reverted([session("git checkout -- src/mail.py")])
    on_it = Record("x3", "decision", "Send mail in a worker", session="s", extractor="e/1", anchors=(Anchor("src/mail.py"),))
    on_both = Record("x4", "decision", "Send mail in a worker", session="s", extractor="e/1", anchors=(Anchor("src/mail.py"), Anchor("src/app.py")))
    noted = Record("01", "decision", "Send mail in a worker", session="s", anchors=(Anchor("src/mail.py"),))

    assert [back.takes(r) for r in (on_it, on_both, noted, STEP)] == [True, False, False, False]


def test_what_was_put_back_is_not_taken_back() -> None:
    """A reverted revert, and a commit of the same name that stayed."""
    once = Session("a", "codex", commits=(CommitFact("1", "Add x"),))
    other = Session("b", "codex", commits=(CommitFact("2", "Add x"),))

    assert reverted([once], ('Revert "Revert "Add x""', 'Revert "Add x"')).sessions == frozenset()
    assert reverted([once], ('Reapply "Add x"', 'Revert "Add x"')).sessions == frozenset()
    assert reverted([other, once], ('Revert "Add x"',)).sessions == {"b"}
