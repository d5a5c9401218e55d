"""Resources: where something is described, said so that one could look it up."""

import re

from passdown.extract.base import IMAGINES, Candidate, Context, asks, signals, words
from passdown.extract.prose import Sentence

KIND = "resource"
CUES = r"https?://|\bdocs?/|\bdocumented\b|\bdescribed\b|\breference\b|\bspec\b|\brunbook\b|\bdashboard\b|\bwiki\b"
HEADINGS = r"^\W*(?:\d+[.)] )?(?:(?:useful |related |further )?(?:resources|links|references|reading))\W*$"

_LINK = re.compile(r"https?://[^\s)\]>\"'`,]+[^\s)\]>\"'`,.;:!?]|(?<![\w/.])(?:\.{0,2}/)?(?:[\w.-]+/)+[\w.-]+\.(?:md|rst|adoc|pdf|html|txt)\b|\b(?:[A-Z][\w-]+)\.md\b")
_WHERE = (
    r"\b(?:reference|spec(?:ification)?|docs?|documentation|design(?: doc)?|guide|runbook|dashboard|wiki|ticket|board|manual|schema|rfc|adr|details|description"
    r"|explanation|contract|api)\b[^.]{0,60}\b(?:is|are|lives?|lies|can be found|sits|stands)\b[^.]{0,20}(?:at|in|under|on|:|_|http)"
    r"|\b(?:is|are) (?:described|documented|explained|specified|defined|written up|laid out) (?:in|at|under|on)\b"
    r"|(?:^|[,;:.-] )(?:see|read|check|have a look at|look at|refer to) \S+ (?:for|to (?:see|learn|understand)|on) (?:how|what|why|the|details|more)\b"
    r"|\b(?:docs?|reference|spec|link|ticket|design|runbook|dashboard)(?: for [^:]{2,50})?: ?(?:http|_|[\w./]+\.md)")
_DOES = (
    r"\b(?:added|updated|created|placed|put|saved|wrote|rewrote|removed|moved|renamed|let me|i'll|i will|now|need to|should be|could be|not|verify|fix"
    r"|error)\b|n't\b")

_signals = signals(where=_WHERE, does=_DOES, imagines=IMAGINES)


def find(sentence: Sentence, context: Context) -> Candidate | None:
    link = _LINK.search(sentence.text)
    if not link or asks(sentence) or words(sentence.mask) < 5 or context.speaker == "document" or _signals(sentence.mask) != {"where"}:
        return None
    return make(sentence)


def make(sentence: Sentence) -> Candidate:
    """The resource that the sentence names, with its address or path."""
    link = _LINK.search(sentence.text)
    return Candidate(KIND, sentence.text, {"link": link[0]} if link else {})
