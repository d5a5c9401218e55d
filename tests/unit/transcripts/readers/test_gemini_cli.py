"""Gemini CLI: messages that grow, rewinds, new histories."""

import json
from typing import Any

from passdown.model.event import Event, Injected, Mark, Prompt, Reply, Rewind, SafeEvents, ToolCall, ToolResult, Usage
from passdown.transcripts.readers import gemini_cli
from passdown.transcripts.stream import Stream

AT = "2026-03-05T10:00:00.000Z"


def read(*rows: dict[str, Any]) -> list[Event]:
    """The events as a capture numbers them."""
    stream = Stream(gemini_cli.start(), {})
    return [e for n, row in enumerate(rows) for e in stream.number(SafeEvents(tuple(stream.read(n, json.dumps(row).encode()))))]


def user(id_: str, text: Any, **more: Any) -> dict[str, Any]:
    return {"id": id_, "timestamp": AT, "type": "user", "content": text, **more}


def gemini(id_: str, text: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "timestamp": AT, "type": "gemini", "content": text, **more}


def test_a_message_that_grows_is_told_once() -> None:
    """Each writing of it gives only what is new: words, calls, results, tokens."""
    call = {"id": "c", "name": "read_file", "args": {"file_path": "a.py"}, "status": "executing"}
    done = {**call, "status": "success", "result": [{"functionResponse": {"response": {"output": "x"}}}]}
    tokens = {"input": 10, "output": 2, "cached": 4, "thoughts": 1, "tool": 0}
    found = read(gemini("m", "I look."), gemini("m", "I look.", toolCalls=[call]), gemini("m", "I look.", toolCalls=[done]),
                 gemini("m", "I look.", toolCalls=[done], tokens=tokens), gemini("m", "I look.", toolCalls=[done], tokens=tokens))
    assert [type(e) for e in found] == [Reply, ToolCall, ToolResult, Usage]
    assert isinstance(found[3], Usage)
    assert (found[3].input, found[3].output, found[3].cache_read) == (6, 3, 4)


def test_a_rewind_names_the_prompt_that_it_takes_back() -> None:
    """Also where something was injected with it: the number is that of the prompt."""
    found = read({"sessionId": "s", "projectHash": "h"}, user("u1", "one"), user("u2", "<hook_context>x</hook_context> two"), gemini("g", "ok"),
                 {"$rewindTo": "u2"})
    assert isinstance(found[-1], Rewind)
    assert found[found[-1].to] == Prompt(n=3, at=AT, row=2, text="two")


def test_what_hooks_add_to_a_prompt_is_not_the_users() -> None:
    """What was typed is the prompt; the hook's words are injected; files that were referred to are left out."""
    found = read(user("u", "Fix it\n<hook_context>passdown · shop</hook_context>\n--- Content from referenced files ---\nsecret plans"))
    assert [(type(e), getattr(e, "text", "")) for e in found] == [(Injected, "<hook_context>passdown · shop</hook_context>"), (Prompt, "Fix it")]


def test_a_path_is_no_command_of_the_host() -> None:
    """Commands begin with a stroke or a question mark and are not prompts."""
    assert [type(e) for e in read(user("a", "/compress"), user("b", "? help"), user("c", "Is it /tmp?"))] == [Injected, Prompt, Prompt]


def test_a_new_history_without_a_summary_says_nothing_new() -> None:
    """Outputs that were masked later come as a history of known messages."""
    stream = Stream(gemini_cli.start(), {})
    stream.read(0, json.dumps(user("u", "one")).encode())
    assert stream.read(1, json.dumps({"$set": {"messages": [user("u", "one")]}}).encode()) == ()
    assert stream.skipped == {"repeat": 1}


def test_the_model_is_told_when_it_changes() -> None:
    """Once for the messages that it wrote."""
    found = read(gemini("a", "x", model="pro"), gemini("b", "y", model="pro"), gemini("c", "z", model="flash"))
    assert [e.model for e in found if isinstance(e, Mark)] == ["pro", "flash"]


def test_the_state_stays_small_over_many_messages() -> None:
    """However long a session is."""
    reading = gemini_cli.start()
    for i in range(5_000):
        reading.row(i, json.dumps(user(f"{i:08x}-0000-4000-8000-000000000000", f"prompt {i}")).encode())
    assert len(json.dumps(reading.state())) < 100_000
