"""Changes of single values in a plan's text: every other byte stays as it is."""

import re
from collections.abc import Mapping, Sequence

import msgspec

from passdown.workflows.nodes import Node
from passdown.workflows.parse import Parsed, Path


class Edit(msgspec.Struct, frozen=True, order=True):
    """What stands between two offsets of the text becomes `new`. line: where that is, from 1."""

    start: int
    end: int
    new: str
    line: int


def put(parsed: Parsed, path: Path, value: str) -> Edit | None:
    """The edit that makes `value` the value of a key, adding what is missing above it; None where that cannot be told, such as below an alias."""
    if path in parsed.places:
        node = parsed.places[path][1]
        return Edit(node.start, node.end, value, node.line) if _plain(node, parsed.text) else None
    above, key = path[:-1], path[-1]
    if above not in parsed.places:
        return put(parsed, above, f"{{{key}: {value}}}")
    return _added(parsed.places[above][1], f"{key}: {value}", parsed.text)


def applied(text: str, edits: Sequence[Edit]) -> str:
    """The text with the edits in it. No two of them overlap; those at one place keep their order."""
    for edit in sorted(edits, key=lambda e: e.start, reverse=True):
        text = text[:edit.start] + edit.new + text[edit.end:]
    return text


def joined(edits: Sequence[Edit]) -> list[Edit]:
    """Insertions at the same place as one, in their order."""
    found: dict[tuple[int, int], Edit] = {}
    for edit in edits:
        before = found.get((edit.start, edit.end))
        found[edit.start, edit.end] = msgspec.structs.replace(edit, new=before.new + edit.new) if before else edit
    return list(found.values())


def _plain(node: Node, text: str) -> bool:
    """A scalar on one line, without anchor, that is no alias."""
    return node.kind == "text" and not re.search(r"[&*\n]", text[node.start:node.end])


def _added(above: Node, line: str, text: str) -> Edit | None:
    """A further key of a map, before its first one."""
    if above.kind != "map" or not above.pairs:
        return None
    first = above.pairs[0][0]
    if above.flow:
        return Edit(first.start, first.start, line + ", ", first.line)
    ends = "\r\n" if "\r\n" in text else "\n"
    return Edit(first.start, first.start, line + ends + " " * (first.column - 1), first.line)


def group(path: Path, values: Mapping[str, str], parsed: Parsed) -> list[Edit | None]:
    """The edits for several keys of one map; where the map is not there yet, it is written at once."""
    if path in parsed.places:
        return [put(parsed, (*path, key), value) for key, value in values.items()]
    return [put(parsed, path, "{" + ", ".join(f"{key}: {value}" for key, value in values.items()) + "}")]


__all__ = ["Edit", "applied", "group", "joined", "put"]
