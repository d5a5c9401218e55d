"""Our MCP server as a named member in a JSON file that is not ours: the file's text in, the edited text out, all other bytes as they were."""

import json
from collections.abc import Sequence
from typing import Any

from passdown.integrations import mcp_entry
from passdown.integrations.jsonc import Member, Node, parse
from passdown.integrations.splices import RefusedError, cut, insert, is_all, need, style_of, with_document


def install(text: str, keys: Sequence[str], value: Any) -> str:
    """The text with our server in the object at `keys`. Raises `NotJsonError`, `RefusedError`, also where a server of that name is not ours."""
    found = _found(parse(text), keys)
    if found and not mcp_entry.is_ours(found[-1].node.plain()):
        raise RefusedError(f"`{'.'.join((*keys, mcp_entry.NAME))}` is there already, and it is not passdown's")
    if found and _same(found[-1].node.plain(), value):
        return text
    new = _put(_out(text, keys, frozenset(keys)) if found else text, keys, value)
    return _checked(text, new, keys, there=True)


def uninstall(text: str, keys: Sequence[str], before: str = "") -> str:
    """The text without our server, and without objects that are empty for that unless they stood in `before`. Raises `NotJsonError`, `RefusedError`."""
    return _checked(text, _out(text, keys, _there(before, keys)), keys, there=False) if installed(text, keys) else text


def installed(text: str, keys: Sequence[str]) -> bool:
    """Raises `NotJsonError`."""
    found = _found(parse(text), keys)
    return bool(found) and mcp_entry.is_ours(found[-1].node.plain())


def _same(there: Any, value: Any) -> bool:
    """Whether an entry says what ours says; what the user or the host has added to it stays."""
    return isinstance(there, dict) and all(there.get(key) == wanted for key, wanted in value.items())


def _found(document: Node | None, keys: Sequence[str]) -> list[Member]:
    """The members on the way to our server, with it; [] when it is not there."""
    found: list[Member] = []
    for key in (*keys, mcp_entry.NAME):
        member = document.get(key) if document and document.opening == "{" else None
        if member is None:
            return []
        found.append(member)
        document = member.node
    return found


def _there(text: str, keys: Sequence[str]) -> frozenset[str]:
    """Those of the keys whose objects a text has."""
    node, found = parse(text), []
    for key in keys:
        member = node.get(key) if node and node.opening == "{" else None
        if member is None:
            break
        found.append(key)
        node = member.node
    return frozenset(found)


def _out(text: str, keys: Sequence[str], keep: frozenset[str]) -> str:
    document = parse(text)
    found = _found(document, keys)
    if document is None or not found:
        return text
    containers = [document, *(m.node for m in found[:-1])]
    at = len(found) - 1
    while at > 0 and keys[at - 1] not in keep and is_all(text, containers[at], found[at]):
        at -= 1
    return cut(text, containers[at], found[at])


def _put(text: str, keys: Sequence[str], value: Any) -> str:
    names = [*keys, mcp_entry.NAME]
    document = parse(text)
    style, node, at = style_of(text, document), document, 0
    while node is not None and at < len(keys) and (member := node.get(names[at])) is not None:
        need(member.node, "{", f"`{'.'.join(names[: at + 1])}`")
        node, at = member.node, at + 1
    for name in reversed(names[at + 1:]):
        value = {name: value}
    if document is None or node is None or at == 0:
        return with_document(text, document, names[at], value)
    return insert(text, node, names[at], value, style)


def _checked(before: str, after: str, keys: Sequence[str], *, there: bool) -> str:
    if installed(after, keys) != there or _theirs(before, keys) != _theirs(after, keys):
        raise RefusedError("passdown cannot edit it without changing what is not its own")
    return after


def _theirs(text: str, keys: Sequence[str]) -> str:
    """What is not ours, as JSON in the order of the text; objects on the way that are empty count for nothing."""
    document = parse(text)
    plain = document.plain() if document else {}
    return json.dumps(_without(plain, [*keys, mcp_entry.NAME]) or {})


def _without(plain: Any, names: Sequence[str]) -> Any:
    if not isinstance(plain, dict) or names[0] not in plain:
        return plain
    rest = {k: v for k, v in plain.items() if k != names[0]}
    left = _without(plain[names[0]], names[1:]) if len(names) > 1 else None
    return rest if left in (None, {}) else {k: left if k == names[0] else v for k, v in plain.items()}


__all__ = ["install", "installed", "uninstall"]
