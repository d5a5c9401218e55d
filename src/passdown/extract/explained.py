"""The sentence in which an agent says why something failed."""

import re

from passdown.extract.words import content_words
from passdown.model.sentences import mask, sentences

LEAST_WORDS, MOST_CHARS = 6, 320
LEAST = 2

_CAUSE = re.compile(
    r"\bbecause\b|\b(?:root )?(?:issue|problem|cause|bug|culprit|reason|error|failure)s? (?:is|was|here is|comes|seems)\b|\bcaused by\b|\bdue to\b"
    r"|\bturns out\b"
    r"|\bthat's why\b|\bwhich (?:is why|means|causes?|breaks?|fails)\b")
_STATE = re.compile(
    r"\b(?:is|are|was|were) (?:missing|not|no longer|never|wrong|stale|undefined|empty|too|still)\b|\b(?:doesn't|don't|does not|do not|didn't|isn't"
    r"|aren't|wasn't|can't|cannot)\b"
    r"|\bexpect(?:s|ed|ing)?\b|\binstead of\b|\bno longer\b|\bonly (?:when|if|the|one|works)\b|\bneeds? (?:to|a|an|the)\b|\bmust\b|\bshould (?:be"
    r"|have)\b|\bafter\b|\bsince\b")
_NARRATES = re.compile(r"^(?:let me|now\b|i'll|i will|i need to|let's|next|first|ok(?:ay)?,? (?:let|now)|good|great|perfect|all )")
_PASSES = re.compile(r"\b(?:all|now|tests?) (?:\w+ )?pass(?:es|ed|ing)?\b|\bclean\b")
_NAMED = re.compile(r"`[^`]+`|\w+[_.(]\w|[a-z][A-Z]")
_DOUBTS = re.compile(r"\b(?:maybe|might|perhaps|could be|possibly|i think|probably|let me (?:check|look|see))\b|\?$")


def explanation(text: str, error: str) -> tuple[str, int] | None:
    """(sentence, how much it looks like a cause: 2 and up) of the one in a reply that explains an error best, the latest of equals; None when none does."""
    best: tuple[str, int] | None = None
    known = content_words(error)
    for sentence in sentences(text):
        worth = _worth(sentence, mask(sentence))
        worth += worth > 0 and not known.isdisjoint(content_words(sentence))
        if worth >= LEAST and (best is None or worth >= best[1]):
            best = sentence.rstrip(" :"), worth
    return best


def _worth(text: str, mask: str) -> int:
    if len(text.split()) < LEAST_WORDS or len(text) > MOST_CHARS or _PASSES.search(mask):
        return 0
    worth = 3 * bool(_CAUSE.search(mask)) + bool(_STATE.search(mask)) + bool(_NAMED.search(text))
    return worth - 2 * bool(_NARRATES.match(mask)) - 2 * bool(_DOUBTS.search(mask))


__all__ = ["explanation"]
