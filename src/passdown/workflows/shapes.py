"""How a value of each shape is read. A reader gives the value, or `BAD` after it has said what is wrong."""

import re
from collections.abc import Callable, Mapping

from passdown.workflows import amounts
from passdown.workflows.keys import ENTRY, FLAGS, ITEM, VARIABLE, WORD, Key
from passdown.workflows.nodes import Node, Problem, cut
from passdown.workflows.paths import astray

Say = Callable[[Problem], None]
Read = Callable[[Node, Key, Say], object]
BAD = object()


def text(node: Node, key: Key, say: Say) -> object:
    """A text that is not empty."""
    if node.kind != "text":
        return _bad(node, key, say, "is a text, not a " + node.kind)
    if "\0" in node.text:
        return _bad(node, key, say, "holds a NUL, which no command takes")
    return node.text if node.text.strip() else _bad(node, key, say, "is empty")


def texts(node: Node, key: Key, say: Say) -> object:
    """A list of texts; a single one is a list of one. Each once."""
    found = [text(one, key, say) for one in (node.items if node.kind == "list" else (node,))]
    if BAD in found:
        return BAD
    return tuple(dict.fromkeys(str(one) for one in found))


def path(node: Node, key: Key, say: Say) -> object:
    found = text(node, key, say)
    why = astray(found) if isinstance(found, str) else ""
    return _bad(node, key, say, f"`{cut(str(found))}` is not taken: {why}") if why else found


def paths(node: Node, key: Key, say: Say) -> object:
    found = [path(one, key, say) for one in (node.items if node.kind == "list" else (node,))]
    return BAD if BAD in found else tuple(dict.fromkeys(str(one) for one in found))


def folder(node: Node, key: Key, say: Say) -> object:
    """A path with `{item}` in it, so that two items never share one."""
    found = path(node, key, say)
    if isinstance(found, str) and found.count(ITEM) != 1:
        return _bad(node, key, say, f"`{cut(found)}` needs `{ITEM}` in it once, such as `production/{ITEM}`")
    if isinstance(found, str) and re.search(r"[{}*?\[\]]", found.replace(ITEM, "")):
        return _bad(node, key, say, f"`{cut(found)}` is not taken: besides `{ITEM}` it is a plain path")
    return found.rstrip("/") if isinstance(found, str) else found


def pattern(expression: str, right: str) -> Read:
    """A text of one form."""

    def read(node: Node, key: Key, say: Say) -> object:
        found = text(node, key, say)
        if isinstance(found, str) and not re.fullmatch(expression, found):
            return _bad(node, key, say, f"`{cut(found)}` is no {right}")
        return found

    return read


def amount(parse: Callable[[str], float | None], right: str) -> Read:
    """A number as people write it."""

    def read(node: Node, key: Key, say: Say) -> object:
        found = text(node, key, say)
        value = parse(found) if isinstance(found, str) else None
        if not isinstance(found, str):
            return BAD
        if value is None:
            return _bad(node, key, say, f"`{cut(found)}` is no {right}")
        if not key.least <= value <= key.most:
            return _bad(node, key, say, f"{cut(found)} is not between {key.least:g} and {key.most:g}")
        return value

    return read


def number(said: str) -> float | None:
    """A plain decimal number: no `1e9`, no `nan`."""
    return float(said) if re.fullmatch(r"-?\d{1,15}(?:\.\d{1,15})?", said.strip()) else None


def count(said: str) -> int | None:
    return int(said) if re.fullmatch(r"-?\d{1,15}", said.strip()) else None


def flag(node: Node, key: Key, say: Say) -> object:
    found = text(node, key, say)
    if isinstance(found, str) and found.strip().lower() not in FLAGS:
        return _bad(node, key, say, f"`{cut(found)}` is neither true nor false")
    return FLAGS[found.strip().lower()] if isinstance(found, str) else found


def choice(node: Node, key: Key, say: Say) -> object:
    found = text(node, key, say)
    if isinstance(found, str) and found not in key.choices:
        return _bad(node, key, say, f"`{cut(found)}` is none of {', '.join(key.choices)}" + nearest(found, key.choices))
    return found


def env(node: Node, key: Key, say: Say) -> object:
    """Names and texts, each text as it is written."""
    if node.kind != "map":
        return _bad(node, key, say, "is written as `NAME: value`, one a line")
    found: dict[str, str] = {}
    before: set[str] = set()
    for name, value in node.pairs:
        if name.kind != "text" or not re.fullmatch(VARIABLE, name.text):
            say(name.wrong(f"`{cut(name.text)}` cannot name an environment variable"))
        elif name.text.upper().startswith("PASSDOWN_"):
            say(name.wrong(f"`{cut(name.text)}`: names that begin with PASSDOWN_ are set by passdown"))
        elif name.text in before:
            say(name.wrong(f"`{cut(name.text)}` comes twice"))
        elif value.kind != "text" or "\0" in value.text:
            say(value.wrong(f"`{cut(name.text)}` is a text"))
        else:
            found[name.text] = value.text
        before.add(name.text)
    return found


def nearest(word: str, known: Mapping[str, object] | tuple[str, ...] | list[str]) -> str:
    """`; did you mean …?`, or nothing."""
    import difflib  # only for the one who mistyped

    near = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean `{near[0]}`?" if near else ""


def _bad(node: Node, key: Key, say: Say, message: str) -> object:
    right = f", such as `{key.name}: {key.example}`" if key.example and key.example not in message else ""
    say(node.wrong(f"`{key.name}`: {message}{right}" if message.startswith("`") else f"`{key.name}` {message}{right}"))
    return BAD


READ: Mapping[str, Read] = {
    "text": text, "texts": texts, "names": texts, "path": path, "paths": paths, "folder": folder, "flag": flag, "choice": choice, "env": env,
    "entry": pattern(ENTRY, "entry point `module:function`"),
    "word": pattern(WORD, "name of a command"),
    "money": amount(amounts.read_money, "amount of US dollars"),
    "tokens": amount(amounts.read_tokens, "number of tokens"),
    "time": amount(amounts.read_time, "length of time"),
    "number": amount(number, "number"),
    "count": amount(count, "whole number"),
}

__all__ = ["BAD", "READ", "Say", "nearest"]
