"""Our hooks in a JSON file that is not ours: the file's text in, the edited text out.

An edit is a row of splices: what is not ours keeps every byte, comments, order, indentation and line ends. Our entries go to the end of a list,
so that no one else's changes its position. Before an edited text is given out it is parsed, and held against the text before: the two may
differ in our entries alone.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from passdown.integrations.base import Group, is_ours
from passdown.integrations.jsonc import Member, Node, parse
from passdown.integrations.splices import RefusedError, cut, insert, is_all, need, style_of, with_document

HOOKS = "hooks"


def install(text: str, wanted: Mapping[str, Group], root: Mapping[str, Any] | None = None) -> str:
    """The text with each entry of `wanted` (event -> entry) in it once, and no other entry of ours. Raises `NotJsonError`, `RefusedError`.

    root: what else has to stand in such a file; what is there of it stays.
    """
    lists = {event: [group] for event, group in wanted.items()}
    rooted = _rooted(text, root or {})
    if installed(rooted) == lists:
        return rooted
    new = _without_ours(rooted, frozenset((HOOKS, *wanted)))
    document = parse(new)
    if document is None or document.get(HOOKS) is None:
        return _checked(rooted, with_document(new, document, HOOKS, lists), lists)
    for event, group in wanted.items():
        new = _with_entry(new, event, group)
    return _checked(rooted, new, lists)


def uninstall(text: str, before: str = "") -> str:
    """The text without our entries, and without lists that are empty for that, unless they stood in the text `before` we were installed.

    Raises `NotJsonError`, `RefusedError`.
    """
    return _checked(text, _without_ours(text, _containers(before)), {})


def installed(text: str) -> dict[str, list[Group]]:
    """Our entries by event. Raises `NotJsonError`."""
    out: dict[str, list[Group]] = {}
    for _, event, group in _entries(parse(text)):
        if is_ours(group.node.plain()) or any(is_ours(h.node.plain()) for h in _handlers(group.node)):
            out.setdefault(event.key, []).append(group.node.plain())
    return out


def is_bare(text: str, root: Mapping[str, Any] | None = None) -> bool:
    """Whether nothing is left in a file that was made for our hooks, with `root` in it. Raises `NotJsonError`."""
    document = parse(text)
    plain = document.plain() if document else {}
    return isinstance(plain, dict) and {k: v for k, v in plain.items() if (root or {}).get(k) != v} in ({}, {HOOKS: {}})


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
        text = cut(text, *found)
    return text


def _first_of_ours(text: str, keep: frozenset[str]) -> tuple[Node, Member] | None:
    """The container and the member to take out of it: a handler, its entry when that has no other, the event when it has no other entry, all hooks."""
    document = parse(text)
    for hooks, event, entry in _entries(document):
        whole = is_ours(entry.node.plain())
        ours = [h for h in _handlers(entry.node) if is_ours(h.node.plain())]
        if document is None or not (whole or ours):
            continue
        if not whole and len(ours) < len(_handlers(entry.node)):
            return _handler_list(entry.node), ours[0]
        if event.key in keep or not is_all(text, event.node, entry):
            return event.node, entry
        return (hooks.node, event) if HOOKS in keep or not is_all(text, hooks.node, event) else (document, hooks)
    return None


# Putting in


def _rooted(text: str, root: Mapping[str, Any]) -> str:
    """The text with those members of `root` that it lacks."""
    for key, value in root.items():
        document = parse(text)
        if document is None or document.get(key) is None:
            text = with_document(text, document, key, value)
    return text


def _with_entry(text: str, event: str, group: Group) -> str:
    document = parse(text)
    hooks = document.get(HOOKS) if document else None
    if document is None or hooks is None:
        raise RefusedError(f"`{HOOKS}` is not there")
    need(hooks.node, "{", f"`{HOOKS}`")
    found = hooks.node.get(event)
    if found is None:
        return insert(text, hooks.node, event, [group], style_of(text, document))
    need(found.node, "[", f"`{HOOKS}.{event}`")
    return insert(text, found.node, "", group, style_of(text, document))


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
    """An entry without our handlers; None when it had no others, or is a handler itself."""
    if is_ours(group):
        return None
    handlers = group.get(HOOKS) if isinstance(group, dict) else None
    if not isinstance(handlers, list) or not any(map(is_ours, handlers)):
        return group
    left = [h for h in handlers if not is_ours(h)]
    return {**group, HOOKS: left} if left else None


__all__ = ["RefusedError", "install", "installed", "is_bare", "uninstall"]
