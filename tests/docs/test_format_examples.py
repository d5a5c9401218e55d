"""The examples of docs/format.md are true."""

import json
import re
from pathlib import Path

from passdown.formats import record_file
from passdown.store.layout import FORMAT_VERSION, Layout

PAGE = (Path(__file__).parents[2] / "docs" / "format.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_record_is_canonical() -> None:
    """The record shown is what passdown would write."""
    assert record_file.render(record_file.parse(block("markdown"), "docs/format.md")) == block("markdown")


def test_the_operation_has_the_keys_that_are_written() -> None:
    """The operation shown has the names of the real ones."""
    from passdown.store.journal import Change, Operation

    operation = json.loads(block("json"))
    assert list(operation) == ["number", "verb", "at", "changes", "undoes"]
    assert set(operation) == set(Operation.__struct_fields__)
    assert set(operation["changes"][0]) == set(Change.__struct_fields__)


def test_every_path_is_named() -> None:
    """What the layout spells stands on the page, with the present version of the format."""
    layout = Layout(Path("/p"), Path("/s"))
    single = [layout.pending, layout.last_operation, layout.lock, layout.state, layout.index, layout.capture_lock, layout.version, layout.config]
    for path in single:
        assert f"`{path.relative_to(path.parents[-2]).as_posix()}`" in PAGE, path
    assert f"The format version is {FORMAT_VERSION};" in PAGE
