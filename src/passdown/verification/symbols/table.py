"""The ways of reading, the most exact first, and the questions asked of them."""

import functools
from collections.abc import Sequence

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


def defined(path: str, text: str, symbol: str) -> Definition | None:
    """The definition that a symbol means; None when the file has none, or nobody can tell which."""
    name = bare(symbol)
    if not name or name.rpartition(".")[2] not in text:
        return None
    found = definitions(path, text)
    meant = [d for d in found if d.called(name)] or [d for d in found if name.endswith("." + d.name)]
    exact = [d for d in meant if d.name == name] or meant
    if exact or path.lower().endswith((*PROSE, *python.ENDINGS, *markdown.ENDINGS)):
        return exact[0] if exact else None
    return next(lexical.named(path, text, name), None)



__all__ = ["TABLE", "defined", "definitions"]
