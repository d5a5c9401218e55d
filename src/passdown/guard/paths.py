"""Places that a rule forbids or reserves: files that nobody edits by hand, and things that are done in one folder only."""

import re
from collections.abc import Iterable

_PATH = re.compile(r"(?<![\w@:*])(?:\.?[\w@-]+(?:\.[\w-]+)*/[\w@./*-]*|\*(?:\.\w+){1,3}|[\w@-]+\.[A-Za-z]\w{1,9})(?![\w(])")
_UNDER = re.compile(r"(?P<form>\*\.[\w.]+) (?:files )?(?:under|in|below|within) (?:the )?(?P<folder>[\w.-]+(?:/[\w.-]+)*/?)(?: folder| directory)?")
_SENTENCES = re.compile(r"[.;!?]\s+|\n")
_HANDS_OFF = re.compile(
    r"\bhands[- ]off\b|\b(?:don'?t|do not|never|nobody|no one|not to be)(?: \w+){0,2} (?:touch|edit|change|modif|written?|patch)\w*"
    r"|\b(?:is|are|gets?)(?: \w+)? (?:generated|vendored|read-?only)\b|\bby hand\b|\bnever edited\b|\bgenerated (?:by|from|files?|code)\b|\bvendored\b",
    re.IGNORECASE)
_ELSEWHERE = re.compile(  # before a path: there it is done instead
    r"\b(?:change|edit|fix(?:ed)?|fix in|fixed in|run|by|from|via|regenerate|instead|then|and run|with|use)\s+(?:it |them |text |the )?(?:in |with |from )?"
    r"(?:the )?$", re.IGNORECASE)
_NOT_THERE = re.compile(  # before a path: the edit that is spoken of is the one that nobody makes
    r"\b(?:don'?t|do not|never|nobody|no one|not to|must not|mustn'?t|should not|shouldn'?t)(?: \w+){0,2} (?:touch|edit|change|modify|fix|patch)\w*\s+"
    r"(?:it |them |text |the )?(?:in |with |from )?(?:the )?$", re.IGNORECASE)
_QUOTES = "`'\"*("
_EXCEPT = re.compile(r"\bexcept\b|\bunless\b|\bby hand only (?:in|inside)\b", re.IGNORECASE)  # then the place alone does not tell
_ONLY_IN = re.compile(
    r"\bonly\b[^.;]{0,40}?\b(?:in|from|under|below|inside|through|via|files (?:under|in|below))\s+(?:the )?$|\bonly (?:files )?(?:in|under|from|through)\s+$",
    re.IGNORECASE)
BEFORE = 90  # characters before a path that say what holds there


def forbidden(text: str, files: Iterable[str]) -> tuple[str, ...]:
    """Paths that are not to be edited: those named where the text says so; where it names none, the record's own."""
    if _EXCEPT.search(text):
        return ()
    sentences = [sentence for sentence in _SENTENCES.split(text) if _HANDS_OFF.search(sentence)]
    found = [path for sentence in sentences for path in _named(sentence)]
    own = [path for path in files if path.endswith("/")] if sentences else []
    return tuple(dict.fromkeys(found)) or tuple(own)


def _named(sentence: str) -> list[str]:
    """The places of a sentence that are not where it is done instead; `*.pb.go under api/` is one place."""
    whole = _UNDER.sub(lambda m: f"{m['folder'].rstrip('/')}/**/{m['form']}", sentence)
    return [m[0].rstrip(".") for m in _PATH.finditer(whole) if not _elsewhere(whole[: m.start()])]


def _elsewhere(before: str) -> bool:
    """Whether the words before a path say that something is done there instead: `edit a.py` does, `never edit a.py` does not."""
    words = before.rstrip(_QUOTES)
    return bool(_ELSEWHERE.search(words)) and not _NOT_THERE.search(words)


def reserved(text: str) -> tuple[str, ...]:
    """Paths outside of which something is not to be done: `stripe calls only from app/gateways`."""
    return tuple(m[0].rstrip(".") for m in _PATH.finditer(text) if "/" in m[0] and _ONLY_IN.search(text[max(0, m.start() - BEFORE): m.start()]))


__all__ = ["forbidden", "reserved"]
