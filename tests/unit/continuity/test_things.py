"""What is needed and known alike, and when a text names it."""

import pytest

from passdown.continuity.course import Course
from passdown.continuity.things import Thing, known_to, needed, says
from passdown.model.event import ToolCall, ToolResult
from passdown.model.session import CommandFact, FileFact, NameFact, Session


def test_needed_is_what_the_first_calls_touched() -> None:
    """Files of the project, commands that tell something, names that were looked for; no flag, no look around, nothing typed wrongly, nothing late."""
    calls = (
        ToolCall(n=1, call="1", tool="Read", action="read", paths=("src/a.py", "/etc/hosts", "CLAUDE.md")),
        ToolCall(n=2, call="2", tool="Bash", action="shell", command="ls -la && make seed-ledger --dry-run"),
        ToolCall(n=3, call="3", tool="Grep", action="search", command="drainPayouts"),
        ToolCall(n=4, call="4", tool="Bash", action="shell", command="wrap npm test"),
        ToolResult(n=5, call="4", ok=False, output="error: unrecognized subcommand 'npm'"),
        ToolCall(n=6, call="6", tool="Edit", action="edit", paths=("src/late.py",)))

    assert needed(Course(calls), 4) == {Thing("file", "src/a.py"): 1, Thing("command", "make seed-ledger"): 2, Thing("name", "drainPayouts"): 3}


def test_known_is_what_sessions_touched_with_the_session_that_had_it_last() -> None:
    """A file that was deleted, and one outside the project, are no help."""
    new = Session("new", "codex", files=(FileFact("a.py", reads=1), FileFact("gone.py", deleted=True), FileFact("/tmp/x", reads=1)))
    old = Session("old", "codex", files=(FileFact("a.py", edits=1),), commands=(CommandFact("make seed"),), names=(NameFact("drain_all"), NameFact("--fast")))

    assert known_to((new, old)) == {Thing("file", "a.py"): "new", Thing("command", "make seed"): "old", Thing("name", "drain_all"): "old"}


@pytest.mark.parametrize(("text", "thing", "named"), [
    ("- src/: a_queue.py ✔, b.py", Thing("file", "src/a_queue.py"), True), ("see b_a_queue.py", Thing("file", "src/a_queue.py"), False),
    ("`make -C lib seed-ledger`", Thing("command", "make seed-ledger"), True), ("make\nseed-ledger", Thing("command", "make seed-ledger"), False),
    ("remake seed-ledgers", Thing("command", "make seed-ledger"), False), ("calls drain_all()", Thing("name", "drain_all"), True)])
def test_a_text_names_a_thing(text: str, thing: Thing, named: bool) -> None:
    """A file by its name, a command by its words on one line, a name as it is."""
    assert says(text, thing) is named
