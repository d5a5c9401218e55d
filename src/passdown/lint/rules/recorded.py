"""Sentences held against what the store knows, whether or not they carry a mark: a record said the other way round, a check said to have ended otherwise."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

import msgspec

from passdown.lint.base import Problem, Reading, Rule, World
from passdown.lint.grounding import QUOTE, blocks
from passdown.lint.words import shown
from passdown.loading.words import EMPTY, stem
from passdown.model.record import Record

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
STYLED = re.compile(r"\(not here\)|\(not verified\)|\[no priority\]|\[\s?[xX~-]?\s?\]|^\W*\**[A-Z][\w ]{1,30}:\**|\bnot in this text\b", re.MULTILINE)
NEGATIONS = frozenset(("not", "no", "never", "without", "cannot", "nor", "neither"))
_OPPOSED = (
    ("passed worked succeeded", "failed"), ("passes works", "fails"), ("passing", "failing"), ("pass", "fail"), ("success", "failure"), ("clean", "dirty"),
    ("enabled", "disabled"), ("accepted", "rejected"), ("green", "red"))
OPPOSITES: Mapping[str, frozenset[str]] = {
    word: frozenset(others.split()) for one, other in _OPPOSED for words, others in ((one, other), (other, one)) for word in words.split()}
LEAST = 5  # content words of a sentence that can be told to be a record's
ALIKE = 0.85  # share of them that the record has
FAILED = re.compile(r"(?i)\b(?:fail(?:s|ed|ing|ure)|broken)\b|❌")
PASSED = re.compile(r"(?i)\b(?:pass(?:es|ed|ing)|green|success(?:ful)?)\b|✅")
COUNTS = re.compile(r"(?i)\b(\d+) (?:pass(?:ed|ing)?|ok)\b[^.;()]{0,20}?\b(\d+) fail(?:ed|ing|ures?|s)?\b")
DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


@lru_cache(maxsize=1 << 12)
def said(text: str) -> "Said":
    words = [w.lower().replace("’", "'") for w in WORD.findall(text)]
    denials = sum(w in NEGATIONS or w.endswith("n't") for w in words)
    content = frozenset(stem(w) for w in words if w not in EMPTY and w not in NEGATIONS and w not in OPPOSITES and not w.endswith("n't"))
    return Said(content, denials, Counter(w for w in words if w in OPPOSITES), frozenset(DAY.findall(text)))


class Said(msgspec.Struct, frozen=True):
    """What a text says. content: stems that carry meaning. denials: how often it denies. outcomes: words of `OPPOSITES`, and how often. days: as written."""

    content: frozenset[str]
    denials: int
    outcomes: Mapping[str, int]
    days: frozenset[str]


def of_record(record: Record) -> Said:
    """All that a record says, its details and days too."""
    details = (value if isinstance(value, str) else "\n".join(value) for value in record.details.values())
    return said("\n".join((record.text, *details, record.created[:10], record.updated[:10])))


class Source(msgspec.Struct, frozen=True):
    """Something that is known. name: as a finding calls it. title: its beginning."""

    name: str
    title: str
    said: Said


def sources(world: World) -> Iterator[Source]:
    """Records, and what sessions said at their end."""
    yield from (Source(f"the record `{r.id[:12]}`", r.title, of_record(r)) for r in world.known)
    yield from (Source(f"the session of {s.ended[:10]}", s.last_words, said(f"{s.last_words}\n{s.ended[:10]}")) for s in world.sessions if s.last_words)


def contradicted(reading: Reading, world: World) -> Iterator[Problem]:
    """Blocks that say what one source says, and the opposite of it, or another day."""
    by_word: dict[str, list[Source]] = {}
    for source in sources(world):
        for word in source.said.content:
            by_word.setdefault(word, []).append(source)
    for block in blocks(reading) if by_word else ():
        for text in (block.text, *QUOTE.findall(block.text)):
            words = said(STYLED.sub(" ", text))
            known = _nearest(words.content, by_word)
            why = _against(words, known.said) if known else ""
            if known and why:
                yield Problem(block.line, f"{shown(text)} {why} {known.name} says: {shown(known.title, 100)}", "Correct the line, or record what holds now.")
                break


def _nearest(content: frozenset[str], by_word: Mapping[str, list[Source]]) -> Source | None:
    """What has nearly all of these words, None where nothing has, or they are too few to tell."""
    if len(content) < LEAST:
        return None
    known = {id(source): source for word in content for source in by_word.get(word, ())}
    best = max(known.values(), key=lambda one: (len(content & one.said.content), -len(one.said.content), one.name), default=None)
    return best if best and len(content & best.said.content) >= ALIKE * len(content) else None


def _against(words: Said, record: Said) -> str:
    """How they differ, "" where they do not. A part of a record may leave out a denial; only the whole of it may not."""
    whole = record.content <= words.content
    if any(times > record.outcomes.get(w, 0) and not OPPOSITES[w].isdisjoint(record.outcomes) for w, times in words.outcomes.items()):
        return "says the opposite of what"
    if words.denials > record.denials or (whole and words.denials < record.denials):
        return "denies, or no longer denies, what"
    if words.days and not words.days & record.days:
        return "names another day than"
    return ""


def miscounted(reading: Reading, _world: World) -> Iterator[Problem]:
    """Lines that say that something fails, with figures by which it passes, or the other way round."""
    for number, line in reading.prose:
        counts = COUNTS.search(line) if "fail" in line else None
        if counts is None:
            continue
        rest = line.replace(counts[0], "")
        failed, passed = bool(FAILED.search(rest)), bool(PASSED.search(rest))
        if failed != passed and failed == (counts[2] == "0"):
            yield Problem(number, f"{shown(line)} says {shown(counts[0])} of itself: one of them is wrong", "Run it again, and say what is so now.")


RULES = (
    Rule("record-contradicted", "warning", "A sentence says the opposite of a record with the same words, or another day.", contradicted, "A–E"),
    Rule("check-contradicted", "warning", "A check is said to fail, or to pass, and the figures beside that say the opposite.", miscounted, "A, C"),
)

__all__ = ["RULES"]
