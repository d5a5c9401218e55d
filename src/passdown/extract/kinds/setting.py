"""Values that are set, and set again: a later one of the same thing replaces the earlier (see `merge`)."""

from passdown.extract.base import IMAGINES, Candidate, Context, asks, signals, words
from passdown.extract.prose import Sentence
from passdown.extract.values import NAMES, sets_value

KIND = "decision"
CUES = NAMES
HEADINGS = ""

_NARRATES = (
    r"\blet me\b|\bi'll\b|\bi need\b|\bbug\b|\bwrong\b|\berror\b|\bfail|\btests? (?:pass|fail|for|that)\b|\bwhen(?:ever)?\b|\bif\b|\b(?:every"
    r"|each) time\b|\bas soon as\b|\botherwise\b|\bunless\b|\bwithout\b|\bparameter\b|\bargument\b"
    r"|\bfunction\b|\bmethod\b|\bfield\b|\bcolumns?\b|\bprop\b"
             r"|^now\b|^(?:next|first|then|by default),? \b")

_signals = signals(narrates=_NARRATES, imagines=IMAGINES)


def find(sentence: Sentence, context: Context) -> Candidate | None:
    m = sentence.mask
    if asks(sentence) or not 5 <= words(m) <= 24 or context.speaker in ("document", "summary") or not sets_value(m) or _signals(m):
        return None
    return make(sentence)


def make(sentence: Sentence) -> Candidate:
    """The value that the sentence sets."""
    return Candidate(KIND, sentence.text, sort="value")
