"""A definition and its head, the same whoever found it: a hash made with one parser is compared with one made by another."""

import re
from typing import Protocol

import msgspec

from passdown.model.ids import HASH_PREFIX, content_hash

SIGNATURE_DIGITS = 12
HEAD_CHARS = 2_000  # a longer head is no signature
_FUNCTION_VALUE = re.compile(r"\s*(?:async\b|function\b|\(|[\w$]+\s*=>|(?:React\.)?(?:memo|forwardRef|useCallback)\b)")
_TELLING = re.compile(r"[\"'`()\[\]{}\\;\n:=]")  # of all else nothing ends a head
_CLOSES = {")": "(", "]": "[", "}": "{"}


class Definition(msgspec.Struct, frozen=True):
    """name: qualified by dots, such as `Queue.drain`. first, last: its lines, 1-based, inclusive, decorators left out. head: `head_of` it."""

    name: str
    first: int
    last: int
    head: str

    @property
    def signature(self) -> str:
        """What `Anchor.signature` keeps."""
        return content_hash(self.head).removeprefix(HASH_PREFIX)[:SIGNATURE_DIGITS]

    def called(self, symbol: str) -> bool:
        """Whether `symbol` means it: its name, or the last parts of it."""
        return self.name == symbol or self.name.endswith("." + symbol)


class Language(Protocol):
    """A way of reading source text."""

    def definitions(self, path: str, text: str) -> list[Definition] | None:
        """Those of a file, in order; None when this way cannot read it."""


def bare(symbol: str) -> str:
    """`Queue::drain()` as `Queue.drain`."""
    return symbol.replace("::", ".").removesuffix("()").lstrip("#").strip()


def head_of(text: str, start: int, *, python: bool) -> str:
    """Keyword, name, parameters and result of the definition that begins at `start`, without white space that only lays it out.

    It ends before the body: at a colon in Python, else at a brace, an arrow or the end of its statement.
    """
    end = _end(text, start, min(len(text), start + HEAD_CHARS), python=python)
    words = re.sub(r" (?=[^\w ])|(?<=[^\w ]) ", "", " ".join(text[start:end].split()))
    return re.sub(r",(?=[)\]>}])", "", words)


def _end(text: str, start: int, stop: int, *, python: bool) -> int:
    depth, quote, at = 0, "", start
    while found := _TELLING.search(text, at, stop):
        at = found.start()
        char = text[at]
        if quote:
            at += char == "\\"
            quote = "" if char == quote else quote
        elif char in "\"'`":
            quote = char
        elif char in "([" or (char == "{" and depth):
            depth += 1
        elif char in _CLOSES:
            depth -= depth > 0
        elif not depth and _is_end(text, at, python=python):
            return at
        at += 1
    return stop


def _is_end(text: str, at: int, *, python: bool) -> bool:
    char = text[at]
    if char in "{;\n":
        return True
    if char == ":":
        return python
    return text.startswith("=>", at) or (char == "=" and text[at - 1] not in "=!<>" and not _FUNCTION_VALUE.match(text, at + 1))


__all__ = ["Definition", "Language", "bare", "head_of"]
