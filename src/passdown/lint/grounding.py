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
from passdown.formats.grammar import untagged
from passdown.formats.marked import SEPARATOR, chunks, unmarked
from passdown.formats.outline import HEADING, name_of
from passdown.formats.unsaid import COMMENT, empty
from passdown.lint.base import Reading
from passdown.loading.words import EMPTY, stem
from passdown.model.record import SEVERITIES

# Linear: a path begins where nothing before it could be a part of it, and no two pieces that follow each other share characters.
NAME = re.compile(
    r"(?<![\w/.])(?![a-z]++[\s,;:)])"  # plain words are passed over first
    r"(?:(?<![@~+-])[\w.@~+-]*/[\w./@+-]*\w|\w++(?:\.\w++)+|"
    r"(?=\w+_\w)\w++|[a-z]+[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*|[A-Z]{2,}+[A-Z0-9]*+(?:-\d+)?|#\d+"
    r"|--?[a-z][\w-]+|[0-9a-f]{7,40}|\d[\d.,:/-]{0,80}\d\w*+|\w+\(\))(?![\w/])")
CODE = re.compile(r"`([^`\n]{2,200})`")
WORD = re.compile(r"[^\W\d_]{3,}")
PARTING = re.compile(r"[\s,;()\[\]{}\"'=]+")
CJK = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}"  # compiled where there is any: that takes a while
_FILLING = """
lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor incididunt labore dolore magna aliqua enim minim veniam quis nostrud exercitation
ullamco laboris nisi aliquip commodo consequat duis aute irure reprehenderit voluptate velit esse cillum fugiat nulla pariatur excepteur sint occaecat
cupidatat non proident sunt culpa qui officia deserunt mollit anim est laborum vestibulum vivamus pellentesque curabitur maecenas phasellus suspendisse
"""
FILLING = frozenset(_FILLING.split())


ECHO, ECHO_WORDS = 0.75, 4  # share of a block's particular words that make it an echo, of at least so many
QUOTE = re.compile(r"“([^”\n]{16,})”")
BESIDE = 10  # words beside a quote that do not say more than the quote did
STATES = frozenset(("clean", "dirty", "passing", "failing", "passed", "failed", "success", "failure", "fail", "pass", "succes"))
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
            elif text and not SEPARATOR.match(text) and not _says_nothing(text) and re.search(r"\w", text := untagged(text).strip()):
                yield block(line, text, heading, part.number)
            line += one.text.count("\n")


def _says_nothing(text: str) -> bool:
    """Whether a text, whatever form its style gives to that, says that there is nothing to say or that it is not known, or how the document is to be read."""
    plain = text.lstrip("-*+ ")
    if NOTHING.match(plain) or empty(plain) or any(words in text for words in ITSELF):
        return True
    return ("<!--" in text and bool(COMMENT.fullmatch(text))) or (text.endswith((":", ":**")) and bool(LABEL.fullmatch(text))) or bool(READING.match(text))


NOTHING = re.compile(r"(?:Nothing|Not|None) (?:was )?(?:known|noted|counted)\b|(?:[A-Z][\w ]{1,30}:\**\s*)?UNKNOWN\b(?: [-–—]|\.?$)")
ITSELF = (  # what a document says of itself
    "**Handoff Quality Score:", "**Confidence in Continuity:", "**Estimated Context Recovery Time:", "is quoted from a session and confirmed by nobody",
    "> New session, any agent:", "<metadata>")
READING = re.compile(r"\d+\. `[^`\n]+` ←")
LABEL = re.compile(r"\W*[A-Z][\w ]{1,40}:\W*")  # what follows is said below it
PLACEHOLDER = re.compile(r"\[[A-Z][A-Z0-9_/ -]+\]|<[a-z][\w -]*>|\{\{?[\w .-]+\}?\}")


def block(line: int, text: str, heading: str = "", section: int = 0) -> Block:
    """A text with what is particular in it."""
    said = PLACEHOLDER.sub(" ", text)
    names = {found.lower() for found in NAME.findall(said) if not (found.isupper() and _plain(found))}
    names |= {part.lower() for span in CODE.findall(said) for part in PARTING.split(span) if len(part) > 1 and not (part != span and _plain(part))}
    plain = WORD.findall(CODE.sub(" ", said).lower())
    filled = sum(w in FILLING for w in plain)
    wanted = set(plain) - EMPTY - (FILLING if filled > 2 else frozenset())
    stems = {stem(w) for w in wanted if w.isascii() or not re.match(CJK, w)}
    for run in () if text.isascii() else re.findall(CJK, text):
        stems |= {run[n: n + 2] for n in range(len(run) - 1)}
    terms = frozenset(s for s in stems if s not in GENERIC and s not in STATES and len(s) > 1)
    return Block(line, text, heading, section, frozenset(names), terms, frozenset(stems - terms), len(text.split()), filled)


def _plain(name: str) -> bool:
    """Whether what stands there as a name is a word that all projects use: in capitals (`CONTINUE FROM:`), or as a part of a command (`npm run test`)."""
    word = name.lower()
    return name.isalpha() and (stem(word) in GENERIC or word in EMPTY or word in SEVERITIES or word in STATES)


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
    quoted: set[str] = set()
    first: list[Block] = []
    again: list[Block] = []
    by_word: dict[str, list[int]] = defaultdict(list)
    for one in found:
        key = one.normal
        if key in seen:
            again.append(one)
        elif not _quotes_again(one.text, quoted) and not _echoes(one, first, by_word):
            quoted.update(QUOTE.findall(one.text))
            for word in one.all:
                by_word[word].append(len(first))
            first.append(one)
        seen.add(key)
    return first, again


def _quotes_again(text: str, above: set[str]) -> bool:
    """Whether a text is hardly more than quotes that stand above."""
    quotes = QUOTE.findall(text) if above and "“" in text else ()
    return bool(quotes) and above.issuperset(quotes) and len(re.findall(r"[^\W_]+", QUOTE.sub("", text))) <= BESIDE


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
