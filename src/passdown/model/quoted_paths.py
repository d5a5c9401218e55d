"""Absolute paths within quoted text, as somebody reads them who works in the project: relative to its root, those below a home directory with `~`.

They were written on one machine, in one clone: elsewhere they name nothing but its user.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import msgspec

T = TypeVar("T", bound=msgspec.Struct)
HOME = r"(?:/Users|/home|[A-Za-z]:[\\/]Users)[\\/][\w.@-]+"
_BEFORE, _BEHIND = r"(?<![\w.~/\\:-])", r"(?![\w-]|\.\w)"
_MAYBE = r"/Users/|/home/|[A-Za-z]:[\\/]Users"
_FAR = rf"{_BEFORE}{HOME}(?=(?:[\\/][\w.@ -]+){{2}})"  # of somebody else's: a route of a web site (`/home/help`) is shorter


class Shortener:
    """roots: absolute directories in which the project lies or lay, in any order; one that lies in another one is a folder of it."""

    def __init__(self, roots: Iterable[str]) -> None:
        given = sorted({bare for root in roots if len(bare := root.rstrip("/\\")) > 1}, key=len)
        self._roots = [r for n, r in enumerate(given) if not r.startswith(tuple(outer + sep for outer in given[:n] for sep in "/\\"))]
        self._inside = _matcher(self._roots, r"(?P<below>[\\/](?=[\w.@$({\[<*-]))?")
        self._homes = _matcher([found[0] for root in given if (found := re.match(HOME, root))])

    def __call__(self, text: str) -> str:
        """The text with its paths made short; the same object when it has none."""
        if self._inside and any(root in text for root in self._roots):
            text = self._inside.sub(_within, text)
        if ("/home/" not in text and "Users" not in text) or not re.search(_MAYBE, text):
            return text
        return re.sub(_FAR, "~", self._homes.sub("~", text) if self._homes else text)

    def struct(self, one: T, keep: Sequence[str] = ()) -> T:
        """The same for all strings of a struct, but for the fields to `keep`."""
        plain = msgspec.to_builtins(one)
        short = self._value(plain)
        if short == plain:
            return one
        return msgspec.structs.replace(msgspec.convert(short, type(one)), **{name: getattr(one, name) for name in keep})

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            return self(value)
        if isinstance(value, dict):
            return {key: self._value(item) for key, item in value.items()}
        return type(value)(map(self._value, value)) if isinstance(value, list | tuple) else value


def _matcher(paths: Sequence[str], behind: str = "") -> re.Pattern[str] | None:
    every = "|".join(map(re.escape, sorted(set(paths), key=len, reverse=True)))
    return re.compile(f"{_BEFORE}(?:{every}){_BEHIND}{behind}") if every else None


def _within(found: re.Match[str]) -> str:
    """Nothing before what lies below the root; for the root itself a dot, which must not become two at the end of a sentence."""
    if found["below"]:
        return ""
    return "the project's root" if found.string[found.end():found.end() + 1] == "." else "."


__all__ = ["Shortener"]
