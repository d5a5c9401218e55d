"""Sentences that give a named setting a value."""

import re

from passdown.extract.base import signals
from passdown.extract.words import content_words

NAMES = (
    r"\b(?:profile|preset|default|version|port|timeout|limit|threshold|region|endpoint|environment|interval|ttl|retention|budget|quota|tier|driver"
    r"|engine|host(?:name)?|domain|bucket|pool size|batch size|concurrency|locale|time ?zone|channel|setting|variant|model|mode|level|database"
    r"|branch|url|provider|backend)s?\b")
_VALUE = r"[\w.:/+-]*\w"
_END = r"(?:[.,;!)]|$| -| (?:now|from|by default|please|thanks|ok|as|instead|onwards|for|again|everywhere|in|on) ?)"
_GIVES = (
    rf"{NAMES}(?: (?:for|of|in) (?:the |our |all )?(?:[\w-]+ ){{1,4}}| )(?:is|are|has become|becomes?|became|should be|will be|must be|changed to"
    rf"|to|from \S+ to|defaults to|points to)(?: now)? {_VALUE}{_END}"
    rf"|\b(?:set|change|switch|move|bump|raise|lower|increase|decrease|(?:re-?)?pin(?:ned)?|configured?|reset|changed|switched|moved|bumped"
    rf"|raised|lowered|increased|decreased)\b.*{NAMES}.* (?:to|at|on) {_VALUE}{_END}|\bto {NAMES} {_VALUE}{_END}"
    rf"|\b(?:with|use|uses|take|takes|on) (?:the )?{NAMES} {_VALUE}{_END}|\b(?:with|on) the {_VALUE} {NAMES}|\bnow (?:uses?"
    rf"|takes?) the {_VALUE} {NAMES}|\buse {_VALUE} (?:as|for) the {NAMES}"
    rf"|\b{_VALUE} is (?:now )?the (?:right|new|correct|current|agreed|proper|official) {NAMES}|{NAMES}[,;].*\bit(?:'s| is)(?: now)? {_VALUE}{_END}")
_HOLDS = (
    r"\bnow\b|\bfrom (?:today|here|now|this point|tomorrow|next)\b|\bby default\b|\binstead of\b|\bas agreed\b|\bno longer\b|\bactually\b"
    r"|\bchanged our minds?\b|\bhas become\b|\bonwards?\b|\bgoing forward\b"
    r"|^(?:\w+[.,!] |[\w ]{1,20} - |please )*(?:set|change|use|switch|bump|raise|lower|(?:re-?)?pin|move) |\bi(?:'ve| have)? (?:set|re-?pinned"
    r"|pinned|changed|switched|bumped|raised|lowered|configured|moved|replaced)\b|\b(?:updated|configured|set|changed|done): "
    r"|\bis the (?:right|new|correct|current|agreed|proper) \w+|\bwe (?:no longer )?start\b|\bshould (?:run|use|be|point|take)\b|\bwill (?:take"
    r"|use|run|be|point)\b|\bthe default \w+ is\b")
_FUZZY = (
    r"\b(?:is|are|be|become|now|to|as) (?:now )?(?:not|a|an|the same|in|only|set|used|passed|correct|correctly|fine|clean|empty|missing"
    r"|undefined|null|nil|optional|required|valid|wrong|done|complete|ready|handled|stored|still|fully|consistent|more|less|supported|able"
    r"|visible|available|gone|covered|tested|documented|explicit|aligned|out|it|this|that|match|make|see|be|do|avoid)\b")

_signals = signals(gives=_GIVES, holds=_HOLDS, fuzzy=_FUZZY)
_WANTED = frozenset({"gives", "holds"})
_NAME = re.compile(NAMES)
_STANDS = re.compile(
    rf"\b({_VALUE}) (?:is (?:now )?the \w+|as the|for the) {NAMES}"
    rf"|\bthe ({_VALUE}) {NAMES}{_END}|(?:\b(?:to|is|are|becomes?|became|become|at)(?: now)?|{NAMES}) ({_VALUE}){_END}")


def sets_value(mask: str) -> bool:
    """Whether the sentence says which value a setting has from here on. `mask` as of `prose.mask`."""
    return _signals(mask) == _WANTED


def setting(mask: str) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds of setting that are named, such as `timeout`, and the content words of what they are settings of: all but kind and value."""
    names = frozenset(name.removesuffix("s") for name in _NAME.findall(mask)) - {"default"}
    values = {group for found in _STANDS.findall(mask) for group in found if group and not _NAME.fullmatch(group)}
    return names, content_words(mask) - content_words(" ".join((*values, *names)))


__all__ = ["NAMES", "setting", "sets_value"]
