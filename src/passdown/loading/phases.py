"""Which phase is being worked on, and which one a task speaks of."""

import re
from collections.abc import Iterable

from passdown.loading.markdown import Markdown

_NUMBERS = {word: n for n, word in enumerate(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"))}
PHASE = re.compile(rf"\b(?:phase|stage|milestone|sprint)\s*[-#:]?\s*(\d{{1,3}}|{'|'.join(_NUMBERS)})\b", re.IGNORECASE)
_STATE = re.compile(r"where (?:we|things) (?:are|stand)|current (?:state|status|phase|focus|work)|^status\b|^state\b|progress|now", re.IGNORECASE)
_DONE = re.compile(r"\b(?:complete[ds]?|done|finished|shipped|closed|behind us)\b|✅|✔|☑|\[x\]", re.IGNORECASE)
_NEXT = re.compile(
    r"\b(?:next|ready (?:to|for)|start(?:ing|ed)?|begin(?:ning)?|upcoming|current(?:ly)?|in progress|ongoing|working on|under way|now)\b"
    r"|\bwe(?:'re| are) (?:on|in|at)\b|🔄|🚧|⏳|▶|←", re.IGNORECASE)
_LATER = re.compile(r"\b(?:not (?:before|until)|until|defer\w*|postpone\w*|later|after)\b|⏸|❌", re.IGNORECASE)
_CLAUSE = re.compile(r"[.;,(|]\s|—|–|→")
LINES = 60  # of the state section


def number(word: str) -> int:
    """`3` or `three` as a number."""
    return _NUMBERS[word.lower()] if word.lower() in _NUMBERS else int(word)


def named(text: str) -> int:
    """The first phase that a text names, -1 when it names none."""
    match = PHASE.search(text)
    return number(match[1]) if match else -1


def current(page: Markdown) -> int:
    """The phase that a session context says is being worked on, -1 when it does not say.

    The one said to be current, next or about to start; else the one behind the last that is done; else the first one named.
    """
    done, coming, first = -1, -1, -1
    for clause in _clauses(page):
        at = named(clause)
        if at < 0 or _LATER.search(clause):
            continue
        first = at if first < 0 else first
        if _DONE.search(clause):
            done = max(done, at)
        elif coming < 0 and _NEXT.search(clause):
            coming = at
    if coming > done or (coming >= 0 and done < 0):
        return coming
    return done + 1 if done >= 0 else first


def _clauses(page: Markdown) -> Iterable[str]:
    """What is said below the heading that tells where things stand; of the whole text where there is none. Headings count too."""
    section = next((s for s in page.sections if _STATE.search(s.title)), None)
    first, last = (section.first, min(section.last, section.first + LINES)) if section else (1, LINES)
    for line in page.lines[first - 1: last]:
        words = line[:1_000].replace("*", "")
        yield from _CLAUSE.split(words) if len(PHASE.findall(words)) > 1 else [words]


__all__ = ["PHASE", "current", "named", "number"]
