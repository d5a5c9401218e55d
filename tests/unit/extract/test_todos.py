"""The agent's to-do list, and what is open on it at the end."""

import json
from typing import Any

from msgspec.structs import replace

from passdown.extract import todos
from passdown.model.event import Event, Prompt, Rewind, Todo, ToolCall, ToolResult

PARSE, ADMIN, REPORT = "Parse the header row", "Port the admin pages", "Draw the monthly report"


def whole(*entries: Todo) -> ToolCall:
    return ToolCall(call="t", tool="TodoWrite", action="todo", todos=entries, whole=True)


def change(*entries: Todo) -> ToolCall:
    return ToolCall(call="t", tool="TaskUpdate", action="todo", todos=entries)


def state(*events: Event) -> dict[str, Any]:
    folded = todos.empty()
    for n, event in enumerate(events):
        todos.add(folded, replace(event, n=n))
        folded = json.loads(json.dumps(folded))
    return folded


def open_at_the_end(*events: Event) -> list[tuple[str, object, int]]:
    return [(d.text, d.details["state"], d.n) for d in todos.deeds(state(*events))]


def test_what_is_open_is_a_task() -> None:
    """Entries that were not ticked off, with how far they are and where they were said."""
    assert open_at_the_end(Prompt(text="go"), whole(Todo(PARSE, "completed"), Todo(ADMIN, "in_progress"), Todo(REPORT, "pending"))) == [
        (ADMIN, "in progress", 1), (REPORT, "open", 1)]


def test_changes_by_id_keep_where_the_text_was_said() -> None:
    """An update without a text takes the entry's status only."""
    made = ToolResult(call="t", todos=(Todo(PARSE, "pending", "1"), Todo(ADMIN, "pending", "2")))
    assert open_at_the_end(made, change(Todo(status="completed", id="1")), change(Todo(status="in_progress", id="2"))) == [(ADMIN, "in progress", 0)]


def test_a_change_that_says_nothing_leaves_it_unknown() -> None:
    """Some transcripts name the entry that was changed and not how: then nothing is said of it."""
    made = ToolResult(call="t", todos=(Todo(PARSE, "pending", "1"), Todo(ADMIN, "in_progress", "2")))
    folded = state(made, change(Todo(id="1")), change(Todo(id="2")))
    assert [row[2] for row in todos.current(folded)] == ["", ""]
    assert list(todos.deeds(folded)) == []


def test_a_list_that_was_never_followed_is_a_plan() -> None:
    """Nothing begun, nothing left over; and steps of all work are no tasks."""
    assert open_at_the_end(whole(Todo(PARSE, "pending"), Todo(ADMIN, "pending"))) == []
    assert open_at_the_end(whole(Todo(PARSE, "completed"), Todo("Run tests and linter", "pending"), Todo("Verify the build", "pending"))) == []


def test_a_rewind_goes_back_to_the_list_of_then() -> None:
    """What the user took back was not planned."""
    first, second = whole(Todo(PARSE, "in_progress")), whole(Todo(ADMIN, "in_progress"))
    assert open_at_the_end(Prompt(text="a"), first, Prompt(text="b"), second, Rewind(to=2)) == [(PARSE, "in progress", 1)]


def test_sub_agents_keep_their_own_lists() -> None:
    """A list in another lane is not the session's."""
    assert open_at_the_end(replace(whole(Todo(ADMIN, "in_progress")), lane="a")) == []
