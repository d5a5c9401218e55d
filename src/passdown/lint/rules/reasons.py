"""Decisions and what was tried: with the reason, what was rejected, what was learned."""

import re
from collections.abc import Iterator

from passdown.lint.base import Problem, Reading, Rule, World
from passdown.lint.page import Entry
from passdown.lint.words import ALTERNATIVE, LESSON, LIST, REASON, is_foreign, says_nothing, shown, unmarked

ASKS_ALTERNATIVES = ("session-handoff", "session-log", "session-context/decisions", "decisions")  # styles whose source asks for what was rejected
ASKS_LESSON = ("session-log",)  # and for what a failure taught
EXPLAINED = 40  # words of a text that long says more than what was chosen
KIND = re.compile(r"(?i)^\*{0,2}(?:decision|approach|attempt|tried|failed|choice)\b[^:*]{0,20}(?::\*\*|\*\*:|:)\s*")  # a label that only says what the entry is
NUMBERED = ("session-context", "decisions")  # styles whose decisions are called by a number
NUMBER = re.compile(r"(?i)(?:\b(?:decision|adr|d)[\s_-]*#?(\d{1,4})\b|^\W*(\d{1,4})[.):])")


def judged(reading: Reading, kind: str) -> Iterator[Entry]:
    """Entries of a kind that say something, in words that rules know; a line that only leads on to others says nothing by itself."""
    for entry in reading.entries:
        if entry.kind == kind and entry.status == "active" and not says_nothing(entry.title) and not entry.title.endswith(":") \
                and not is_foreign(entry.text):
            yield entry


def explains(entry: Entry) -> bool:
    """Whether an entry's words give a reason; its label is none."""
    return REASON.search(unmarked(KIND.sub("", LIST.sub("", entry.text)))) is not None


def unexplained(reading: Reading, _world: World) -> Iterator[Problem]:
    for entry in judged(reading, "decision"):
        if not entry.detail("why") and not explains(entry) and len(entry.text.split()) < EXPLAINED:
            yield Problem(entry.first, f"{shown(entry.title)} was decided, nobody knows why", "Add `Why: …`: without it, it will be decided again.")


def without_alternatives(reading: Reading, _world: World) -> Iterator[Problem]:
    if reading.layout is None or not reading.layout.name.startswith(ASKS_ALTERNATIVES):
        return
    for entry in judged(reading, "decision"):
        if not entry.detail("alternative") and not ALTERNATIVE.search(entry.text) and len(entry.text.split()) < EXPLAINED:
            yield Problem(entry.first, f"{shown(entry.title)} does not say what was considered besides", "Add `Alternatives considered: …`.")


def unnumbered(reading: Reading, _world: World) -> Iterator[Problem]:
    """Decisions of a log in which others have numbers, or whose style gives each one; and numbers that two have."""
    if reading.layout is None or not reading.layout.name.startswith(NUMBERED) or "decision" not in reading.layout.name:
        return
    heads = [h for h in reading.headings if h.level in (2, 3)]
    numbered = [h for h in heads if NUMBER.search(h.title)]
    seen: dict[str, int] = {}
    for head in numbered:
        match = NUMBER.search(head.title)
        number = (match[1] or match[2]).lstrip("0") if match else ""
        if number in seen:
            yield Problem(head.line, f"the number of {shown(head.title)} is that of line {seen[number]} too", "Give it the next free number.")
        seen.setdefault(number, head.line)
    for head in heads if len(numbered) * 2 > len(heads) and len({h.level for h in numbered}) == 1 else ():
        if head not in numbered and head.level == numbered[0].level:
            yield Problem(head.line, f"{shown(head.title)} has no number, so that nothing can refer to it", "Give it the next free number.")


def failure_unexplained(reading: Reading, _world: World) -> Iterator[Problem]:
    for entry in failures(reading):
        if not entry.detail("why") and not explains(entry):
            yield Problem(entry.first, f"{shown(entry.title)} failed, nobody knows why", "Add `Root cause: …`: without it, it will be tried again.")


def failure_without_lesson(reading: Reading, _world: World) -> Iterator[Problem]:
    if reading.layout is None or not reading.layout.name.startswith(ASKS_LESSON):
        return
    for entry in failures(reading):
        if not entry.detail("lesson") and not entry.detail("instead") and not LESSON.search(entry.text):
            yield Problem(entry.first, f"{shown(entry.title)} failed; what does that teach?", "Add `Lesson: …`, or what was done instead.")


def failures(reading: Reading) -> Iterator[Entry]:
    return (entry for entry in judged(reading, "approach") if entry.detail("outcome") == "failed")


RULES = (
    Rule("decision-unexplained", "warning", "A decision without its reason is decided again.", unexplained, "B, C, E"),
    Rule("decision-without-alternatives", "info", "A decision that does not say what was rejected: it comes up again.", without_alternatives, "C"),
    Rule("decision-unnumbered", "warning", "A decision without a number, or with another one's: nothing can refer to it.", unnumbered, "E"),
    Rule("failure-unexplained", "warning", "A failed approach without its cause is tried again.", failure_unexplained, "B"),
    Rule("failure-without-lesson", "info", "A failed approach that taught nothing.", failure_without_lesson, "B"),
)

__all__ = ["RULES"]
