"""Entries of fenced YAML blocks, as memory documents keep state, gates and rosters in them.

Read by lines, not by a YAML parser: such blocks are written for people, and many would not load (`cost: $1.00-2.00  # target`, values without quotes).
"""

import re
from collections.abc import Iterator

_OPENS = re.compile(r"^\s*(?:`{3,}|~{3,})\s*ya?ml\b", re.IGNORECASE)
_PAIR = re.compile(r"^(?P<indent>\s*)(?P<item>-\s+)?(?P<key>[\w@/][^:#\"'\n]{0,79}?)\s*:(?:\s+(?P<value>.*))?$")
_ITEM = re.compile(r"^(?P<indent>\s*)-\s+(?P<value>.+)$")
_COMMENT = re.compile(r"(?<!\s)\s++#\s.*$")
_BLOCK = ("|", ">", "|-", ">-")


def is_yaml(text: str) -> bool:
    """Whether a fenced block says that it is YAML."""
    return bool(_OPENS.match(text))


def entries(text: str) -> Iterator[tuple[int, str, str]]:
    """Line (0 is the fence), key with those above it (`writer › output`), and value of each entry; the items of a list are one entry, apart by `; `."""
    held: tuple[int, str, str] | None = None
    for n, key, value, item in _lines(text):
        if held and item and held[1] == key:
            held = (held[0], key, f"{held[2]}; {value}")
            continue
        if held:
            yield held
            held = None
        if item:
            held = (n, key, value)
        else:
            yield n, key, value
    if held:
        yield held


def _lines(text: str) -> Iterator[tuple[int, str, str, bool]]:
    """Line, key, value, and whether it is an item of a list or a line of a text block."""
    above: list[tuple[int, str]] = []
    for n, line in enumerate(text.split("\n")):
        pair, item = _PAIR.match(line), _ITEM.match(line)
        if n and line.lstrip().startswith(("```", "~~~")):
            return
        if not n or not line.strip() or line.lstrip().startswith(("#", "{", "}")):
            continue
        indent = len(line) - len(line.lstrip())
        above = [(at, key) for at, key in above if at < indent or (at == indent and item and not pair)]
        if not pair:
            yield n, " › ".join(key for _, key in above), _plain(item["value"] if item else line), True
            continue
        value = _plain(pair["value"] or "")
        above.append((indent, pair["key"].strip()))
        if value and value not in _BLOCK:
            yield n, " › ".join(key for _, key in above), value, False
            above.pop()


def _plain(value: str) -> str:
    """Without the quotes around it and the comment behind it."""
    value = value.strip()
    quoted = re.match(r"^([\"'])(.*?)\1\s*(?:#.*)?$", value)
    return quoted[2] if quoted else _COMMENT.sub("", value).strip()


__all__ = ["entries", "is_yaml"]
