"""Places in the repository that a sentence names: paths, with lines where it gives them, and functions. Nothing is looked up here."""

import re

from passdown.model.anchor import Anchor

MOST = 6  # anchors of one record; a sentence that names more is a list

_TAIL = r"(?::(\d{1,6})(?:-(\d{1,6}))?)?"
_PATH = re.compile(
    rf"(?<![\w/.@~:-])(?:\./)?((?:[\w.@+-]+/)+[\w.@+-]*\.\w{{1,10}}|(?:[\w@+-]+\.)+(?:py|pyi|go|ts|tsx|js|jsx|mjs|rs|rb|java|kt|c|h|cc|cpp|hpp|cs|"
                   rf"php|swift|sh|sql|md|toml|yaml|yml|json|css|scss|html|vue|svelte|proto|tf|lock|cfg|ini|env)){_TAIL}(?![\w/])")
_SYMBOL = re.compile(r"`([A-Za-z_][\w.]*)\(\)?`|`(\w*[a-z]\w*(?:[A-Z]\w*|_\w+))`|\b([A-Za-z_]\w+(?:\.\w+)*)\(\)")
_DEFINABLE = re.compile(r"`([A-Za-z_$][\w$]*(?:(?:\.|::)[\w$]+)*)(?:\(\))?`|\b([A-Za-z_]\w+(?:\.\w+)*)\(\)")
_SEVERAL = re.compile(r"[\w@+-]+\.[a-z]{1,4}(?:/[\w@+-]+\.[a-z]{1,4})+")
_URL = re.compile(r"\b[a-z]+://\S+")


def anchors(text: str) -> tuple[Anchor, ...]:
    """Anchors in order of mention, not yet seen (`seen` is ""). A symbol belongs to the only path named; with none or several it stands in no anchor."""
    plain = _URL.sub(" ", text)
    found = {path: (int(m[2] or 0), int(m[3] or m[2] or 0)) for m in _PATH.finditer(plain) if ".." not in m[1] for path in _each(m[1].removeprefix("./"))}
    named = {next(g for g in m.groups() if g) for m in _SYMBOL.finditer(plain)}
    symbol = named.pop() if len(found) == 1 and len(named) == 1 else ""
    return tuple(Anchor(path, first, max(first, last), symbol) for path, (first, last) in list(found.items())[:MOST])


def _each(path: str) -> list[str]:
    """`AGENTS.md/CLAUDE.md` as the two files that are meant."""
    return path.split("/") if _SEVERAL.fullmatch(path) else [path]


def symbols(text: str) -> list[str]:
    """Names in the text that a file may define, each once, in order: any name between backticks, others with brackets behind them; no paths."""
    plain = _URL.sub(" ", text)
    names = (m[1] or m[2] for m in _DEFINABLE.finditer(plain))
    return [name for name in dict.fromkeys(names) if not _PATH.fullmatch(name)]


__all__ = ["anchors", "symbols"]
