"""Changes to a JSON text that is not ours, as splices: what is not changed keeps every byte, comments, order, indentation and line ends."""

import json
import re
from operator import itemgetter
from typing import Any

import msgspec

from passdown.integrations.jsonc import Member, Node, comment_ends

WHITE = " \t\r\n"
DEFAULT_UNIT = "  "
Splice = tuple[int, int, str]  # what stands from here to there, and what comes in its place


class RefusedError(ValueError):
    """The text has another shape than such a file: what was found."""


def is_all(text: str, container: Node, member: Member) -> bool:
    """Whether a container would be empty without this member, of comments too."""
    return len(container.members) == 1 and _rest(text, container, member) == ""


def _rest(text: str, container: Node, member: Member) -> str:
    """What else than white space stands in a container beside its only member."""
    behind = text[member.node.end : container.end - 1]
    return text[container.start + 1 : member.start].strip(WHITE) + behind.replace(",", "", 1 if member.comma >= 0 else 0).strip(WHITE)


def cut(text: str, container: Node, member: Member) -> str:
    """Take a member out, with its comma and the white space before it."""
    members = container.members
    index = members.index(member)
    if is_all(text, container, member):
        return spliced(text, [(container.start + 1, container.end - 1, "")])
    if index == 0 and len(members) > 1 and not text[member.comma + 1 : members[1].start].strip(WHITE):
        return spliced(text, [(member.start, members[1].start, "")])
    comma = member.comma if member.comma >= 0 else members[index - 1].comma if index else -1
    splices = [(_cut_start(text, member), member.node.end, "")]
    return spliced(text, [*splices, (comma, comma + 1, "")] if comma >= 0 else splices)


def _cut_start(text: str, member: Member) -> int:
    """Behind what stands before a member; behind the line end too when that ends a comment which would swallow what follows."""
    at = len(text[: member.start].rstrip(WHITE))
    follows = text[max(member.node.end, member.comma + 1) :].lstrip(" \t")
    if at in comment_ends(text) and not follows.startswith(("\r", "\n")):
        return text.index("\n", at) + 1
    return at


class Style(msgspec.Struct, frozen=True):
    """How a text is laid out. compact: on one line."""

    unit: str
    newline: str
    compact: bool
    colon: str

    def rendered(self, value: Any, indent: str | None) -> str:
        """JSON whose lines begin with `indent`; None: on one line."""
        if indent is None:
            return json.dumps(value, ensure_ascii=False, separators=("," + self.colon[1:], self.colon))
        return json.dumps(value, ensure_ascii=False, indent=self.unit).replace("\n", self.newline + indent)


def style_of(text: str, document: Node | None) -> Style:
    members = document.members if document else ()
    compact = bool(members) and "\n" not in text.strip(WHITE)
    return Style(_unit(text, members), "\r\n" if "\r\n" in text else "\n", compact, ":" if compact and not re.search(r'":\s', text) else ": ")


def _unit(text: str, members: tuple[Member, ...]) -> str:
    """One step of indentation: that of a member of the root which begins its line."""
    indents = (indent for m in members if (indent := _indent(text, m.start)) and text[: m.start].endswith("\n" + indent))
    return next(indents, DEFAULT_UNIT)


def _indent(text: str, at: int) -> str:
    """White space at the start of the line on which `at` lies."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line[: len(line) - len(line.lstrip(" \t"))]


def need(node: Node, opening: str, name: str) -> None:
    if node.opening != opening:
        raise RefusedError(f"{name} is not {'an object' if opening == '{' else 'a list'}")


def insert(text: str, container: Node, key: str, value: Any, style: Style) -> str:
    """Put a member at the end of a container, laid out as those before it."""
    close = container.end - 1
    at = len(text[:close].rstrip(WHITE))
    lead, indent, tail = _layout(text, container, text[at:close], style)
    name = json.dumps(key) + style.colon if key else ""
    last = container.members[-1] if container.members else None
    comma = "," if last and last.comma >= 0 else ""
    splices = [(at, at, lead + name + style.rendered(value, indent) + comma + tail)]
    return spliced(text, [(last.node.end, last.node.end, ","), *splices] if last and last.comma < 0 else splices)


def _layout(text: str, container: Node, gap: str, style: Style) -> tuple[str, str | None, str]:
    """What stands before a new last member, the indentation of its lines (None: one line), and what stands behind it."""
    own = _indent(text, container.start)
    if not container.members:
        if style.compact:
            return "", None, ""
        return style.newline + own + style.unit, own + style.unit, "" if "\n" in gap else style.newline + own
    last = container.members[-1]
    indent = _indent(text, last.start)
    if text[: last.start].endswith("\n" + indent):
        return style.newline + indent, indent, ""
    if "\n" in text[last.node.end : container.end - 1]:
        return style.newline + own + style.unit, own + style.unit, ""
    return style.colon[1:], indent if "\n" in text[last.start : last.node.end] else None, ""


def spliced(text: str, splices: list[Splice]) -> str:
    """Two at one place come out in the order of the list."""
    out, at = [], 0
    for start, end, new in sorted(splices, key=itemgetter(0)):
        out += [text[at:start], new]
        at = end
    return "".join([*out, text[at:]])


def with_document(text: str, document: Node | None, key: str, value: Any) -> str:
    """The text of a document, or of none yet, with one more member at its root. Raises `RefusedError` when the document is no object."""
    style = style_of(text, document)
    if document is None:
        gap = style.newline if text.strip("\ufeff" + WHITE) and not text.endswith("\n") else ""
        return text + gap + style.rendered({key: value}, "") + style.newline
    need(document, "{", "the document")
    return insert(text, document, key, value, style)


__all__ = ["WHITE", "RefusedError", "Style", "cut", "insert", "is_all", "need", "spliced", "style_of", "with_document"]
