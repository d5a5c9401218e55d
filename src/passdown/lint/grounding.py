"""What a document's text is about: blocks, the words in each that say something particular, and how far each block belongs to the rest.

A word says something particular when it is a name (code, path, number, address) or no word of what all projects talk about. A block belongs to its document
when it shares such words with other blocks: text from elsewhere, and filling, shares none.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import msgspec

from passdown.briefing.generic import GENERIC
from passdown.formats.marked import SEPARATOR, chunks, unmarked
from passdown.formats.outline import HEADING, name_of
from passdown.formats.unsaid import COMMENT, empty
from passdown.lint.base import Reading
from passdown.loading.words import EMPTY, stem

NAME = re.compile(  # linear: a path begins where nothing before it could be a part of it, and no two pieces that follow each other share characters
    r"(?<![\w/.])(?:(?<![@~+-])[\w.@~+-]*/[\w./@+-]*\w|\w++(?:\.\w++)+|(?=\w+_\w)\w++|[a-z]+[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*|[A-Z]{2,}+[A-Z0-9]*+(?:-\d+)?|#\d+"
    r"|--?[a-z][\w-]+|[0-9a-f]{7,40}|\d[\d.,:/-]{0,80}\d\w*+|\w+\(\))(?![\w/])")
CODE = re.compile(r"`([^`\n]{2,200})`")
WORD = re.compile(r"[^\W\d_]{3,}")
CJK = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}"  # compiled where there is any: that takes a while
_FILLING = """
lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor incididunt labore dolore magna aliqua enim minim veniam quis nostrud exercitation
ullamco laboris nisi aliquip commodo consequat duis aute irure reprehenderit voluptate velit esse cillum fugiat nulla pariatur excepteur sint occaecat
cupidatat non proident sunt culpa qui officia deserunt mollit anim est laborum vestibulum vivamus pellentesque curabitur maecenas phasellus suspendisse
"""
FILLING = frozenset(_FILLING.split())


ECHO, ECHO_WORDS = 0.75, 4  # share of a block's particular words that make it an echo, of at least so many
MOST_ALIKE = 100  # blocks above that one is compared with, and that are looked up by one word


class Block(msgspec.Struct, frozen=True, dict=True):
    """A list entry, row, paragraph or fenced block. line: its first. heading: name of the nearest heading above. section: its number, 0 for none that is known.

    names: what is particular by its shape; terms: stems of other words that not all projects use; common: those of words that all use.
    words: how many words it has. filled: words of filling texts among them.
    """

    line: int
    text: str
    heading: str
    section: int
    names: frozenset[str]
    terms: frozenset[str]
    common: frozenset[str]
    words: int
    filled: int = 0

    @cached_property
    def all(self) -> frozenset[str]:
        return self.names | self.terms

    @cached_property
    def normal(self) -> str:
        return normal(self.text)


def blocks(reading: Reading) -> tuple[Block, ...]:
    """All blocks below headings and before them, in order; our marks are no text."""
    kept = vars(reading)  # rules and score ask for them one after the other
    if "_blocks" not in kept:
        kept["_blocks"] = tuple(_blocks(reading))
    found: tuple[Block, ...] = kept["_blocks"]
    return found


def _blocks(reading: Reading) -> Iterator[Block]:
    for first, part in reading.parts:
        heading = name_of(part.heading) if part.heading else ""
        line = first + part.heading.count("\n")
        for one in chunks(part.body):
            text = (unmarked(one.text) if "<!--" in one.text else one.text).strip()
            if match := HEADING.match(text):
                heading = name_of(match[0])
            elif text and not SEPARATOR.match(text) and re.search(r"\w", text) and not _says_nothing(text):
                yield block(line, text, heading, part.number)
            line += one.text.count("\n")


def _says_nothing(text: str) -> bool:
    """Whether a style only says that there is nothing to say, and how to say something."""
    return text.lstrip("-* ").startswith("Nothing known") or bool(ITSELF.search(text)) or empty(text.lstrip("-*+ ")) or bool(COMMENT.fullmatch(text))


ITSELF = re.compile(r"\*\*(?:Handoff Quality Score|Confidence in Continuity|Estimated Context Recovery Time):")  # what a document says of itself
PLACEHOLDER = re.compile(r"\[[A-Z][A-Z0-9_/ -]+\]|<[a-z][\w -]*>|\{\{?[\w .-]+\}?\}")


def block(line: int, text: str, heading: str = "", section: int = 0) -> Block:
    """A text with what is particular in it."""
    said = PLACEHOLDER.sub(" ", text)
    names = {found.lower() for found in NAME.findall(said)}
    names |= {part.lower() for span in CODE.findall(said) for part in re.split(r"[\s,;()\[\]{}\"'=]+", span) if len(part) > 1}
    plain = WORD.findall(CODE.sub(" ", said))
    filled = sum(w.lower() in FILLING for w in plain)
    stems = {stem(w.lower()) for w in plain if w.lower() not in EMPTY and not (filled > 2 and w.lower() in FILLING) and (w.isascii() or not re.match(CJK, w))}
    for run in () if text.isascii() else re.findall(CJK, text):
        stems |= {run[n: n + 2] for n in range(len(run) - 1)}
    terms = frozenset(s for s in stems if s not in GENERIC and len(s) > 1)
    return Block(line, text, heading, section, frozenset(names), terms, frozenset(stems - terms), len(text.split()), filled)


def frequencies(found: Sequence[Block]) -> Mapping[str, int]:
    """In how many blocks each particular word stands."""
    return Counter(word for one in found for word in one.all)


def cohesion(one: Block, in_blocks: Mapping[str, int]) -> float:
    """The share, 0 to 1, of a block's particular words that other blocks have too."""
    return sum(in_blocks[w] > 1 for w in one.all) / len(one.all) if one.all else 0.0


def normal(text: str) -> str:
    """A text as it is compared for being said twice: its words."""
    return " ".join(re.findall(r"\w+", text.lower()))


def parted(found: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Blocks that say something for the first time, and those that repeat one above word for word. What only says again what stands above is in neither."""
    seen: set[str] = set()
    first: list[Block] = []
    again: list[Block] = []
    by_word: dict[str, list[int]] = defaultdict(list)
    for one in found:
        key = one.normal
        if key in seen:
            again.append(one)
        elif not _echoes(one, first, by_word):
            for word in one.all:
                by_word[word].append(len(first))
            first.append(one)
        seen.add(key)
    return first, again


def _echoes(one: Block, above: Sequence[Block], by_word: Mapping[str, Sequence[int]]) -> bool:
    """Whether one block above has nearly all particular words of this one: then it has one of the rarest, as many as may be missing and one more."""
    words = one.all
    if len(words) < ECHO_WORDS or sum(word in by_word for word in words) < ECHO * len(words):
        return False
    most_missing = int((1 - ECHO) * len(words))
    rarest = sorted(words, key=lambda word: (len(by_word.get(word, ())), word))[: most_missing + 1]
    alike = Counter(n for word in rarest for n in by_word.get(word, ())[:MOST_ALIKE])
    return any(len(words & above[n].all) >= ECHO * len(words) for n, _ in alike.most_common(MOST_ALIKE))


__all__ = ["Block", "block", "blocks", "cohesion", "frequencies", "normal", "parted"]
