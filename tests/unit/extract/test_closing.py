"""What was said to be open and then was done."""

import json

import pytest
from msgspec.structs import replace

from passdown.extract.closing import AT_ONCE, Closing, closed
from passdown.model.anchor import Anchor
from passdown.model.event import Event, Patch, Todo, ToolCall, ToolResult
from passdown.model.record import Record
from passdown.model.session import CommitFact, FileFact, Session, TodoFact

RENAME = "Rename `parse_rows` to `read_rows` in `src/parse.py`"


def edited(path: str, added: str = "", *, ok: bool = True) -> list[Event]:
    return [ToolCall(call=path, tool="Edit", action="edit", paths=(path,), patches=(Patch(path, added=added),)), ToolResult(call=path, ok=ok)]


def committed(subject: str) -> list[Event]:
    return [ToolCall(call="c", tool="Bash", action="shell", command="git commit"), ToolResult(call="c", ok=True, output=f"[main 1a2b3c4] {subject}")]


def done(text: str, *events: Event, soon: bool = False) -> bool:
    """Whether it is done after these events; the state is put down and taken up after each."""
    watch = Closing()
    watch.watch(0, text, left=AT_ONCE if soon else 0)
    for n, event in enumerate(events, start=1):
        watch.add(replace(event, n=n))
        watch = Closing(json.loads(json.dumps(watch.state())))
    return watch.done(0, text)


def test_an_edit_of_what_it_names_closes_it() -> None:
    """Most of the names, in edits that succeeded."""
    assert done(RENAME, *edited("/srv/shop/src/parse.py", "def read_rows(text):"))
    assert not done(RENAME, *edited("/srv/shop/src/parse.py", "def read_rows(text):", ok=False))
    assert not done(RENAME, *edited("/srv/shop/src/report.py", "total = 0"))


@pytest.mark.parametrize("text", ["Add tests for `parse_rows` in `src/parse.py`", "Decide whether `parse_rows` in `src/parse.py` should strip"])
def test_an_edit_does_not_close_what_needs_more(text: str) -> None:
    """Tests are written in test files, and an edit decides nothing."""
    assert not done(text, *edited("/srv/shop/src/parse.py", "def parse_rows(text):"))


def test_a_commit_or_a_finished_entry_closes_it() -> None:
    """When it says most of its words."""
    assert done("Port the admin pages to the new router", *committed("Port admin pages to new router"))
    ticked = ToolCall(call="t", tool="TodoWrite", action="todo", todos=(Todo("Port admin pages to router", "completed"),))
    assert done("Port the admin pages to the new router", ticked)
    assert not done("Port the admin pages to the new router", *committed("Port the help pages"))


def test_the_next_step_is_behind_after_a_few_edits() -> None:
    """What was to be done at once was done when work went on."""
    assert done("Go on with the report", *edited("a.py"), *edited("b.py"), *edited("c.py"), soon=True)
    assert not done("Go on with the report", *edited("a.py"), soon=True)


def test_a_problem_goes_with_the_step_against_it() -> None:
    """Said in one message of one thing, they are closed together."""
    watch = Closing()
    watch.watch(0, "`parse_rows` counts the header, also in `report_rows` and `admin_rows`", problem=True)
    watch.watch(0, "Skip the header in `parse_rows`")
    for n, event in enumerate(edited("/srv/shop/src/parse.py", "def parse_rows(text):"), start=1):
        watch.add(replace(event, n=n))
    assert watch.done(0, "`parse_rows` counts the header, also in `report_rows` and `admin_rows`")


def test_a_later_session_closes_a_task() -> None:
    """By a commit, a finished entry or the file that was asked for; an earlier session closes nothing."""
    port = Record(id="x1", kind="task", text="Port the admin pages to the new router", created="2026-01-01T10:00:00Z", updated="2026-01-01T10:00:00Z")
    make = replace(port, id="x2", text="Create `docs/router.md` for the team", anchors=(Anchor("docs/router.md"),))
    later = Session("s2", "claude-code", started="2026-01-02T10:00:00Z", ended="2026-01-02T11:00:00Z",
                    commits=(CommitFact("1a", "Port admin pages to new router"),), todos=(TodoFact("Something else", "completed"),),
                    files=(FileFact("docs/router.md", created=True),))

    assert [(r.status, r.updated) for r in closed([port, make], [later])] == [("resolved", "2026-01-02T11:00:00Z")] * 2
    assert [r.status for r in closed([port, make], [replace(later, started="2025-12-31T10:00:00Z")])] == ["active", "active"]
