"""Where credentials lie, and that they no longer hold. The credential itself never: texts come here redacted."""

import re

from passdown.extract.base import IMAGINES, Candidate, Context, asks, joined, signals, window
from passdown.extract.prose import Sentence
from passdown.model.record import Detail

KIND = "knowledge"
CUES = (
    r"expir|lapsed|ran out|run out|\bstale\b|out of date|outdated|revoked|rotat|renew|no longer (?:valid|works|accepted)|\binvalid|\btoken"
    r"|\bcredential|\bsecret|api[ _-]?key|\bcertificate|\bpassword|\blog ?in\b|\b401\b|\b403\b")
HEADINGS = ""

_WHAT = (
    r"\b(?:tokens?|credentials?|secrets?|keys?|key ?files?|certs?|certificates?|passwords?|pats?|licen[cs]es?|log(?:s|ged)? ?in|sign(?:s|ed)? ?in"
    r"|authenticat\w+|auth|api[ _-]?keys?|service accounts?|40[13]|kubeconfig|session cookie|passphrase)\b")
_GONE = (
    r"\bexpire[sd]?\b|\bexpiring\b|\blapsed?\b|\b(?:ran|run|runs) out\b|\bstale\b|\bout of date\b|\boutdated\b|\brevoked\b|\b(?:needs?|must"
    r"|has to|have to|should) (?:to )?(?:be )?(?:renew|rotat|replac|refresh|re-?issu)\w*|\bneed a (?:new|fresh)\b|\bask \w+ for a (?:new"
    r"|fresh)\b|\bno longer (?:valid|accepted|works?|good)\b|\binvalid(?:ated)?\b|\bpast its (?:date|expiry)\b|\bdead\b|\bgone bad\b"
    r"|\bnot valid any ?more\b")
_LIES = (
    r"\b(?:token|credential|secret|password|api[ _-]?key|certificate|private key|account key)s? .*\b(?:lives?|lies|stored|kept|sits|reads?|read"
    r"|comes?|found|picked|loaded|located|is|are|resides|taken)"
    r" (?:\w+ )?(?:in|from|at|under|inside)\b")
_PLACE = re.compile(
    r"(?:~|\$HOME|\$\{?\w+\}?|%\w+%|\.{1,2})/[\w.@+/-]*[\w-]|(?<!\w)/[\w.@+-]+/[\w.@+/-]*[\w-]|(?<![\w/])\.env(?:\.\w+)*\b|\b[\w.-]+\.(?:pem|key|crt|p12"
    r"|pfx|jks|netrc|kubeconfig|token)\b|\b(?:1password|vault|keychain|secrets? manager|parameter store)\b", re.IGNORECASE)
_PROGRAM = (
    r"\b(?:when|if|once|after|until) (?:the |a |an |its |their |your )?(?:\w+ )?(?:token|session|key|certificate|credential|cache)s? (?:expires"
    r"|expired|is|are|runs)\b|\btests? (?:for|that|covers?)\b|\bhandles?\b|\bexpired? (?:tokens?|sessions?) (?:are|is|should|must|will)\b")
_EXPIRES = re.compile(r"\bexpire[sd]? (?:on |at )?(\d{4}-\d\d-\d\d)\b")


_SECRETIVE = re.compile(r"/[\w.-]*(?:token|secret|credential|passw|auth|\.key|\.pem|cert)", re.IGNORECASE)  # the place itself says that a credential lies there

_signals = signals(what=_WHAT, gone=_GONE, lies=_LIES, program=_PROGRAM, imagines=IMAGINES, supposes=r"\bif\b")


def find(sentence: Sentence, context: Context) -> Candidate | None:
    if not _PLACE.search(sentence.text) or asks(sentence) or context.speaker == "document":
        return None
    said = _signals(sentence.mask)
    after = _signals(sentence.next.mask) if sentence.next else frozenset()
    text, taken = joined(sentence) if "gone" in after and "gone" not in said else (sentence.text, 0)
    said = said | after if taken else said
    if said & {"program", "imagines", "supposes"} or not ("what" in said or _SECRETIVE.search(text)):
        return None
    if "gone" not in said and "lies" not in said:
        return None
    return make(sentence)


def make(sentence: Sentence) -> Candidate:
    """Where the credential lies and whether it still holds, from the sentence and, where that one says so, the next."""
    said, after = _signals(sentence.mask), _signals(sentence.next.mask) if sentence.next else frozenset[str]()
    text, taken = joined(sentence) if "gone" in after and "gone" not in said else (sentence.text, 0)
    return Candidate(KIND, text, _details("gone" in said | after, window(sentence)), taken=taken, sort="credential")


def _details(gone: bool, mask: str) -> dict[str, Detail]:
    details: dict[str, Detail] = {"severity": "critical" if gone else "important", "category": "security"}
    if found := _EXPIRES.search(mask):
        details["expires"] = found[1]
    return details
