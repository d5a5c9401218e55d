"""YAML as it is written, with the place of everything: no types (`no` stays "no"), no tags, nothing that grows when it is read.

Made from PyYAML's events, so that depth, size and aliases are bounded while they come in, and every mistake has its line and column.
"""

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

MAX_BYTES = 128 * 1024
MAX_DEPTH = 12  # a plan needs six
LONGEST = 80  # characters of what a message quotes
MAX_NODES = 10_000  # with what aliases stand for
SAID: tuple[tuple[str, str], ...] = (  # what PyYAML says, and what to do about it
    ("character '\\t'", "a tab indents here; YAML takes spaces only"),
    ("mapping values are not allowed", "`: ` stands inside a text; put the whole text in quotes, or behind `|` on lines of its own"),
    ("could not find expected ':'", "a key without its `:`, or a text that goes on here without being indented"),
    ("found unexpected end of stream", "a quote or bracket is opened and never closed"),
    ("while scanning a quoted scalar", "a quote is opened and never closed"),
    ("expected <block end>", "the indentation does not fit the lines above"),
    ("expected ',' or", "a `,` or the closing bracket is missing"),
    ("unknown escape character", "a `\\` in double quotes begins an escape; write `\\\\`, or use single quotes"),
    ("cannot start any token", "YAML keeps this character for itself; put the text in quotes"),
    ("special characters are not allowed", "a control character, which YAML forbids"),
)


class Problem(msgspec.Struct, frozen=True, order=True):
    """What is wrong with a plan, and where. line, column: from 1. A warning leaves a plan that can run."""

    line: int
    column: int
    message: str
    severity: Literal["error", "warning"] = "error"


class Node(msgspec.Struct, frozen=True):
    """One value. start, end: offsets in the text. text: of a scalar. items: of a list. pairs: (key, value) of a map.

    flow: written in brackets. quoted: a scalar in quotes or a block.
    """

    kind: Literal["text", "list", "map"]
    line: int
    column: int
    start: int
    end: int
    text: str = ""
    items: "tuple[Node, ...]" = ()
    pairs: "tuple[tuple[Node, Node], ...]" = ()
    flow: bool = False
    quoted: bool = False

    def wrong(self, message: str) -> Problem:
        return Problem(self.line, self.column, message)


class NotReadError(Exception):
    """The text cannot be read as one YAML value."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def text_of(data: bytes) -> str:
    """The file's text without a byte order mark. Raises `NotReadError` when it is too large or not UTF-8."""
    if len(data) > MAX_BYTES:
        raise NotReadError(Problem(1, 1, f"the file has {len(data):,} bytes; a plan has at most {MAX_BYTES:,}"))
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[:error.start]
        column = error.start - before.rfind(b"\n")
        raise NotReadError(Problem(before.count(b"\n") + 1, column, f"not UTF-8 (byte 0x{data[error.start]:02x}); save the file as UTF-8")) from error


def read(text: str) -> Node:
    """The one value of the text. Raises `NotReadError` with the place of the first thing that is no YAML, or that is not taken."""
    import yaml  # only where a plan is read: it takes longer to import than a verb may run

    try:
        return _Reader(iter(yaml.parse(text, Loader=yaml.BaseLoader))).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise NotReadError(Problem(mark.line + 1 if mark else 1, mark.column + 1 if mark else 1, _said(error.problem or "", error.context or ""))) from error
    except yaml.reader.ReaderError as error:
        before = text[:error.position]
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise NotReadError(Problem(*place, f"character U+{ord(text[error.position]):04X}, which YAML forbids; take it out")) from error


def _said(problem: str, context: str) -> str:
    """What to do, where that is known; else PyYAML's own words."""
    both = f"{context}, {problem}"
    return "not YAML: " + next((advice for words, advice in SAID if words in both), cut(both.strip(", ")))


def cut(text: str) -> str:
    """At most `LONGEST` characters of a text's first line, for a message."""
    line = text.strip().split("\n")[0]
    return line if line == text.strip() and len(line) <= LONGEST else line[:LONGEST] + "…"


class _Reader:
    """Events into nodes. sizes: how many nodes an anchored one stands for."""

    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.open: set[str] = set()
        self.count = 0

    def document(self) -> Node:
        """The first document; a second one is refused. An empty text is an empty map."""
        found = Node("map", 1, 1, 0, 0)
        for number, event in enumerate(e for e in self.events if type(e).__name__ not in ("StreamStartEvent", "DocumentEndEvent", "StreamEndEvent")):
            if type(event).__name__ != "DocumentStartEvent":
                found = self.node(event, 1)
            elif number:
                raise _refused(event, "a second document (`---`); a plan is one")
        return found

    def node(self, event: Any, depth: int) -> Node:
        """The value that begins with this event."""
        self.counted(event, 1)
        if depth > MAX_DEPTH:
            raise _refused(event, f"more than {MAX_DEPTH} levels deep")
        kind = type(event).__name__
        if kind == "AliasEvent":
            return self.alias(event)
        if event.tag is not None and event.tag != "!":
            raise _refused(event, f"a tag (`{cut(event.tag)}`), which plans do not have; leave it out")
        return self.anchored(event, kind, depth)

    def anchored(self, event: Any, kind: str, depth: int) -> Node:
        before = self.count
        if event.anchor:
            self.open.add(event.anchor)
        made = {"ScalarEvent": self.scalar, "SequenceStartEvent": self.sequence, "MappingStartEvent": self.mapping}[kind](event, depth)
        if event.anchor:
            self.open.discard(event.anchor)
            self.anchors[event.anchor] = made, self.count - before + 1
        return made

    def alias(self, event: Any) -> Node:
        if event.anchor in self.open:
            raise _refused(event, f"`*{cut(event.anchor)}` stands inside itself")
        if event.anchor not in self.anchors:
            raise _refused(event, f"`*{cut(event.anchor)}` names nothing above it")
        node, size = self.anchors[event.anchor]
        self.counted(event, size)
        return node

    def counted(self, event: Any, more: int) -> None:
        self.count += more
        if self.count > MAX_NODES:
            raise _refused(event, f"more than {MAX_NODES:,} values, with what aliases stand for")

    def scalar(self, event: Any, _: int) -> Node:
        return Node("text", *_place(event), event.end_mark.index, text=event.value, quoted=event.style is not None)

    def sequence(self, event: Any, depth: int) -> Node:
        items, last = [], event
        for last in self.events:
            if type(last).__name__ == "SequenceEndEvent":
                break
            items.append(self.node(last, depth + 1))
        return Node("list", *_place(event), last.end_mark.index, items=tuple(items), flow=bool(event.flow_style))

    def mapping(self, event: Any, depth: int) -> Node:
        pairs, last = [], event
        for last in self.events:
            if type(last).__name__ == "MappingEndEvent":
                break
            key = self.node(last, depth + 1)
            pairs.append((key, self.node(next(self.events), depth + 1)))
        return Node("map", *_place(event), last.end_mark.index, pairs=tuple(pairs), flow=bool(event.flow_style))


def _place(event: Any) -> tuple[int, int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1, event.start_mark.index


def _refused(event: Any, message: str) -> NotReadError:
    return NotReadError(Problem(event.start_mark.line + 1, event.start_mark.column + 1, message))


__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_NODES", "Node", "NotReadError", "Problem", "cut", "read", "text_of"]
