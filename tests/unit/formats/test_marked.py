"""Items as chunks of a section: texts that would not stay one."""

import pytest

from passdown.formats.base import Item
from passdown.formats.marked import chunk, chunks, defused


@pytest.mark.parametrize(("text", "closed"), [
    ("- a\n  ```py\n  x = 1", "- a\n  ```py\n  x = 1\n  ```"), ("- a\n```py\nx = 1", "- a\n  ```py\nx = 1\n  ```"), ("```py\nx = 1", "```py\nx = 1\n```"),
    ("`" * 40 + "py\nx = 1", "`" * 40 + "py\nx = 1\n" + "`" * 40)])
def test_an_open_fence_is_closed_where_it_was_opened(text: str, closed: str) -> None:
    """The closing fence has the opener's indentation, and the item stays one chunk."""
    assert defused(text) == closed
    assert [one.key for one in chunks(chunk(Item("k", text)).text) if one.key] == ["k"]
