"""Redaction of events: no field of any event is forgotten."""

from random import Random
from string import ascii_letters, digits
from typing import Any, get_args

import msgspec
import pytest

from passdown.model.event import Event, Patch, Prompt, Reply, Todo, ToolCall, ToolResult
from passdown.redaction.events import scan_events

TOKEN = "gh" + "p_" + "".join(Random(3).choices(ascii_letters + digits, k=36))
MARKER = "[REDACTED:github-token]"
KINDS: tuple[type[msgspec.Struct], ...] = get_args(Event)


def with_token(kind: type[msgspec.Struct], name: str) -> Any:
    values: dict[str, Any] = {field.name: "" if field.type is str else 0 for field in msgspec.structs.fields(kind) if field.required}
    return kind(**values | {name: f"a {TOKEN} b"})


FIELDS = [(kind, field.name) for kind in KINDS for field in msgspec.structs.fields(kind) if field.type is str]


@pytest.mark.parametrize(("kind", "name"), FIELDS, ids=[f"{kind.__name__}.{name}" for kind, name in FIELDS])
def test_every_text_of_every_event_is_scanned(kind: type[msgspec.Struct], name: str) -> None:
    """A secret in any text field of any kind of event is replaced and counted; the other fields stay."""
    event = with_token(kind, name)
    safe, count = scan_events([event])
    assert (getattr(safe[0], name), count) == (f"a {MARKER} b", 1)
    assert safe[0] == msgspec.structs.replace(event, **{name: f"a {MARKER} b"})


def test_nested_texts_are_scanned() -> None:
    """Paths, patches and to-dos lose their secrets too."""
    call = ToolCall(
        call="1", tool="Edit", paths=("a", TOKEN),
        patches=(Patch(path="a", removed="x", added=f"key {TOKEN}"), Patch(path="b")),
        todos=(Todo(text="t"), Todo(text=TOKEN)),
    )
    safe, count = scan_events([call])
    clean = safe[0]
    assert isinstance(clean, ToolCall)
    assert count == 3
    assert (clean.paths[1], clean.patches[0].added, clean.todos[1].text) == (MARKER, f"key {MARKER}", MARKER)
    assert clean.patches[1] is call.patches[1]
    assert TOKEN not in repr(safe)


def test_clean_events_are_the_same_objects_in_order() -> None:
    """Events without secrets are passed on untouched, and the order stays."""
    events: list[Event] = [Prompt(text="hello", n=0), Reply(text=f"use {TOKEN}", n=1), ToolResult(call="c", output="ok", n=2)]
    safe, count = scan_events(events)
    assert count == 1
    assert (safe[0] is events[0], safe[2] is events[2]) == (True, True)
    assert [event.n for event in safe] == [0, 1, 2]


def test_fields_are_not_read_as_one_text() -> None:
    """Two fields that would make a secret if they were joined are left: nothing of it stands in one place."""
    event = ToolCall(call="c", tool="t", command="DB_PASSWORD=", about=TOKEN[:10])
    assert scan_events([event]) == ((event,), 0)


def test_no_events() -> None:
    """Nothing in, nothing out."""
    assert scan_events([]) == ((), 0)


def test_lone_surrogates_do_no_harm() -> None:
    """An event whose text is no valid Unicode is kept as it is."""
    event = Prompt(text="\ud800 x")
    assert scan_events([event])[0][0] is event
