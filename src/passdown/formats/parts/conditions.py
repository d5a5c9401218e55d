"""When a part of a memory document is to be loaded: conditions and triggers made from the words of the records themselves.

A word tells a block apart when it names something: an identifier, a file, a proper name, a long word. What every task says ("add", "fix", "code") asks for
nothing.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from posixpath import basename, splitext

from passdown.formats.base import Item, Material
from passdown.formats.personal import masked
from passdown.loading.words import EMPTY, EVERYTHING, stem
from passdown.model.record import Record
from passdown.model.suspect import suspect

PER_RECORD = 4  # words by which one record is asked for
MOST = 40  # alternatives of one block
TRIGGERS = 60  # of a whole document
SHORT = 4  # letters of a word that tells something though nothing marks it as a name
_CODE = re.compile(r"`([^`\n]{2,60})`")
_WORD = re.compile(r"[^\W\d_][\w-]*[^\W_]|[^\W\d_]{2,}")
_NAME = re.compile(r"[a-z][A-Z]|[A-Z]{2}|_|-")
_SAYING = """
always never each every either still already later before because when where which what should must cannot could would does done keep kept call called sure
because again other same only also both with without into from onto value values instead while until since there here them these those line lines text name
"""


def block(topic: str) -> Callable[[Sequence[Item], Material], tuple[Item, Item]]:
    """What stands around the records of a section: `<LOAD_IF task="…">`, whose alternatives are the section's topic (`a|b`) and the records' own words."""
    own = topic.split("|")
    key = f"load-{own[0].replace(' ', '-')}"

    def around(items: Sequence[Item], material: Material) -> tuple[Item, Item]:
        known = {r.id: r for r in (*material.records, *material.done)}
        words = dict.fromkeys([*own, *_dealt([terms(known[i.key]) for i in items if i.key in known])])
        return Item(key, f'<LOAD_IF task="{"|".join(list(words)[:MOST])}">'), Item(f"{key}-end", "</LOAD_IF>")

    return around


def _dealt(found: Sequence[Sequence[str]]) -> Iterator[str]:
    """The first word of each record, then the second of each: so that none is without one when there are too many."""
    for n in range(PER_RECORD):
        yield from (words[n] for words in found if n < len(words))


@cache
def sayings() -> frozenset[str]:
    """Stems of words that every task says."""
    from passdown.loading.decisions import COMMON  # 2 ms of patterns, which whoever only reads documents need not pay

    return COMMON | frozenset(map(stem, EMPTY)) | frozenset(stem(word) for word in re.findall(r"\w+", _SAYING))


def terms(record: Record) -> tuple[str, ...]:
    """The words that a record is asked for by, the most telling first, at most `PER_RECORD`; two with one stem are one. None where it speaks to an agent."""
    found: dict[str, tuple[int, str]] = {}
    for weight, word in () if suspect(record.title) else _weighed(record):
        plain = word.lower()
        key = stem(plain)
        if key not in sayings() and plain not in EVERYTHING and len(plain) > 1 and weight > found.get(key, (0, ""))[0]:
            found[key] = (weight, plain)
    ranked = sorted(found.values(), key=lambda one: -one[0])
    return tuple(word for _, word in ranked[:PER_RECORD])


def _weighed(record: Record) -> Iterator[tuple[int, str]]:
    """Words with what they count: names in code and files the most, then marked names, then long words."""
    title = masked(record.title)
    for anchor in record.anchors[:3]:
        yield from ((3, word) for word in _WORD.findall(splitext(basename(anchor.path))[0]))
    for code in _CODE.findall(title):
        yield from ((4, word) for word in _WORD.findall(code))
    for n, word in enumerate(_WORD.findall(title)):
        if _NAME.search(word) or (n and word[0].isupper()):
            yield 3, word
        elif len(word) > SHORT:
            yield 2, word
        elif len(word) == SHORT:
            yield 1, word


def triggers(material: Material, domain: str) -> tuple[str, ...]:
    """The words that ask for the document, and so for its bases: its domain, the first word of each record, then the others, the most frequent first."""
    found = [terms(record) for record in material.records]
    counted = Counter(word for words in found for word in words)
    firsts = (words[0] for words in found if words)
    words = dict.fromkeys([domain, *firsts, *(word for word, _ in counted.most_common())])
    return tuple(word for word in words if word not in EVERYTHING)[:TRIGGERS]


__all__ = ["block", "terms", "triggers"]
