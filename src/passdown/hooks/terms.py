"""The terms of a text by which a prompt and what is known are held against each other: word stems, names, and pairs of ideographs.

Without `re`, whose import costs half of a hook. The rendering of the table (`briefing.topics`) and its reading (`hooks.topics`) use the same terms.
"""

from itertools import pairwise

LEAST_CHARS = 3
MOST_CHARS = 60  # a longer run is a blob, a hash or a line of a log
MOST_TERMS = 300
MOST_SEEN = 50_000
JOINERS = "_./-"  # inside a name; at its ends they are punctuation
ENDINGS = ("ations", "ation", "ings", "ing", "edly", "ed", "es", "ly", "s", "e")
IDEOGRAPHS = 0x2E80  # from here on scripts that put no blank between words: pairs of characters stand for them


def stemmed(word: str) -> str:
    """A word in lower case without its commonest English ending."""
    if len(word) <= 5:
        return word[:-1] if len(word) > 3 and word[-1] == "s" else word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return next((word[: -len(end)] for end in ENDINGS if word.endswith(end)), word)


_KEPT = "".join(c if c.isalnum() or c in JOINERS else " " for c in map(chr, range(128)))


class Term:
    """A word of a text. levels: the word's stem; of a name the whole in lower case, of a path then its last part, then the stems of that: the first
    level that is known stands for the term. name: a path, file or symbol.
    """

    def __init__(self, *levels: tuple[str, ...], name: bool = False) -> None:
        self.levels, self.name = levels, name


def terms(text: str) -> list[Term]:
    """The terms of a text in order, each once, at most `MOST_TERMS`; name: a path, file or symbol."""
    found: dict[str, Term] = {}
    for word in _words(text):
        if len(found) >= MOST_TERMS:
            break
        word = word.strip(JOINERS)
        for term in _foreign(word.lower()) if not word.isascii() else _seen.get(word) or _remembered(word):
            found.setdefault(term.levels[0][0], term)
    return list(found.values())


def _words(text: str) -> list[str]:
    if text.isascii():
        return text.translate(_KEPT).split()
    return "".join(_KEPT[ord(c)] if c < "\x80" else c if c.isalnum() else " " for c in text).split()


_seen: dict[str, list[Term]] = {}  # ASCII words and what they stand for: a table of records has each a hundred times


def _remembered(word: str) -> list[Term]:
    if len(_seen) > MOST_SEEN:
        _seen.clear()
    return _seen.setdefault(word, _plain(word))


def _plain(word: str) -> list[Term]:
    """An ASCII word: at most one term."""
    folder, _, last = word.rpartition("/")
    parts = _parts(last)
    if len(word) > MOST_CHARS or not parts:
        return []
    stems = tuple(stem for part in parts if len(stem := stemmed(part)) >= LEAST_CHARS)
    if len(parts) == 1 and not folder:
        return [Term(stems)] if stems else []
    name = any(joiner in word for joiner in "_./") or (word[0].islower() and not word.islower())  # `end-to-end` and `GitHub` are words
    levels = ((word.lower(),) if folder else (), (last.lower(),) if len(parts) > 1 else (), stems)
    return [Term(*filter(None, levels), name=name)]


def _parts(word: str) -> list[str]:
    """`src/fooBar.py` → src, foo, bar, py."""
    for joiner in JOINERS:
        word = word.replace(joiner, " ")
    split = "".join(f" {c}" if c.isupper() and word[at - 1: at].islower() else c for at, c in enumerate(word))
    return split.lower().split()


def _foreign(word: str) -> list[Term]:
    """A word of another script: whole, or in pairs where words are not set apart. What of it is ASCII stands for itself."""
    found = [Term((before + c,)) for before, c in pairwise(word) if ord(before) >= IDEOGRAPHS <= ord(c)]
    for run in "".join(" " if ord(c) >= IDEOGRAPHS else c for c in word).split():
        if run.isascii():
            found += _plain(run.strip(JOINERS))
        elif LEAST_CHARS <= len(run) <= MOST_CHARS:
            found.append(Term((run,)))
    return found


__all__ = ["Term", "stemmed", "terms"]
