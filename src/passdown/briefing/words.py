"""Cutting quotes: whole sentences, never a word broken."""

import re

from passdown.model.sentences import sentences

FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
EMPHASIS = re.compile(r"\*\*|__|^\s*\|.*$", re.MULTILINE)


def plain(text: str) -> str:
    """Prose without code fences, table rows and emphasis."""
    return EMPHASIS.sub("", FENCE.sub("", text)).strip()


def shorten(text: str, limit: int) -> str:
    """One line of at most `limit` characters, cut behind a word."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:–-")
    return f"{cut or line[: limit - 1]}…"


def quote(text: str, limit: int) -> str:
    """As many whole sentences from the start as fit into `limit` characters; the first is cut when even it does not.

    A sentence that only announces what follows (it ends in a colon) is never the last one.
    """
    said: list[str] = []
    for sentence in sentences(plain(text)):
        if sum(map(len, said)) + len(said) + len(sentence) > limit:
            break
        said.append(sentence)
    while len(said) > 1 and said[-1].endswith(":"):
        said.pop()
    return " ".join(said) or shorten(plain(text), limit)


__all__ = ["plain", "quote", "shorten"]
