"""Private spans go, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdown.model.event import Prompt, Reply, ToolResult
from passdown.redaction.events import scan_events
from passdown.redaction.private import without_private
from passdown.redaction.values import redact_values


@pytest.mark.parametrize(("text", "kept"), [
    ("the private method", "the private method"),
    ("use <private>this</private> now", "use [private] now"),
    ("use <PRIVATE>this</Private > now", "use [private] now"),
    ('<private reason="x">a\nb</private>\nc', "[private]\nc"),
    ("a <private>b <private>c</private> d</private> e", "a [private] e"),
    ("a <private>b", "a [private]"),
    ("a</private> b", "[private] b"),
    ("a <private>b</private> c <private>d</private> e", "a [private] c [private] e"),
    ("List<privateKey>", "List<privateKey>"),
    ("", "")])
def test_spans_are_replaced(text: str, kept: str) -> None:
    """Also nested, unclosed, in capitals, with attributes, and one whose beginning was cut off."""
    assert without_private(text) == kept


@given(st.lists(st.sampled_from(["<private>", "</private>", "hidden", "\n", " ", "<private a=1>", "`"]), max_size=12))
def test_nothing_behind_an_opening_tag_stays(parts: list[str]) -> None:
    """However tags are mixed: what stands inside is gone, and a second pass changes nothing."""
    depth, inside = 0, False
    for part in parts:
        depth = depth + 1 if part.startswith("<private") else max(0, depth - (part == "</private>"))
        inside = inside or (depth > 0 and part == "hidden")
    visible = without_private("".join(parts))

    assert visible == without_private(visible)
    if inside and parts.count("hidden") == 1:
        assert "hidden" not in visible


def test_what_was_said_is_cleaned_and_what_tools_showed_is_not() -> None:
    """A file that a tool showed may have such tags for reasons of its own."""
    safe, replaced = scan_events([Prompt(text="<private>a</private>b"), Reply(text="c <private>d"), ToolResult(call="1", output="<private>e</private>")])

    assert [getattr(e, "text", "") or getattr(e, "output", "") for e in safe] == ["[private]b", "c [private]", "<private>e</private>"]
    assert replaced == 0


def test_states_are_cleaned_too() -> None:
    """A prompt that waits in a queue stands in the reader's state."""
    assert redact_values({"queue": ["go <private>there</private>"]}) == {"queue": ["go [private]"]}
