"""Data to test with, and until or since when it is right."""

import re

from passdown.extract.base import IMAGINES, Candidate, Context, asks, signals, words
from passdown.extract.prose import Sentence
from passdown.model.record import Detail

KIND = "test-data"
CUES = (
    r"\btest[ -]?(?:data|account|user|tenant|customer|card|set)|\bfixtures?\b|\bsample\b|\bdump\b|\bseed data|\bdummy\b"
    r"|\bsandbox (?:account|user|data|tenant)")
HEADINGS = r"^\W*(?:\d+[.)] )?test (?:data|accounts|users)\W*$"

_WHAT = (
    r"\btest[ -]?(?:data|accounts?|users?|tenants?|customers?|cards?|set|store|shop)\b|\bfixtures?\b|\bsample (?:data|file|account|set)\b|\bdump\b"
    r"|\bseed data\b|\bsandbox (?:account|user|data|tenant)\b")
_DATE = r"(\d{4}-\d\d-\d\d)"
_UNTIL = re.compile(rf"\b(?:until|till|expires?(?: on)?|valid to|good (?:until|to)|through|up to) {_DATE}")
_SINCE = re.compile(rf"\b(?:from|of|as of|as at|dated|taken on|on|since|state of) {_DATE}")
_HOLDS = r"\b(?:valid|expires?|dated|as of|from|of|until|till|use|good)\b"
_DATED = rf"{_DATE}"

_signals = signals(what=_WHAT, holds=_HOLDS, dated=_DATED, imagines=IMAGINES)


def find(sentence: Sentence, context: Context) -> Candidate | None:
    if asks(sentence) or words(sentence.mask) < 5 or context.speaker == "document" or _signals(sentence.mask) != {"what", "holds", "dated"}:
        return None
    return make(sentence)


def make(sentence: Sentence) -> Candidate:
    """The data in the words of who named it, with the days that are given."""
    details: dict[str, Detail] = {}
    if found := _SINCE.search(sentence.mask):
        details["as-of"] = found[1]
    if found := _UNTIL.search(sentence.mask):
        details["expires"] = found[1]
    return Candidate(KIND, sentence.text, details)
