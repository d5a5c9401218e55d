"""Qwen Code: the tree of its records."""

import json
from typing import Any

from passdown.model.event import Event, Prompt, Rewind, SafeEvents
from passdown.transcripts.readers import qwen_code
from passdown.transcripts.stream import Stream


def row(uuid: str, parent: str | None, type_: str = "user", text: str = "", **more: Any) -> dict[str, Any]:
    return {"uuid": uuid, "parentUuid": parent, "sessionId": "s", "timestamp": f"2026-03-05T10:00:00.{len(uuid):03}Z", "type": type_,
            "message": {"parts": [{"text": text}]}, **more}


def read(*rows: dict[str, Any]) -> list[Event]:
    """The events as a capture numbers them."""
    stream = Stream(qwen_code.start(), {})
    return [e for n, r in enumerate(rows) for e in stream.number(SafeEvents(tuple(stream.read(n, json.dumps(r).encode()))))]


def taken_back(events: list[Event]) -> list[str]:
    return [e.text for r in events if isinstance(r, Rewind) for e in events[r.to:r.n] if isinstance(e, Prompt)]


FIRST = (row("u1", None, text="one"), row("a1", "u1", "assistant", "ok"), row("u2", "a1", text="two"), row("a2", "u2", "assistant", "done"))


def test_a_rewind_takes_back_the_prompt_with_its_parent() -> None:
    """The record has the parent that the prompt has; the next prompt follows the record."""
    found = read(*FIRST, row("r1", "a1", "system", subtype="rewind"), row("u3", "r1", text="three"))
    assert taken_back(found) == ["two"]


def test_a_prompt_with_the_parent_of_an_earlier_one_takes_it_back() -> None:
    """As versions did that had no record for it."""
    assert taken_back(read(*FIRST, row("u3", "a1", text="three"))) == ["two"]
    assert taken_back(read(*FIRST, row("u3", "a2", text="three"))) == []


def test_records_that_are_sent_again_count_once() -> None:
    """As when a session is resumed into the same file."""
    assert [e.text for e in read(*FIRST, *FIRST) if isinstance(e, Prompt)] == ["one", "two"]
