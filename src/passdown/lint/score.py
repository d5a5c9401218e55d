"""How good a document is for the next session: a pure function of what it says and of the findings, explained line by line.

Points are earned by aspects that a next session needs, each by how much particular it says that belongs to the document (`grounding`): one more word on what
is said already earns little, a word that is repeated earns nothing, filling and text from elsewhere lose points. Findings take a share away. Length, headings
and form earn nothing. `docs/score.md` has the figures and how they were chosen.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from passdown.formats import outline
from passdown.formats.base import Layout
from passdown.lint.base import Reading, World
from passdown.lint.garbled import Garbled, garbled
from passdown.lint.grounding import Block, blocks, cohesion, frequencies, parted
from passdown.model.finding import Finding, Severity
from passdown.model.record import Record

Confidence = Literal["HIGH", "MEDIUM", "LOW"]


class Aspect(msgspec.Struct, frozen=True):
    """What a next session asks. weight: its share of ten points. enough: particular words that earn two thirds of them.

    headings: words that sections on it have. minutes: what it takes to find out when the document does not say it.
    """

    name: str
    asks: str
    weight: float
    enough: float
    headings: re.Pattern[str]
    minutes: int


def _words(*stems: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(stems) + r")", re.IGNORECASE)


ASPECTS: tuple[Aspect, ...] = (  # a heading belongs to the first that knows it
    Aspect("failed", "what did not work, and why", 1.2, 8, _words(
        "fail", "dead end", "not work", "not to do", "avoid", "tried", "pitfall", "anti-pattern"), 10),
    Aspect("decisions", "what is settled, why, and what was rejected", 1.6, 12, _words(
        "deci[sd]", "trade-?off", "rationale", "adr", "alternativ", "chos"), 10),
    Aspect("blockers", "what is in the way, and what only the user can say", 0.5, 4, _words(
        "block", "depend", "question", "clarif", "waiting", "open issue"), 3),
    Aspect("next", "what comes next, and where", 1.8, 12, _words(
        "next", "todo", "to do", "pending", "remain", "resume", "continu", "immediate", "short-term", "future", "not yet", "untried", "haven", "priorit",
        "plan", "backlog", "incomplete", "recommend", "investigat",
        "first action", "cross-phase"), 10),
    Aspect("verify", "how to run it, and how it was seen to work", 0.9, 8, _words(
        "verif", "test", "quick ?start", "command", "build", "validat", "smoke", "how to run",
        "check", "environment"), 5),
    Aspect("state", "where things stand", 2.0, 15, _words(
        "state", "status", "current", "goal", "summary", "context", "progress", "done", "complet", "achiev", "accompl", "work", "where we are",
        "overview", "now", "file", "change", "git", "metric", "continuity", "focus", "feature", "session", "result", "what happened", "log"), 8),
    Aspect("knowledge", "what is not obvious", 2.0, 15, re.compile(""), 8),  # everything else that is particular
)
KINDS: Mapping[str, str] = {
    "decision": "decisions", "blocker": "blockers", "question": "blockers", "task": "next", "command": "verify", "milestone": "state"}
TAKES: Mapping[Severity, float] = {"error": 0.035, "warning": 0.012, "info": 0.004}  # of all points, by the first finding of a code; further ones take less
FEW = 0.1  # share of a block's particular words that others have, below which it does not belong to its document (5 % of real blocks lie below .17)
STRANGE_WORDS, STRANGE_TERMS = 8, 4  # a block of fewer words, or fewer particular ones, cannot be told to be strange
SHORT = 0.3  # what a short block counts at least
REASON = 0.7  # names that a reason is worth
REASONED = re.compile(r"(?i)\b(?:because|so that|due to|in order to|otherwise|rather than|instead of|why|rationale|reason|root cause|therefore|thus)\b")
COMES_NEXT = re.compile(r"(?i)[\W\d]*(?:next(?: steps?| action)?|continue from|resume(?: at| from| with)?)\**:")
STRANGE, REPEATED, EMPTY = 0.03, 0.02, 0.004  # shares that a block takes which is filling or from elsewhere, said twice, or says nothing particular
SCRAMBLED = 0.03  # share that a block takes whose words stand in no order; it earns nothing
SALAD, ALLOWED = 8.0, 0.2  # what the part of the prose takes that is no sentences, above what real documents have (95 % of them .12 and less)
SHARED = 0.3  # how much less a word is worth in each of n blocks that say it: n to the power of minus this
PLAIN, COMMON = 0.35, 0.03  # what a particular plain word is worth beside a name, and one that all projects use
FIRST = 0.6  # below 1: the first words on an aspect earn more than later ones
PLAIN_PER_NAME, PLAIN_FREE = 3.0, 1.0  # plain words that count for each name of an aspect: a text without a name says little
WORDS_A_MINUTE = 220


TEN = 10.0
WIDE = 4  # a layout with sections on so many aspects is there for all


class Assessment(msgspec.Struct, frozen=True):
    """score: 0 to 10. recovery: minutes until a next session can go on. explained: points and why, those earned first, in the order of `ASPECTS`."""

    score: float
    confidence: Confidence
    recovery: int
    explained: tuple[tuple[float, str], ...]


def assess(reading: Reading, findings: Sequence[Finding], world: World) -> Assessment:
    """The score of a document, with the confidence and the time that follow from the same facts."""
    told, again = parted(blocks(reading))
    wrong = garbled(told)
    found = [one for one in told if one.line not in wrong.scrambled]
    scope = _scope(reading.layout)
    share = TEN / sum(a.weight for a in ASPECTS if a.name in scope)
    earned = {a.name: points * share for a, points in _earned(reading, found, scope)}
    kept, taken = 1.0, []
    for taking, why in (*_taken(found, again, findings), *_garbled(wrong)):
        kept *= math.exp(-taking)
        taken.append((taking, why))
    total = sum(earned.values())
    score = min(10.0, max(0.0, total * kept))
    lost = total - score
    parts = sum(taking for taking, _ in taken) or 1.0
    explained = [(round(earned[a.name], 2), f"{a.name}: {a.asks}") for a in ASPECTS]
    explained += [(-round(lost * taking / parts, 2), why) for taking, why in taken]
    return Assessment(round(score, 4), _confidence(score, earned, findings, world), _recovery(found, earned, findings), tuple(explained))


def _scope(layout: Layout | None) -> frozenset[str]:
    """The aspects that a document of this layout is there for: all, unless its sections are about few of them, as those of a decision are."""
    sections = layout.sections if layout else ()
    told = {_by_heading(outline.name_of(f"# {s.name}")) for s in sections} | {KINDS.get(s.kind, "knowledge") for s in sections if s.kind}
    return frozenset(told if 0 < len(told) < WIDE else (a.name for a in ASPECTS))


def _earned(reading: Reading, found: Sequence[Block], scope: frozenset[str]) -> Iterator[tuple[Aspect, float]]:
    """Points of each aspect; what is said on one that the document is not there for counts for its main one."""
    in_blocks = frequencies(found)
    main = max((a for a in ASPECTS if a.name in scope), key=lambda a: a.weight).name
    kinds = _records(reading)
    names: dict[str, float] = dict.fromkeys((a.name for a in ASPECTS), 0.0)
    plain = dict(names)
    common = dict(names)
    for one in found:
        about, belongs = _aspect(one, kinds), _belonging(one, in_blocks)
        name = about if about in scope else main
        names[name] += belongs * (_worth(one.names, in_blocks) + REASON * bool(REASONED.search(one.text)))
        plain[name] += belongs * _worth(one.terms, in_blocks)
        common[name] += len(one.common)
    for aspect in ASPECTS:
        named = names[aspect.name]
        free = PLAIN_FREE + PLAIN_PER_NAME * named
        said = named + PLAIN * _bounded(plain[aspect.name], free) + COMMON * _bounded(common[aspect.name], free)
        yield aspect, aspect.weight * (said / (said + aspect.enough)) ** FIRST


def _worth(words: frozenset[str], in_blocks: Mapping[str, int]) -> float:
    return math.fsum(in_blocks[w] ** -SHARED for w in words)


def _bounded(amount: float, most: float) -> float:
    """More for more, and never `most`."""
    return most * amount / (most + amount)


def _records(reading: Reading) -> Mapping[int, Record]:
    """By line: the record that the document says there; not one that is the whole document, of which each section is about something else."""
    some = [f for f in reading.found if 2 * (f.last - f.first) < len(reading.lines)]
    return {line: f.record for f in some for line in range(f.first, f.last + 1)}


def _aspect(one: Block, kinds: Mapping[int, Record]) -> str:
    """By what the document says there as a record, else by a label that says what comes next, else by the heading."""
    record = kinds.get(one.line)
    if record:
        if record.kind == "approach":
            return {"failed": "failed", "untried": "next"}.get(record.detail("outcome"), "knowledge")
        if record.kind == "task" and (record.detail("state") == "done" or record.status == "resolved"):
            return "state"
        return KINDS.get(record.kind, "knowledge")
    return "next" if COMES_NEXT.match(one.text) else _by_heading(one.heading)


def _by_heading(heading: str) -> str:
    return next(a.name for a in ASPECTS if a.headings.search(heading))


def _belonging(one: Block, in_blocks: Mapping[str, int]) -> float:
    """0 for a block that shares no particular word with the document, 1 where half of them are shared and more.

    What is not shared counts as far as the shared carry it, so that a word more never makes a block worth less.
    """
    shared = sum(in_blocks[w] > 1 for w in one.all)
    alone = len(one.all) - shared
    told = (shared + shared * alone / (shared + alone)) / len(one.all) if shared else 0.0
    return max(told, SHORT) if one.words < STRANGE_WORDS else told


def _taken(found: Sequence[Block], again: Sequence[Block], findings: Sequence[Finding]) -> Iterator[tuple[float, str]]:
    """Shares of the points that are lost, and why."""
    in_blocks = frequencies(found)
    empty = [b for b in found if not b.all and not b.filled and b.words >= STRANGE_WORDS]
    strange = [b for b in found if b.words >= STRANGE_WORDS and (b.filled > 2 or (len(b.all) >= STRANGE_TERMS and cohesion(b, in_blocks) < FEW))]
    if empty:
        yield EMPTY * len(empty), f"{len(empty)} blocks say nothing particular (first in line {empty[0].line})"
    if strange:
        yield STRANGE * len(strange) ** 0.8, f"{len(strange)} blocks share no word with the rest: filling, or from elsewhere (first in line {strange[0].line})"
    if again:
        yield REPEATED * len(again) ** 0.8, f"{len(again)} blocks are said twice (first in line {again[0].line})"
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    for code, every in by_code.items():
        yield TAKES[every[0].severity] * len(every) ** 0.7, f"{code}: {every[0].message}" + (f", and {len(every) - 1} more" if len(every) > 1 else "")


def _garbled(wrong: Garbled) -> Iterator[tuple[float, str]]:
    """Shares that are lost to words without the order of sentences, and why."""
    if wrong.scrambled:
        line, example = next(iter(wrong.scrambled.items()))
        yield SCRAMBLED * len(wrong.scrambled) ** 0.8, f"{len(wrong.scrambled)} blocks whose words stand in no order (first in line {line}: “{example}”)"
    if wrong.share > ALLOWED:
        yield SALAD * (wrong.share - ALLOWED), f"{len(wrong.scrambled) + len(wrong.unjoined)} of {wrong.prose} blocks of prose are words, not sentences"


def _confidence(score: float, earned: Mapping[str, float], findings: Sequence[Finding], world: World) -> Confidence:
    """HIGH: it says where things stand and what comes next, and nothing in it was found to be false. LOW: it says neither, or much is false."""
    wrong = sum(f.severity == "error" for f in findings)
    told = min(earned["state"], earned["next"])
    if score >= 6 and told >= 0.5 and not wrong and world.exists is not None:
        return "HIGH"
    return "LOW" if score < 3 or told < 0.15 or wrong > 5 else "MEDIUM"


def _recovery(found: Sequence[Block], earned: Mapping[str, float], findings: Sequence[Finding]) -> int:
    """Minutes: to read it, to find out what it does not say, to look after what is wrong in it."""
    reading = sum(b.words for b in found) / WORDS_A_MINUTE
    missing = sum(a.minutes * (1 - min(1.0, earned[a.name] / (0.5 * a.weight))) for a in ASPECTS)
    wrong = {"error": 2.0, "warning": 0.5, "info": 0.0}
    return max(1, round(reading + missing + sum(wrong[f.severity] for f in findings[:50])))


__all__ = ["ASPECTS", "Assessment", "assess"]
