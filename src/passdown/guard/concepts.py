"""The lexicon of software concepts: which words, packages, identifiers, commands and flags stand for the same thing, and of which things a project
chooses one. General knowledge; `lexicon.txt` says what a line looks like.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import msgspec

IDEA = "~"
MOST_FORMS = 60
LONGEST = 3  # words of a form
LEAST_CHARS = 5  # of a form that is also known with an `s` behind it


class Lexicon(msgspec.Struct, frozen=True):
    """concepts: name and forms in lower case; the name of an idea, which is named more loosely than a thing, begins with `IDEA`.

    by_form: form and the names of its concepts. families: names of concepts that stand against each other.
    """

    concepts: Mapping[str, tuple[str, ...]]
    by_form: Mapping[str, tuple[str, ...]]
    families: tuple[frozenset[str], ...]


@cache
def lexicon() -> Lexicon:
    return parsed(files("passdown.guard").joinpath("lexicon.txt").read_text("utf-8"))


def parsed(text: str) -> Lexicon:
    """`name: form, form` a line; `~family: name, name`; `#` begins a comment, and `# ideas` the ideas."""
    concepts: dict[str, tuple[str, ...]] = {}
    families: list[tuple[str, ...]] = []
    mark = ""
    for line in text.splitlines():
        name, colon, rest = line.partition(":")
        listed = tuple(dict.fromkeys(f.strip().lower() for f in rest.split(",") if f.strip()))
        if line.startswith("#"):
            mark = IDEA if line.strip() == "# ideas" else mark
        elif colon and name.startswith("~"):
            families.append(listed)
        elif colon:
            concepts[mark + name.strip()] = tuple(dict.fromkeys((name.strip().replace("-", " "), name.strip(), *listed)))
    marked = tuple(frozenset(IDEA + name if name not in concepts and IDEA + name in concepts else name for name in family) for family in families)
    return Lexicon(MappingProxyType(concepts), MappingProxyType(_by_form(concepts)), marked)


def _by_form(concepts: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, own in concepts.items():
        for form in own:
            found.setdefault(form, []).append(name)
    return {form: tuple(names) for form, names in found.items()}


def named(words: Iterable[str]) -> tuple[str, ...]:
    """Concepts that a run of words names, by the longest forms first; a word counts for one form only."""
    run, found, at = [w.lower() for w in words], dict[str, None](), 0
    while at < len(run):
        length, concepts = _at(run, at)
        found.update(dict.fromkeys(concepts))
        at += length
    return tuple(found)


def _at(run: Sequence[str], at: int) -> tuple[int, tuple[str, ...]]:
    """How many words the longest form takes that begins there, and its concepts; 1 and none where none does."""
    by_form = lexicon().by_form
    for length in range(min(LONGEST, len(run) - at), 0, -1):
        if concepts := by_form.get(" ".join(run[at: at + length])):
            return length, concepts
    return 1, by_form.get(run[at].rstrip("s"), ()) if len(run[at]) >= LEAST_CHARS else ()


def forms(concept: str) -> tuple[str, ...]:
    return lexicon().concepts.get(concept, ())[:MOST_FORMS]


def rivals(concepts: Iterable[str]) -> frozenset[str]:
    """Concepts that stand against these, none of them."""
    own = frozenset(concepts)
    return frozenset(other for family in lexicon().families if family & own for other in family) - own


__all__ = ["IDEA", "Lexicon", "forms", "lexicon", "named", "parsed", "rivals"]
