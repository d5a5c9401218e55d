"""Triggers: the alternatives of `task="a|b"`, `<triggers>` and `<loads-when>`, held against a task.

`|` parts alternatives (commas do where no `|` is there, and always in `loads-when`, which is prose). An alternative's words are looked for as whole words,
whatever their case and ending; `_` and `-` are blanks. One between slashes is a regular expression, run on RE2 and so in linear time.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec

from passdown.loading.words import Task, content

MAX_CHARS = 2_000  # of one attribute
MAX_REGEX = 200
_REGEX = r"/(?:[^/\\\n]|\\.){1,200}/i?(?=\s*(?:[|,;]|$))"
_BARS = re.compile(rf"{_REGEX}|[^|]+")
_COMMAS = re.compile(rf"{_REGEX}|[^|,;]+")
_OR = re.compile(r"\s*(?:\bor\b|\band/or\b)\s*", re.IGNORECASE)
# Without RE2: what the standard library runs in reasonable time on a task's first characters.
_SLOW = re.compile(r"\)[*+?{]|\\[1-9]|\(\?[^:]")
_LOOPS = re.compile(r"(?<!\\)[*+]|\{\d*,\d*\}")
MAX_LOOPS, MAX_SLOW_CHARS = 2, 300


class Trigger(msgspec.Struct, frozen=True):
    """One alternative: its text as written, and the stems it asks for or the regular expression that it is."""

    text: str
    stems: tuple[str, ...] = ()
    regex: str = ""


class BadRegexError(ValueError):
    """A regular expression that cannot be run; the message says why."""


def triggers(text: str, *, prose: bool = False) -> tuple[Trigger, ...]:
    """The alternatives of a text in their order. prose: commas, semicolons and `or` part them too."""
    text = text[:MAX_CHARS]
    pieces = (_COMMAS if prose or "|" not in text else _BARS).findall(text)
    return tuple(dict.fromkeys(t for piece in pieces for part in _parts(piece.strip(), prose=prose) if (t := _trigger(part)) is not None))


def _parts(piece: str, *, prose: bool) -> list[str]:
    return _OR.split(piece) if prose and not piece.startswith("/") else [piece]


def _trigger(text: str) -> Trigger | None:
    text = text.strip().strip("\"'`")
    if len(text) > 2 and text[0] == "/" and text.rstrip("i")[-1] == "/":
        return Trigger(text, regex=text.rstrip("i")[1:-1])
    stems = content(text)
    return Trigger(text, stems) if stems else None


def first_match(alternatives: Iterable[Trigger], task: Task) -> Trigger | None:
    """The first alternative that the task asks for. Raises `BadRegexError` only where no other one matched."""
    bad: BadRegexError | None = None
    for one in alternatives:
        try:
            if _found(one.regex, task.text) if one.regex else task.names(one.stems):
                return one
        except BadRegexError as error:
            bad = error
    if bad:
        raise bad
    return None


def _found(regex: str, text: str) -> bool:
    if len(regex) > MAX_REGEX:
        raise BadRegexError(f"longer than {MAX_REGEX} characters")
    compiled, limit = _compiled(regex)
    return compiled.search(text[:limit]) is not None


@lru_cache(maxsize=256)
def _compiled(regex: str) -> tuple[Any, int]:
    """The expression, whatever its letters' case, and how much of a text it may be run on."""
    try:
        import re2
    except ImportError:
        return _bounded(regex), MAX_SLOW_CHARS
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    options.max_mem = 1 << 20
    try:
        return re2.compile(regex, options), 20_000
    except re2.error as error:
        raise BadRegexError(str(error) or "not a regular expression that RE2 knows") from None


def _bounded(regex: str) -> re.Pattern[str]:
    if _SLOW.search(regex) or len(_LOOPS.findall(regex)) > MAX_LOOPS:
        raise BadRegexError("it may take too long without google-re2, which is not installed")
    try:
        return re.compile(regex, re.IGNORECASE)
    except (re.error, RecursionError, OverflowError) as error:
        raise BadRegexError(str(error)) from None


__all__ = ["BadRegexError", "Trigger", "first_match", "triggers"]
