"""Cutting quotes: whole sentences, never a word broken."""

import re

from passdown.model.sentences import sentences

FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
# What comes before the answer, and what only says that it comes.
OPENER = re.compile(
    r"(?i)\W*(?:perfect|done|great|good|yes|yep|ok(?:ay)?|sure|all (?:clean|good|done|set|green)|excellent|nice|absolutely|got it"
    r"|you're right)\b[^.!?]{0,20}[.!?]*")
ANNOUNCES = re.compile(
    r"(?i):$|^\W*here(?:'s| is| are)\b[^.]{0,80}[.:]?$"
    r"|^\W*(?:what (?:i|was|we) (?:changed|did|done|built|added)|summary|changes(?: made)?|root cause|overview)\W*$")
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


def substance(found: list[str]) -> list[str]:
    """Sentences without the openers that say nothing of what was done, unless there is nothing else."""
    first = next((n for n, sentence in enumerate(found) if not OPENER.fullmatch(sentence) and not ANNOUNCES.search(sentence)), 0)
    return found[first:]


def quote(text: str, limit: int) -> str:
    """As many whole sentences from the start as fit into `limit` characters; the first is cut when even it does not.

    A sentence that only announces what follows (it ends in a colon) is never the last one.
    """
    said: list[str] = []
    for sentence in substance(sentences(plain(text))):
        if sum(map(len, said)) + len(said) + len(sentence) > limit:
            break
        said.append(sentence)
    while len(said) > 1 and ANNOUNCES.search(said[-1]):
        said.pop()
    return " ".join(said) or shorten(plain(text), limit)


__all__ = ["plain", "quote", "shorten"]
