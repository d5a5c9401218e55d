"""The ways of reading, the most exact first, and the questions asked of them."""

import functools
import itertools
from collections.abc import Mapping, Sequence

from passdown.verification.symbols import lexical, markdown, python, tree_sitter
from passdown.verification.symbols.base import Definition, Language, bare

TABLE: Sequence[Language] = (python, markdown, tree_sitter, lexical)
PROSE = (".txt", ".rst", ".json", ".yaml", ".yml", ".toml", ".lock", ".csv", ".cfg", ".ini", ".env", ".html", ".xml", ".svg", ".log")  # define nothing


@functools.lru_cache(maxsize=16)  # records often rest on the same few files, and files are read one after the other
def definitions(path: str, text: str) -> tuple[Definition, ...]:
    """What a file defines, by the first way that can read it."""
    if path.lower().endswith(PROSE):
        return ()
    return tuple(next((found for language in TABLE if (found := language.definitions(path, text)) is not None), ()))


@functools.lru_cache(maxsize=16)
def by_last_part(path: str, text: str) -> Mapping[str, Sequence[Definition]]:
    """What a file defines, in order, by the name itself without its class."""
    found: dict[str, list[Definition]] = {}
    for definition in definitions(path, text):
        found.setdefault(last_part(definition.name), []).append(definition)
    return found


def last_part(name: str) -> str:
    return name.rpartition(".")[2]


def defined(path: str, text: str, symbol: str) -> Definition | None:
    """The definition that a symbol means, the first of several; None when the file has none, or nobody can tell which."""
    return next(iter(meant(path, text, symbol)), None)


def meant(path: str, text: str, symbol: str) -> Sequence[Definition]:
    """The definitions that a symbol may mean, in order."""
    name = bare(symbol)
    if not name or last_part(name) not in text:
        return ()
    found = by_last_part(path, text).get(last_part(name), ())
    called = [d for d in found if d.called(name)] or [d for d in found if name.endswith("." + d.name)]
    exact = [d for d in called if d.name == name] or called
    if exact or path.lower().endswith((*PROSE, *python.ENDINGS, *markdown.ENDINGS)):
        return exact
    return list(itertools.islice(lexical.named(path, text, name), 1))


__all__ = ["TABLE", "defined", "definitions", "meant"]
