"""Entries that say nothing particular, are said twice, or belong to another subject."""

import re
from collections import Counter
from collections.abc import Iterator

from passdown.formats.grammar import BULLET
from passdown.formats.marked import MARK
from passdown.lint.base import Problem, Reading, Rule, World
from passdown.lint.grounding import NAME, blocks, frequencies, normal
from passdown.lint.words import SPAN, bag, says_nothing, shown
from passdown.loading.words import EMPTY, stem
from passdown.model.ids import ID

# Verbs and objects that fit any work: an entry made of nothing else names neither what was done nor to what.
LIGHT = frozenset(stem(w) for w in bag("""
fix fixed work worked working do did done make made change changed update updated improve improved improvement add added various some several many few other
stuff thing things bit misc miscellaneous etc minor small general further more additional issue problem bug error task item part piece code file test progress
continue continued continuing go going keep carry proceed start started finish finished complete completed cleanup clean cleaned polish polished tweak tweaked
refactor refactored handle handled look looked check checked review reviewed investigate investigated try tried implement implemented implementation feature
project session today yesterday everything something anything nothing all good great better nice well much lot lots step next remaining rest as needed needful
necessary required requirement mostly basically as usual same again still ongoing development debugging debug testing tested change refactoring enhancement
enhance optimize optimization optimized performance quality stability
"""))
PARTICULAR = re.compile(r"^(?i:what|how|why|when|only)\b|[`\d/\"“(]|[a-z][A-Z]|\b[A-Z]{2,}\b")
MOST_WORDS = 8
LEAST_SECTIONS, LEAST_BLOCKS, LEAST_TERMS = 3, 5, 20


def vague(reading: Reading, _world: World) -> Iterator[Problem]:
    """List entries and `Task:`, `Next step:` values of which every word is light, and that have no name, number or object."""
    if reading.layout is None:
        return
    prose = dict(reading.prose)
    for number, line in reading.prose:
        bullet = BULLET.match(line)
        if not bullet or line.rstrip().endswith(":"):
            continue
        text = line[bullet.end():]
        field = re.match(r"\**(?:task|next step|next|continue from|action)\**:\**\s+(.+)", text, re.IGNORECASE)
        if (field or not re.match(r"\**[\w /-]{2,30}\**:", text)) and light(field[1] if field else text) and not _has_children(line, prose, number):
            yield Problem(number, f"{shown(text)} could be said of any work", "Name what, and where: the file, the command, the error.")


def light(text: str) -> bool:
    """Whether nothing in a text is particular."""
    words = re.findall(r"[^\W\d_]+", text)
    if not 2 <= len(words) <= MOST_WORDS or PARTICULAR.search(text) or NAME.search(text) or says_nothing(text):
        return False
    content = [stem(w.lower()) for w in words if w.lower() not in EMPTY or stem(w.lower()) in LIGHT]
    return bool(content) and all(w in LIGHT for w in content) and words[0].isascii()


def _has_children(line: str, prose: dict[int, str], number: int) -> bool:
    below = prose.get(number + 1, "")
    return len(below) - len(below.lstrip()) > len(line) - len(line.lstrip())


def twice(reading: Reading, _world: World) -> Iterator[Problem]:
    """Blocks of a few words and more that stand there before, word for word."""
    seen: dict[str, int] = {}
    for block in blocks(reading):
        words = block.normal
        first = seen.setdefault(words, block.line)
        if first != block.line and len(normal(SPAN.sub("", block.text)).split()) >= LEAST_REPEATED and not block.text.startswith(("```", "~~~")):
            yield Problem(block.line, f"{shown(block.text)} stands in line {first} already", "Say it once.")


LEAST_REPEATED = 6


def same_mark(reading: Reading, _world: World) -> Iterator[Problem]:
    """Two lines that carry the mark of one record."""
    seen: dict[str, int] = {}
    for number, line in enumerate(reading.lines, 1):
        for match in MARK.finditer(line) if "<!-- pd:" in line else ():
            if not ID.fullmatch(match[1]):
                continue  # of a measured fact, such as `none`
            if match[1] in seen:
                yield Problem(number, f"the mark `{match[1]}` stands in line {seen[match[1]]} too: the second line counts as somebody else's",
                              "Take the comment out of the copy.")
            seen.setdefault(match[1], number)


def other_subject(reading: Reading, _world: World) -> Iterator[Problem]:
    """Sections of which no particular word stands anywhere else in the document."""
    found = blocks(reading)
    counts = frequencies(found)
    by_section: dict[str, list[int]] = {}
    for n, block in enumerate(found):
        by_section.setdefault(block.heading, []).append(n)
    for heading, own in by_section.items() if len(by_section) >= LEAST_SECTIONS else ():
        inside = Counter(word for n in own for word in found[n].all)
        if len(own) < LEAST_BLOCKS or len(inside) < LEAST_TERMS:
            continue
        shared = sum(counts[word] > times for word, times in inside.items())
        if shared <= len(inside) * STRANGE:
            yield Problem(found[own[0]].line, f"what stands below “{heading}” shares no word with the rest: is it another subject?",
                          "Give an unrelated subject a document of its own.")


STRANGE = 0.05


RULES = (
    Rule("vague", "warning", "An entry that could be said of any work (“fixed stuff”): no name, no number, no object.", vague, "B"),
    Rule("said-twice", "info", "The same text stands there twice: a reader pays for it twice, and edits one of them.", twice, "A, B"),
    Rule("duplicate-mark", "warning", "Two lines carry the mark of one record.", same_mark, "A–E"),
    Rule("topics-mixed", "info", "Unrelated subjects in one document: what one needs hides behind the other.", other_subject, "B"),
)

__all__ = ["RULES"]
