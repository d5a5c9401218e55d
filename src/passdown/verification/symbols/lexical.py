"""Definitions by the look of their lines: for languages without a parser here, and as the quick first guess for all."""

import bisect
import functools
import itertools
import re
from collections.abc import Iterable, Iterator

from passdown.verification.symbols.base import HEAD_CHARS, Definition, head_of

PYTHON = (".py", ".pyi", ".gd", ".nim")
INDENTED = (*PYTHON, ".rb", ".ex", ".exs", ".lua", ".jl", ".sh", ".bash", ".coffee")
MOST_LINES = 1_500  # of a definition whose end is looked for
NESTED = 10  # definitions in which a line of code stands, on average, at most: for more of them ends are not looked for any more
_WORD = (r"(?:def|class|function\*?|func|fun|fn|struct|enum|interface|trait|type|impl|module|mod|namespace|const|let|var|val|static|object|record|protocol|"
         r"extension|sub|proc|macro|macro_rules!|union|table|view|message|service|rpc|defp|defmodule|defmacro)")
_BEFORE = (r"(?:(?:export|default|public|private|protected|internal|static|async|abstract|final|override|pub(?:\([^)]*\))?|unsafe|extern|inline|virtual|open|"
           r"data|sealed|declare|local|readonly|suspend|constexpr)[ \t]+)*")
_NOT_A_TYPE = r"(?!(?:return|if|for|while|switch|await|new|else|throw|yield|catch|delete|typeof|case|do|assert|print|raise|not|and|or|in)\b)"
_NAME = r"(?P<name>[A-Za-z_$][\w$]*[?!]?)"
_HANDED = r"\((?:[^;{}()]|\([^;{}()]*\)|\{[^}\n]*\}){0,400}\)"  # parameters
_LOOKS = (  # with a keyword; a method by its body; a value by its sign
    rf"^[ \t]*{_BEFORE}{_WORD}[ \t]+(?:\([^)\n]*\)[ \t]*)?(?:[\w.]+[.:](?=\w))?{{name}}(?![\w$])",
    rf"^[ \t]*{_BEFORE}{_NOT_A_TYPE}(?:[\w<>\[\],.*&:?]+[ \t]+)*[*&]?(?:\w+::)?{{name}}[ \t]*(?:<[^>\n]*>)?" + _HANDED + r"[^;(){}=\n]*(?:\n[ \t]*)?\{",
    r"^(?:[ \t]*(?:self|this)\.)?[ \t]*{name}[ \t]*(?::[^=\n]+)?(?:=(?![=>])|:[ \t]*(?:async[ \t]+)?(?:function\b|\([^)\n]*\)[ \t]*=>))",
)


@functools.cache
def _looks() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(look.replace("{name}", _NAME), re.MULTILINE) for look in _LOOKS)


def definitions(path: str, text: str) -> list[Definition] | None:
    """Every definition that has a keyword or a body, by its own name; nested ones too. Any language."""
    starts = _layout(text)[1]
    found = {bisect.bisect_right(starts, m.start("name")): m["name"] for look in _looks()[:2] for m in look.finditer(text)}
    return list(_definitions(path, text, sorted(found.items())))


def named(path: str, text: str, symbol: str) -> Iterator[Definition]:
    """Definitions that look like one of `symbol`, a bare name or one with dots of which the last part counts."""
    name = symbol.rpartition(".")[2]
    yield from _definitions(path, text, ((number, symbol) for number in _defining(text, name)) if name else ())


def _defining(text: str, name: str) -> Iterator[int]:
    """Numbers of the lines that look like a definition of the name."""
    for at in _places(text, name):
        begin = text.rfind("\n", 0, at) + 1
        if any(m and m.start("name") == at and m["name"] == name for m in (look.match(text, begin) for look in _looks())):
            yield bisect.bisect_right(_layout(text)[1], begin)


def _places(text: str, name: str) -> Iterator[int]:
    """Where the name stands as a word: a text may be long and full of names that begin so, and a pattern would look at each letter."""
    at = text.find(name)
    while at >= 0:
        if not _in_name(text[at - 1:at]) and not _in_name(text[at + len(name):at + len(name) + 1]):
            yield at
        at = text.find(name, at + len(name))


def _in_name(char: str) -> bool:
    return char.isalnum() or char in ("_", "$")


@functools.lru_cache(maxsize=16)
def _layout(text: str) -> tuple[list[str], list[int]]:
    """The lines of a text, and where each begins."""
    rows = text.split("\n")
    return rows, list(itertools.accumulate((len(row) + 1 for row in rows), initial=0))


def _definitions(path: str, text: str, found: Iterable[tuple[int, str]]) -> Iterator[Definition]:
    """Those of these lines (number, name). In all so many lines are looked at as hold code, not heads and braces thousands of times on end."""
    left = NESTED * len(_layout(text)[0]) + MOST_LINES
    for number, name in found:
        one = _definition(path, text, number, name, min(MOST_LINES, left))
        left = max(1, left - (one.last - one.first + 1))
        yield one


def _definition(path: str, text: str, number: int, name: str, most: int) -> Definition:
    """That of line `number`, which has its name; its end within `most` lines."""
    rows, starts = _layout(text)
    python, row = path.endswith(PYTHON), rows[number - 1]
    after = rows[number - 1:number - 1 + most]
    height = _indented(after, closed=not python) if path.endswith(INDENTED) else _braced(after)
    begin = starts[number - 1] + _margin(row)
    head = text[begin:min(begin + 2 * HEAD_CHARS, starts[number - 1 + len(after)])]
    return Definition(name, number, number + height - 1, head_of(head, 0, python=python))


def _indented(rows: list[str], *, closed: bool) -> int:
    """Lines that stand further in than the first, those of its own head included; with the word that closes it, in languages that have one."""
    margin, height, depth = _margin(rows[0]), 1, _opened(rows[0])
    for at, row in enumerate(rows[1:], 1):
        if not row.strip():
            continue
        if _margin(row) <= margin and depth <= 0:
            return height + 1 if closed and re.match(r"\s*(?:end\b|\})", row) else height
        if depth > 0 or not (row.lstrip().startswith("#") and _margin(row) <= margin):
            height = at + 1
        depth += _opened(row) if depth > 0 else 0
    return height


def _margin(row: str) -> int:
    return len(row) - len(row.lstrip())


def _opened(row: str) -> int:
    return sum(row.count(c) for c in "([{") - sum(row.count(c) for c in ")]}")


def _braced(rows: list[str]) -> int:
    """Lines up to the brace that closes the first one that is opened; to the end of the statement when none is."""
    depth, opened, quote = 0, False, ""
    for at, row in enumerate(rows):
        code = re.sub(r"//.*|/\*.*?\*/", "", re.sub(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`[^`]*`", "", row)) if not quote else ""
        if (quote or code).count("`") % 2 or (quote and row.count("`") % 2):
            quote = "" if quote else "`"
        depth += _opened(code)
        opened |= "{" in code
        if depth <= 0 and (opened or code.rstrip().endswith((";", ",")) or _ends(rows, at)):
            return at + 1
    return len(rows)


def _ends(rows: list[str], at: int) -> bool:
    """Whether the statement cannot go on: a line that opens nothing and is not followed by a brace or a line further in."""
    following = rows[at + 1] if at + 1 < len(rows) else ""
    return not following.lstrip().startswith(("{", ".", "=", "|", "&", "?", ":", "where", "throws")) and _margin(following) <= _margin(rows[0])


__all__ = ["definitions", "named"]
