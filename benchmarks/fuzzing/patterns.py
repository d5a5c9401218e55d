"""Our own regular expressions against texts that grow: none may take more than its share of them.

Every expression that a module holds looks through texts of a prefix that it may begin with and a piece said n and 4n times. What takes sixteen times as
long for four times the text is quadratic. Times are of the processor, measured in one run and again before anything is said.
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec

import passdown

SIZES = (1_500, 6_000)
RATIO = 9.0  # of times for four times the text: linear is 4, quadratic 16
LEAST_S = 0.004  # below it is noise
PIECES = (" ", "\n", "\t", "a", "A", "0", "a ", "a.", "a-", "a/", "a,", "-", ".", "/", "*", "#", "`", "'", '"', "(", "[", "{", "<", "|", "\\", ":", "=", "@",
    "_", "~", "$", "!", ">",
          "a\n", " \n", "- ", "| ", "a_", "a:", "a=", "\\\n", "<!--", "a b c. ", "1.", "a@", "$(", "()", "[]", "''", '""', "``", "the ", "a; ", "&&", "\r\n",
              "=\n", "%4")
PREFIXES = ("", "\n", "# ", "- ", "| ", "```\n", "<", "{", "[", "(", '"', "'", "`", "a", "$", "use ", "git ", "cd ")
ENDS = ("\x00", "", "!")


class Slow(msgspec.Struct, frozen=True):
    """where: module and name. Seconds for the shorter and the longer text of prefix and piece."""

    where: str
    pattern: str
    prefix: str
    piece: str
    short: float
    long: float


def expressions() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Each expression that a module of the package holds, once: compiled, or as text that is compiled when it is needed, also within tables."""
    seen: set[tuple[object, int]] = set()
    for module in pkgutil.walk_packages(passdown.__path__, "passdown."):
        if module.name.endswith("__main__") or ".hooks.main" in module.name:
            continue
        try:
            found = vars(importlib.import_module(module.name))
        except ImportError:  # an extra that is not installed
            continue
        for name, value in ((name, value) for name, value in found.items() if not name.startswith("__")):
            for one in _within(value):
                if (one.pattern, one.flags) not in seen:
                    seen.add((one.pattern, one.flags))
                    yield f"{module.name}.{name}", one


def _within(value: object) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, str):
        yield from _read(value)
    elif isinstance(value, dict):
        for item in (*value.values(), *value):
            yield from _within(item)
    elif isinstance(value, tuple | list | frozenset | set):
        for item in value:
            yield from _within(item)


def _read(text: str) -> Iterator[re.Pattern[str]]:
    """The expression that a text is, if it looks like one that repeats something."""
    if re.search(r"[*+}]", text) and re.search(r"[\\\[(]", text):
        with suppress(re.error, RecursionError):
            yield re.compile(text)


def slow(where: str, pattern: re.Pattern[str] | re.Pattern[bytes], *, prefixes: Sequence[str] = PREFIXES, pieces: Sequence[str] = PIECES) -> Slow | None:
    """The first text that grows on this expression more than it does itself."""
    for prefix in dict.fromkeys((*prefixes, *_own(pattern))):
        for piece in pieces:
            for end in ENDS[:1] if prefix else ENDS:
                found = _growth(where, pattern, prefix, piece, end, used(where))
                if found:
                    return found
    return None


@cache
def used(where: str) -> tuple[str, ...]:
    """How the source uses what has this name: by matching at a text's beginning alone, or by looking for it anywhere as well."""
    name = where.rpartition(".")[2]
    ways = {way for text in _sources() for way in re.findall(rf"\b{name}\.(\w+)", text)}
    return ("match",) if ways and ways <= {"match", "fullmatch"} else ("search",)


@cache
def _sources() -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8") for folder in passdown.__path__ for path in Path(folder).rglob("*.py"))


def _own(pattern: re.Pattern[str] | re.Pattern[bytes]) -> list[str]:
    """Words of the expression itself: what it may begin with."""
    source = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    return re.findall(r"[A-Za-z<#*`\"'-]{2,}", source)[:6]


def _growth(where: str, pattern: re.Pattern[str] | re.Pattern[bytes], prefix: str, piece: str, end: str, ways: Sequence[str]) -> Slow | None:
    long = _seconds(pattern, prefix + piece * SIZES[1] + end, ways)
    if long < LEAST_S:
        return None
    for _ in range(3):  # the least of a few: whatever else runs only adds
        long = min(long, _seconds(pattern, prefix + piece * SIZES[1] + end, ways))
    short = min(_seconds(pattern, prefix + piece * SIZES[0] + end, ways) for _ in range(4))
    return Slow(where, str(pattern.pattern), prefix, piece, short, long) if long > LEAST_S and long > RATIO * short else None


def _seconds(pattern: re.Pattern[str] | re.Pattern[bytes], text: str, ways: Sequence[str]) -> float:
    subject = text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text
    begun = time.process_time()
    for way in ways:
        getattr(pattern, way)(subject)
    return time.process_time() - begun


__all__ = ["Slow", "expressions", "slow"]
