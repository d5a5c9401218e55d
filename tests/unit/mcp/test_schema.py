"""Schemas made of structs."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from passdown.mcp import schema
from passdown.mcp.tools.table import TOOLS
from passdown.model.record import KINDS


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(child)


@pytest.mark.parametrize("name", TOOLS)
def test_a_schema_stands_by_itself(name: str) -> None:
    """An object, closed to unknown arguments, without references; what has no default is required."""
    found = schema.of(TOOLS[name].Arguments)
    fields = {f.name: f for f in msgspec.structs.fields(TOOLS[name].Arguments)}

    assert found["type"] == "object"
    assert found["additionalProperties"] is False
    assert set(found["properties"]) == set(fields)
    assert found.get("required", []) == [n for n, f in fields.items() if f.required]
    assert not any("$ref" in node or "title" in node for node in nodes(found))


def test_the_kinds_of_records_are_in_it() -> None:
    """A model is told which kinds there are, and which details each has."""
    found = schema.of(TOOLS["record"].Arguments)["properties"]

    assert found["kind"]["enum"] == list(KINDS)
    assert all(f"{kind.name}: " in found["details"]["description"] for kind in KINDS.values())
    assert "alternative*" in found["details"]["description"]
