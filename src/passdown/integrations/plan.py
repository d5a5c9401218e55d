"""Our hooks in a JSON file that is not ours: the file's text in, the edited text out.

An edit is a row of splices: what is not ours keeps every byte, comments, order, indentation and line ends. Our entries go to the end of a list,
so that no one else's changes its position. Before an edited text is given out it is parsed, and held against the text before: the two may
differ in our entries alone.
"""

import json
import re
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any

import msgspec

from passdown.integrations.base import Group, is_ours
from passdown.integrations.jsonc import Member, Node, comment_ends, parse

HOOKS = "hooks"
WHITE = " \t\r\n"
DEFAULT_UNIT = "  "
Splice = tuple[int, int, str]  # what stands from here to there, and what comes in its place


class RefusedError(ValueError):
    """The text has another shape than a file with hooks: what was found."""


def install(text: str, wanted: Mapping[str, Group]) -> str:
    """The text with each entry of `wanted` (event -> entry) in it once, and no other entry of ours. Raises `NotJsonError`, `RefusedError`."""
    lists = {event: [group] for event, group in wanted.items()}
    if installed(text) == lists:
        return text
    new = _without_ours(text, frozenset((HOOKS, *wanted)))
    document = parse(new)
    if document is None or document.get(HOOKS) is None:
        return _checked(text, _with_hooks(new, document, lists), lists)
    for event, group in wanted.items():
        new = _with_entry(new, event, group)
    return _checked(text, new, lists)


def uninstall(text: str, before: str = "") -> str:
    """The text without our entries, and without lists that are empty for that, unless they stood in the text `before` we were installed.

    Raises `NotJsonError`, `RefusedError`.
    """
    return _checked(text, _without_ours(text, _containers(before)), {})


def installed(text: str) -> dict[str, list[Group]]:
    """Our entries by event. Raises `NotJsonError`."""
    out: dict[str, list[Group]] = {}
    for _, event, group in _entries(parse(text)):
        if any(is_ours(h.node.plain()) for h in _handlers(group.node)):
            out.setdefault(event.key, []).append(group.node.plain())
    return out


def is_bare(text: str) -> bool:
    """Whether nothing is left in a file that was made for our hooks. Raises `NotJsonError`."""
    document = parse(text)
    return document is None or document.plain() in ({}, {HOOKS: {}})


# Where entries stand


def _entries(document: Node | None) -> Iterator[tuple[Member, Member, Member]]:
    """Every (hooks, event, entry); members of another shape are passed over."""
    for hooks in document.members if document and document.opening == "{" else ():
        if hooks.key == HOOKS and hooks.node.opening == "{":
            for event in hooks.node.members:
                if event.node.opening == "[":
                    yield from ((hooks, event, entry) for entry in event.node.members)


def _handler_list(entry: Node) -> Node:
    """An entry's list of handlers; one without any when it has another shape."""
    found = entry.get(HOOKS) if entry.opening == "{" else None
    return found.node if found and found.node.opening == "[" else Node(entry.start, entry.start)


def _handlers(entry: Node) -> tuple[Member, ...]:
    return _handler_list(entry).members


def _containers(text: str) -> frozenset[str]:
    """`hooks` and the events that a text has, whether anything is in them or not."""
    document = parse(text)
    hooks = document.get(HOOKS) if document and document.opening == "{" else None
    return frozenset((HOOKS, *(m.key for m in hooks.node.members))) if hooks else frozenset()


# Taking out


def _without_ours(text: str, keep: frozenset[str]) -> str:
    while (found := _first_of_ours(text, keep)) is not None:
        text = _cut(text, *found)
    return text


def _first_of_ours(text: str, keep: frozenset[str]) -> tuple[Node, Member] | None:
    """The container and the member to take out of it: a handler, its entry when that has no other, the event when it has no other entry, all hooks."""
    document = parse(text)
    for hooks, event, entry in _entries(document):
        ours = [h for h in _handlers(entry.node) if is_ours(h.node.plain())]
        if document is None or not ours:
            continue
        if len(ours) < len(_handlers(entry.node)):
            return _handler_list(entry.node), ours[0]
        if event.key in keep or not _is_all(text, event.node, entry):
            return event.node, entry
        return (hooks.node, event) if HOOKS in keep or not _is_all(text, hooks.node, event) else (document, hooks)
    return None


def _is_all(text: str, container: Node, member: Member) -> bool:
    """Whether a container would be empty without this member, of comments too."""
    return len(container.members) == 1 and _rest(text, container, member) == ""


def _rest(text: str, container: Node, member: Member) -> str:
    """What else than white space stands in a container beside its only member."""
    behind = text[member.node.end : container.end - 1]
    return text[container.start + 1 : member.start].strip(WHITE) + behind.replace(",", "", 1 if member.comma >= 0 else 0).strip(WHITE)


def _cut(text: str, container: Node, member: Member) -> str:
    """Take a member out, with its comma and the white space before it."""
    members = container.members
    index = members.index(member)
    if _is_all(text, container, member):
        return _spliced(text, [(container.start + 1, container.end - 1, "")])
    if index == 0 and len(members) > 1 and not text[member.comma + 1 : members[1].start].strip(WHITE):
        return _spliced(text, [(member.start, members[1].start, "")])
    comma = member.comma if member.comma >= 0 else members[index - 1].comma if index else -1
    splices = [(_cut_start(text, member), member.node.end, "")]
    return _spliced(text, [*splices, (comma, comma + 1, "")] if comma >= 0 else splices)


def _cut_start(text: str, member: Member) -> int:
    """Behind what stands before a member; behind the line end too when that ends a comment which would swallow what follows."""
    at = len(text[: member.start].rstrip(WHITE))
    follows = text[max(member.node.end, member.comma + 1) :].lstrip(" \t")
    if at in comment_ends(text) and not follows.startswith(("\r", "\n")):
        return text.index("\n", at) + 1
    return at


# Putting in


class _Style(msgspec.Struct, frozen=True):
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


def _style(text: str, document: Node | None) -> _Style:
    members = document.members if document else ()
    compact = bool(members) and "\n" not in text.strip(WHITE)
    return _Style(_unit(text, members), "\r\n" if "\r\n" in text else "\n", compact, ":" if compact and not re.search(r'":\s', text) else ": ")


def _unit(text: str, members: tuple[Member, ...]) -> str:
    """One step of indentation: that of a member of the root which begins its line."""
    indents = (indent for m in members if (indent := _indent(text, m.start)) and text[: m.start].endswith("\n" + indent))
    return next(indents, DEFAULT_UNIT)


def _indent(text: str, at: int) -> str:
    """White space at the start of the line on which `at` lies."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _with_hooks(text: str, document: Node | None, value: Mapping[str, list[Group]]) -> str:
    style = _style(text, document)
    if document is None:
        gap = style.newline if text.strip("\ufeff" + WHITE) and not text.endswith("\n") else ""
        return text + gap + style.rendered({HOOKS: value}, "") + style.newline
    _need(document, "{", "the document")
    return _insert(text, document, HOOKS, value, style)


def _with_entry(text: str, event: str, group: Group) -> str:
    document = parse(text)
    hooks = document.get(HOOKS) if document else None
    if document is None or hooks is None:
        raise RefusedError(f"`{HOOKS}` is not there")
    _need(hooks.node, "{", f"`{HOOKS}`")
    found = hooks.node.get(event)
    if found is None:
        return _insert(text, hooks.node, event, [group], _style(text, document))
    _need(found.node, "[", f"`{HOOKS}.{event}`")
    return _insert(text, found.node, "", group, _style(text, document))


def _need(node: Node, opening: str, name: str) -> None:
    if node.opening != opening:
        raise RefusedError(f"{name} is not {'an object' if opening == '{' else 'a list'}")


def _insert(text: str, container: Node, key: str, value: Any, style: _Style) -> str:
    """Put a member at the end of a container, laid out as those before it."""
    close = container.end - 1
    at = len(text[:close].rstrip(WHITE))
    lead, indent, tail = _layout(text, container, text[at:close], style)
    name = json.dumps(key) + style.colon if key else ""
    last = container.members[-1] if container.members else None
    comma = "," if last and last.comma >= 0 else ""
    splices = [(at, at, lead + name + style.rendered(value, indent) + comma + tail)]
    return _spliced(text, [(last.node.end, last.node.end, ","), *splices] if last and last.comma < 0 else splices)


def _layout(text: str, container: Node, gap: str, style: _Style) -> tuple[str, str | None, str]:
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


def _spliced(text: str, splices: list[Splice]) -> str:
    """Two at one place come out in the order of the list."""
    out, at = [], 0
    for start, end, new in sorted(splices, key=itemgetter(0)):
        out += [text[at:start], new]
        at = end
    return "".join([*out, text[at:]])


# The check


def _checked(before: str, after: str, wanted: dict[str, list[Group]]) -> str:
    if installed(after) != wanted or _theirs(before) != _theirs(after):
        raise RefusedError("passdown cannot edit it without changing what is not its own")
    return after


def _theirs(text: str) -> str:
    """What is not ours, as JSON in the order of the text; empty lists of hooks count for nothing."""
    document = parse(text)
    if document is None:
        return "{}"
    plain = document.plain()
    if isinstance(plain, dict) and isinstance(plain.get(HOOKS), dict):
        events = {event: left for event, groups in plain[HOOKS].items() if (left := _others(groups))}
        plain = {**plain, HOOKS: events} if events else {k: v for k, v in plain.items() if k != HOOKS}
    return json.dumps(plain)


def _others(groups: Any) -> Any:
    if not isinstance(groups, list):
        return groups
    return [left for group in groups if (left := _without_handlers(group)) is not None]


def _without_handlers(group: Any) -> Any:
    """An entry without our handlers; None when it had no others."""
    handlers = group.get(HOOKS) if isinstance(group, dict) else None
    if not isinstance(handlers, list) or not any(map(is_ours, handlers)):
        return group
    left = [h for h in handlers if not is_ours(h)]
    return {**group, HOOKS: left} if left else None


__all__ = ["RefusedError", "install", "installed", "is_bare", "uninstall"]
