"""What the user picked when the agent asked by tool: a decision, in the words of question and answer.

Forms known: the result of Claude Code's AskUserQuestion (`"question"="answer"` pairs, the call's questions with their options in brackets; seen 2026-02), and
SpecStory's Markdown of it (each question in bold above a list of options; all answers in one line, with commas between; seen 2026-06).
"""

import re
from collections.abc import Iterator

import msgspec

from passdown.extract.base import LEAST_WORDS, TEXT_CHARS, Candidate
from passdown.extract.runs import NO_FAILURE
from passdown.model.record import Detail

MOST_CHARS = 6_000  # of the questions of one call
QUALIFIED_CHARS = 40  # more than the option's name has: then the answer to a single question says more than that it was picked
OWN_WORDS = 5  # of an answer that is none of the options

_PAIR = re.compile(r'"((?:[^"\\]|\\.){8,400})"="((?:[^"\\]|\\.){2,200})"')
_LISTED = re.compile(r"^\*\*(?P<question>[^\n]{8,600}?)\*\*(?: _\([^\n)]*\)_)?[ \t]*\n(?:Options:\n)?(?P<options>(?:- [^\n]+(?:\n|\Z))+)", re.MULTILINE)
_OPTION = re.compile(r"^- \*\*(?P<label>[^\n]{1,120}?)\*\*(?: - (?P<what>[^\n]*))?$", re.MULTILINE)
_BRACKETED = re.compile(r"^(?P<question>[^\n]{8,600}?) \((?P<labels>[^()\n]+ / [^\n]+)\)$", re.MULTILINE)
_PREVIEW = "selected preview:"  # behind the option that was picked, where the host showed what it would look like
_ADVISED = re.compile(r"\s*\((?:recommended|default)\)\s*$", re.IGNORECASE)
# Asked about the next move, not about the work: the answer is used up at once.
_PERMITS = re.compile(
    r"\b(?:should|shall|can|may|could) i\b|\b(?:want|like) me to\b|\bready to\b|\bhow (?:should|shall) (?:i|we) proceed\b|\b(?:would|do) you "
    r"(?:like|want) (?:me )?to\b|\bproceed\b|\bwhat should i\b|\bhow do(?:es)? (?:this|that|it|these|those)\b"
    r"|\b(?:looks?|sounds?) (?:good|right|ok)\b", re.IGNORECASE)
_PUTS_OFF = re.compile(r"(?:skip|decide|later|not now|none|nothing|defer|no preference)\b", re.IGNORECASE)  # an answer that settles nothing
_ASKS_BACK = re.compile(r"\?|^\W*(?:explain|what|why|which|how|wait|i don'?t (?:know|see|understand|get))\b", re.IGNORECASE)


class Asked(msgspec.Struct, frozen=True):
    """One question with its options: label → what it means, "" where that is not told."""

    question: str
    options: dict[str, str]


def picked(asked: str, told: str) -> Iterator[Candidate]:
    """The decisions in the answers `told` to the questions `asked`, in order; none for questions about the next move, or where the user asks back."""
    if NO_FAILURE.search(told[:500]):
        return
    questions = {q.question: q for q in _questions(asked)}
    pairs = [(m[1], m[2]) for m in _PAIR.finditer(told)] or list(_matched(list(questions.values()), told))
    for question, answer in pairs:
        if not _PERMITS.search(question) and (found := _decision(questions.get(question) or Asked(question, {}), answer)):
            yield found


def _questions(asked: str) -> Iterator[Asked]:
    for m in _LISTED.finditer(asked):
        yield Asked(m["question"], {o["label"]: o["what"] or "" for o in _OPTION.finditer(m["options"])})
    for m in _BRACKETED.finditer(asked):
        yield Asked(m["question"], dict.fromkeys(m["labels"].split(" / "), ""))


def _matched(questions: list[Asked], told: str) -> Iterator[tuple[str, str]]:
    """Each question with the option that the line of answers names; an answer in the user's own words only where one thing was asked."""
    at = 0
    for q in questions:
        found = [(m.start(), label) for label in q.options if (m := _whole(label).search(told, at))]
        start, label = min(found, key=lambda f: (f[0], -len(f[1])), default=(-1, ""))
        qualified = len(questions) == 1 and len(told) > len(label) + QUALIFIED_CHARS and _PREVIEW not in told
        if found and not qualified:
            at = start + len(label)
            yield q.question, label
        elif len(questions) == 1 and len(told.split()) >= OWN_WORDS and not _ASKS_BACK.search(told.strip()):
            yield q.question, " ".join(told.split())


def _whole(label: str) -> re.Pattern[str]:
    """The option as an answer by itself: "No" is not in "Nothing decided", nor "Yes" in "Yes is likely"."""
    return re.compile(r"(?:(?<=[\n:\"“])|(?<=[,:] )|^)" + re.escape(label) + r"(?=\s*(?:[,\n\"”.;]|$))")


def _decision(asked: Asked, answer: str) -> Candidate | None:
    """The answer below its question, and below that what the option means, where it fits."""
    label, meant = _ADVISED.sub("", answer), asked.options.get(answer, "")
    text = f"{asked.question}\n{label}"
    text = f"{text}\n{meant}" if meant and len(text) + len(meant) < TEXT_CHARS else text
    if len(text) > TEXT_CHARS or len(text.split()) < LEAST_WORDS or _PUTS_OFF.match(label):
        return None
    others = tuple(_ADVISED.sub("", o) for o in asked.options if o != answer) if answer in asked.options else ()
    details: dict[str, Detail] = {"alternative": others} if others else {}
    return Candidate("decision", text, {**details, "approval": "user"}, quote=label)


__all__ = ["MOST_CHARS", "picked"]
