"""Front matter: keys with text or lists of texts, in a subset of YAML that every YAML reader takes for strings.

Canonical form: `---`, one line a key (`key: scalar`, or `key:` and a line `  - scalar` for each item), `---`. A scalar is plain when YAML 1.1
and 1.2 agree that it is that very string, else a JSON string in double quotes, so `no`, `1e3`, `2026-11-20`, `null`, `~` and `0x1F` are quoted.

What people write by hand is wider: what is not canonical is read by PyYAML with every scalar as a string.
"""

import functools
import json
import re
from collections.abc import Iterable
from typing import Any

from passdown.errors import InvalidRecord

Value = str | tuple[str, ...]

FENCE = "---\n"
LONGEST_KEY = 100  # characters of a key of our own form: without a bound a long word would be looked at again from each of its characters
KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_BOM = "\ufeff"
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"})  # YAML 1.1's and 1.2's, whatever the case
# What JSON leaves as it is, but YAML forbids or folds (C1 controls, line separators, surrogates, BOM), or that reorders what is seen (bidi).
_ESCAPED = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


_ITEM = "\n  - "
_INSIDE = r"[!#-9;-~]*+(?::[!#-9;-~]++)*+"  # what a word may go on with: printable ASCII, a colon only before more of it
# Nearly every value, in one look: plain ASCII words with one blank between them, or quotes without escapes. `strip('"')` gives what it says.
EASY = rf'(?:"[^"\\\n]*+"|[A-Za-z/]{_INSIDE}(?: [!$-9;-~]{_INSIDE})*+)(?=\n)'


@functools.cache
def _entry() -> re.Pattern[str]:
    """A key of our own form with an easy value, another one, an easy list, or another one; else what does not belong, and all behind it.

    Compiled when it is first needed: most commands parse nothing.
    """
    return re.compile(rf"([A-Za-z][A-Za-z0-9_-]{{0,{LONGEST_KEY}}}):(?: (?:({EASY})|(.+))|((?:{_ITEM}{EASY})+)|((?:{_ITEM}.+)+))\n(?!  - )|([\s\S]++)")


class NotCanonicalError(ValueError):
    """A line that this module would not have written."""


def is_plain(text: str) -> bool:
    """Whether `text` may stand without quotes: it begins with a letter or `/`, and nothing in it means anything to YAML."""
    return (
        (text[:1].isalpha() or text[:1] == "/")
        and text.isprintable()
        and ": " not in text
        and " #" not in text
        and text[-1] not in " :"
        and text.lower() not in _WORDS
    )


def scalar(text: str) -> str:
    """One value on one line."""
    if is_plain(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return quoted if text.isprintable() else _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def render(fields: Iterable[tuple[str, Value]], body: str) -> str:
    """The fences with the fields between them, in the order given, then `body` as it is. A list without items leaves no line."""
    lines = []
    for key, value in fields:
        if isinstance(value, str):
            lines.append(f"{key}: {scalar(value)}\n")
        elif value:
            lines.append(f"{key}:\n")
            lines.extend(f"  - {scalar(item)}\n" for item in value)
    return FENCE + "".join(lines) + FENCE + body


def split(text: str, where: str) -> tuple[str, str]:
    """What stands between the fences, and all that follows. A byte order mark goes; so do the CR of a text whose first line ends in CRLF.

    Raises `InvalidRecord` when there is no front matter.
    """
    text = text.removeprefix(_BOM)
    if text.startswith("---\r\n"):
        text = text.replace("\r\n", "\n")
    if not text.startswith(FENCE):
        raise InvalidRecord(where=where, reason="line 1 is not `---`")
    end = text.find("\n---\n", 3)
    if end < 0 and text.endswith("\n---"):
        end = len(text) - 4
    if end < 0:
        raise InvalidRecord(where=where, reason="there is no second `---` line")
    return text[4:end + 1], text[end + 5:]


def parse(head: str, where: str) -> dict[str, Value]:
    """The fields in order; `head` is what stands between the fences. Raises `InvalidRecord` with the line of the file."""
    try:
        return canonical(head, where)
    except NotCanonicalError:
        return _by_yaml(head, where)


def canonical(head: str, where: str) -> dict[str, Value]:
    """`parse` for our own form. Raises `NotCanonicalError`, or `InvalidRecord` for a key that comes twice."""
    fields: dict[str, Value] = {}
    for key, easy, other, easy_items, items, stray in _entry().findall(head):
        if stray:
            raise NotCanonicalError
        if key in fields:
            raise InvalidRecord(where=where, reason=f"`{key}` comes twice")
        if items or easy_items:
            fields[key] = tuple([_text(item) for item in _listed(items)] if items else [item.strip('"') for item in _listed(easy_items)])
        else:
            fields[key] = _text(other) if other else easy.strip('"')
    return fields


def _listed(items: str) -> list[str]:
    return items[len(_ITEM):].split(_ITEM)


def _text(value: str) -> str:
    if is_plain(value):
        return value
    if value[0] != '"':
        raise NotCanonicalError
    try:
        text = json.loads(value)
    except ValueError:
        raise NotCanonicalError from None
    if not isinstance(text, str):
        raise NotCanonicalError
    return text


def _by_yaml(head: str, where: str) -> dict[str, Value]:
    import yaml  # only for what people wrote by hand: it takes longer to import than a whole verb may run

    try:
        node = yaml.compose(head, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise InvalidRecord(where=where, reason=_yaml_reason(error)) from error
    except (RecursionError, ValueError) as error:
        raise InvalidRecord(where=where, reason="the front matter is nested too deep or holds characters that YAML forbids") from error
    if not isinstance(node, yaml.MappingNode):
        raise InvalidRecord(where=where, reason="the front matter is not made of lines `key: value`")
    return _fields(node, where)


def _yaml_reason(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    line = f"line {mark.line + 2}: " if mark else ""
    return line + str(getattr(error, "problem", None) or error)


def _fields(mapping: Any, where: str) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    for key_node, node in mapping.value:
        key, line = key_node.value, f"line {key_node.start_mark.line + 2}: "
        if not isinstance(key, str) or not KEY.fullmatch(key):
            raise InvalidRecord(where=where, reason=f"{line}this cannot be a key")
        if key in fields:
            raise InvalidRecord(where=where, reason=f"{line}`{key}` comes twice")
        value = _value(node)
        if value is None:
            raise InvalidRecord(where=where, reason=f"{line}`{key}` is neither a text nor a list of texts")
        fields[key] = value
    return fields


def _value(node: Any) -> Value | None:
    """The text of a scalar node, the texts of a sequence of them; None for anything else."""
    if node.id == "scalar":
        return str(node.value)
    if node.id == "sequence" and all(item.id == "scalar" for item in node.value):
        return tuple(item.value for item in node.value)
    return None


__all__ = ["EASY", "FENCE", "KEY", "NotCanonicalError", "Value", "canonical", "is_plain", "parse", "render", "scalar", "split"]
