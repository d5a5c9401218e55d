"""JSON as people keep it in configuration files, read with the place of everything, so that it can be changed by splices.

Accepted beyond RFC 8259: `//` and `/* */` comments, one trailing comma, a byte order mark, and a text with nothing in it.
Places are offsets in characters.
"""

import json
import re
from typing import Any

import msgspec

MAX_DEPTH = 100  # a configuration file that is nested deeper is not one
STRING = r'"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*"'
BLANK = re.compile(r"(?:[ \t\r\n]+|//[^\r\n]*|/\*.*?\*/)*", re.DOTALL)
SCALAR = re.compile(STRING + r"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null")
TOKEN = re.compile(STRING + r"|//[^\r\n]*|/\*.*?\*/", re.DOTALL)


class NotJsonError(ValueError):
    """Not JSON, nor JSON with comments: what was wrong, and where."""


class Node(msgspec.Struct, frozen=True):
    """A value: `text[start:end]`. members: of an object or array, in order; value: of a scalar; opening: `{`, `[`, or "" for a scalar."""

    start: int
    end: int
    opening: str = ""
    members: tuple["Member", ...] = ()
    value: Any = None

    def get(self, key: str) -> "Member | None":
        """The member that counts: the last one of that key."""
        return next((m for m in reversed(self.members) if m.key == key), None)

    def plain(self) -> Any:
        """The value as JSON readers see it."""
        if self.opening == "{":
            return {m.key: m.node.plain() for m in self.members}
        return [m.node.plain() for m in self.members] if self.opening else self.value


class Member(msgspec.Struct, frozen=True):
    """An entry of a container. start: of its key, or of its value in an array; comma: place of the comma behind it, or -1."""

    key: str
    start: int
    node: Node
    comma: int = -1


def parse(text: str) -> Node | None:
    """The document; None when there is nothing but blanks and comments. Raises `NotJsonError`."""
    at = _blank(text, 1 if text.startswith("\ufeff") else 0)
    if at == len(text):
        return None
    node = _value(text, at, 0)
    end = _blank(text, node.end)
    if end != len(text):
        raise _wrong(text, end, "nothing should stand here")
    return node


def _blank(text: str, at: int) -> int:
    """Behind white space and comments."""
    match = BLANK.match(text, at)
    return match.end() if match else at


def _value(text: str, at: int, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise _wrong(text, at, "nested too deeply")
    if text[at : at + 1] in ("{", "["):
        return _container(text, at, depth)
    match = SCALAR.match(text, at)
    if not match:
        raise _wrong(text, at, "a value should stand here")
    try:
        return Node(at, match.end(), value=json.loads(match[0]))
    except ValueError:
        raise _wrong(text, at, "not a JSON value") from None


def _container(text: str, start: int, depth: int) -> Node:
    opening = text[start]
    closing = "}" if opening == "{" else "]"
    members: list[Member] = []
    at = _blank(text, start + 1)
    while text[at : at + 1] != closing:
        if members and members[-1].comma < 0:
            raise _wrong(text, at, f"`,` or `{closing}` should stand here")
        members.append(_member(text, at, opening, depth))
        at = _blank(text, members[-1].comma + 1 or members[-1].node.end)
    return Node(start, at + 1, opening, tuple(members))


def _member(text: str, start: int, opening: str, depth: int) -> Member:
    key, at = _key(text, start) if opening == "{" else ("", start)
    node = _value(text, at, depth + 1)
    comma = _blank(text, node.end)
    return Member(key, start, node, comma if text[comma : comma + 1] == "," else -1)


def _key(text: str, at: int) -> tuple[str, int]:
    """A key and where its value begins."""
    key = _value(text, at, 0) if text[at : at + 1] == '"' else None
    if key is None:
        raise _wrong(text, at, "a key in double quotes should stand here")
    colon = _blank(text, key.end)
    if text[colon : colon + 1] != ":":
        raise _wrong(text, colon, "`:` should stand here")
    return key.value, _blank(text, colon + 1)


def _wrong(text: str, at: int, reason: str) -> NotJsonError:
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return NotJsonError(f"line {line}, column {column}: {reason}")


def settings(text: str) -> dict[str, Any]:
    """The object that a configuration file holds; an empty one where it does not parse or holds something else."""
    try:
        node = parse(text)
    except NotJsonError:
        return {}
    found = node.plain() if node else {}
    return found if isinstance(found, dict) else {}


def comment_ends(text: str) -> frozenset[int]:
    """Where the `//` comments of a text that parses end: what stands on their line is part of them."""
    return frozenset(m.end() for m in TOKEN.finditer(text) if m[0].startswith("//"))


__all__ = ["Member", "Node", "NotJsonError", "comment_ends", "parse", "settings"]
