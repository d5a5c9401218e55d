"""Lessons: what to do differently, in so many words."""

from passdown.extract.base import Candidate, Context, asks, labelled, signals, why, words
from passdown.extract.prose import Sentence

KIND = "lesson"
CUES = r"\blesson|\btake-?aways?\b|\bhindsight\b|\blearning\b|\bshould have\b|\bnext time\b"
HEADINGS = r"^\W*(?:\d+[.)] )?(?:key )?lessons(?: learned)?\b"

_LABEL = labelled(r"(?:key )?(?:lesson(?: learned)?|take-?away|learning)(?: for (?:next time|later|the future))?")
_HINDSIGHT = r"\b(?:in|with) hindsight\b.*\b(?:should|would|better)\b|\blooking back\b.*\bshould have\b"
_BETTER = r"^(?:\W*\w+,? )?(?:i|we) should have \w+.*\b(?:before|first|instead|earlier|from the start)\b"
_MEANT = r"\bverified\b|\bwould have been\b|\bgrepped\b|\byou should have\b|\bshould have (?:been|had|the|a|no)\b"

_signals = signals(label=_LABEL, hindsight=_HINDSIGHT, better=_BETTER, meant=_MEANT)


def find(sentence: Sentence, context: Context) -> Candidate | None:
    if asks(sentence) or words(sentence.mask) < 6 or context.speaker == "document":
        return None
    said = _signals(sentence.mask)
    return make(sentence) if "label" in said or (said & {"hindsight", "better"} and "meant" not in said) else None


def make(sentence: Sentence) -> Candidate:
    """The lesson that the sentence tells, with its reason."""
    reason = why(sentence.text, sentence.mask)
    return Candidate(KIND, sentence.text, {"why": reason} if reason else {})
