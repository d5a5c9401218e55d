"""What a settled record turned down and what it chose, cut out of the words in which it was said."""

import re
from collections.abc import Iterable

import msgspec

# Where a phrase ends: at a reason, a time or a condition, or with its sentence.
_END = (r"(?=\s+(?:because|since|as it|as they|so that|so we|so it|until|till|before|unless|when|while|which|that|where|but|even if|even though|for now|yet"
        r"|anymore|any more|again)\b|\.(?!\w)|[;:,()!?—–]|\s-\s|\s->|$)")
# What turns down the words behind it.
_OUT = re.compile(
    r"\b(?:instead of|rather than|as opposed to|in place of|in favou?r of not"
    r"|not (?:to )?(?:use|using|add|adding|do|doing|go|going with|switch|move|have|allow|call|run|put|touch|edit)"
    r"|no need (?:for|to)|no point (?:in|to)|no more|never|do not|don'?t|doesn'?t|mustn'?t|must not|should not|shouldn'?t|can'?t|cannot|won'?t|will not"
    r"|avoid|without|against|ruled? out|ruling out|reject(?:ed|ing)?|pass(?:ed)? on|bann?(?:ed)?|forb(?:id|idden|ade)|stay(?:ing)? away from|steer clear of"
    r"|nobody|no ?one|stop (?:proposing|suggesting|asking (?:for|about)|bringing up)|(?:we )?looked at"
    r"|not worth|hold(?:ing)? off (?:on)?|defer(?:red|ring)?|postpon(?:e|ed|ing)|punt(?:ed|ing)?(?: on)?|park(?:ed|ing)?|skip(?:ped|ping)?"
    r"|shelv(?:e|ed|ing)|not(?! (?:before|until|only|yet|just))|no|(?:chosen?|prefer(?:red)?|picked|pick|choose) [\w -]{2,40} over)"
    r"\s+(?!(?:until|till|before)\b)(?P<out>(?:[^.;:!?\n]|\.(?=\w)){2,120}?)" + _END, re.IGNORECASE)
# What turns down the words before it.
_SUBJECT = re.compile(
    r"(?:^|[.;,:]\s+|\band\s+|\bso\s+|\s-\s+)(?P<out>[^.;:,\n]{2,90}?):?\s+"
    r"(?:(?:is|are|was|were|stays?|remains?|gets?|has been|have been)\s+)?(?:simply |just |now |all )?"
    r"(?:out of scope|out\b(?! of)|off the table|off[- ]limits|banned|forbidden|deferred|postponed|on hold|parked|shelved|rejected|ruled out|not allowed"
    r"|not an option|overkill|not happening|verboten|waits?\b|can wait|will wait|has to wait|starts? (?:after|when|once|in)"
    r"|(?:comes?|begins?) (?:later|after|in|with|once|when)|isn'?t worth|is(?:n'?t| not) (?:needed|necessary|wanted)|later\b|not before|not until|not now"
    r"|not yet|(?:discussion |question |debate )?is (?:closed|settled|dead)|goes? nowhere near|ha(?:s|ve) no place|is a no|no-go"
    r"|moved? to phase|goes? (?:in|into|to) (?:phase|v\d))", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:later|wait(?:s|ing)?|not (?:now|yet)|postponed?|deferred?|parked|on hold|put off|starts?|begins?|comes?|only)\b[^.;\n]{0,40}?"
    r"\b(?:after|until|till|before|once|when|with|for|in)\s+(?P<one>(?:the |a )?(?:phase|version|release|milestone|v?\d|[\w-]+)(?:[^.;,()\n]|\.(?=\d)){0,50})"
    r"|\bnot before\s+(?P<two>(?:[^.;,()\n]|\.(?=\d)){2,50})", re.IGNORECASE)
_PUTS_OFF = re.compile(
    r"\b(?:later|waits?|not (?:now|yet|before|until)|postpon\w+|deferred?|parked|on hold|put off|(?:starts?|begins?|comes?) (?:with|after|when|once|in)\b"
    r"|only (?:when|after|once))\b", re.IGNORECASE)
_DENIES = re.compile(r"never|nobody|no ?one|(?:do|does|must|should|ca|wo)n'?t|(?:do|must|should|will) not|cannot", re.IGNORECASE)
_PART = re.compile(r"[,;.:!?]\s+|\n|\s[-–—]+\s|\b(?:and|but|so)\s")  # where what a text says before ends
_RULE = re.compile(r"\b(?:never|always|only|must|don'?t|do not|no \w+|avoid|nobody|any ?one|every)\b", re.IGNORECASE)
# How a failed approach begins, and where what came of it does.
_TRIED = re.compile(
    r"^\W*(?:(?:we|i|they|already|so|ok|first|also|once|the agent|someone)\s+)*(?:(?:have|had|'ve)\s+)?"
    r"(?:tried|attempted|try|experimented with|tested|went with|gave|played with|spent [^,;]{1,30}? (?:on|trying))\s+(?:to\s+|out\s+)?", re.IGNORECASE)
_RESULT = re.compile(
    r"\s*(?:[;:,.]\s+|\s[-–—]+\s+|\s(?=(?:but|and it|and that|which|because|since)\b)"
    r"|\s(?=(?:instead of|rather than|in place of)\b)"
    r"|\s(?=(?:did(?:n'?t| not)|does(?:n'?t| not)|do(?:n'?t| not)|made|makes|failed|fails|broke|breaks|caused|causes|was(?:n't)?|is(?:n't)?|won'?t"
    r"|turned out|crashed|crashes|leaked|deadlock(?:s|ed)|hung|hangs|led to|leads to|kept|keeps|only|still|doubled|blew|ended up|backfired"
    r"|corrupt(?:s|ed)|gave|gives|never)\b))", re.IGNORECASE)
# Where the reason against an alternative begins.
_REASON = re.compile(
    r"\s*(?::\s|\(|\s[-–—]+\s|;\s|,\s|\s(?=(?:because|since|as it|was|is|would|needs?|too|but|which|has|have|adds?|requires?|costs?|doesn'?t|does not"
    r"|lacks?|means|makes)\b))", re.IGNORECASE)
_CHOICE = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|yeah|yes|right|so|let'?s|we(?:'ll| will|'re going to)?|just|decided|agreed|decision|final|please|i)[\s:,]+)*(?:to\s+|on\s+)?"
    r"(?:use|using|stick with|go with|keep|stay on|stay with|adopt|pick)?\s*", re.IGNORECASE)
_AND = re.compile(r"\s*(?:/(?=[A-Za-z])|,\s*(?:and |or |no |not |nor )?|\s(?:and|or|nor) (?:no |not |never |any )?)\s*", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:(?:to|a|an|the|any|other|further|new|wanna|want|need|use|using|add|adding|drag|bring|in|by|from|have|having|introduce|ask for|go for|going|try"
    r"|please)\s+)+", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:\s+(?:please|here|there|at all|in (?:this|the) (?:repo|repository|project|code ?base|thing|app)|in there|back in|again|anywhere|whatsoever"
    r"|of any kind|for now|themselves|either|one))+$", re.IGNORECASE)
_LIBRARY = re.compile(r"(?<![\w./-])(\w+)\.js\b(?![\w/])")  # `moment.js` is installed, imported and spoken of as `moment`
LEAST_CHARS = 2
LISTED = 4  # words of each of several things in one phrase
MOST = 8


class Parts(msgspec.Struct, frozen=True):
    """out: what was turned down, failed, put off or forbidden, a phrase each. chosen: what is to be instead.

    rule: a way of working, not a choice between two. until: what is waited for, where the words put something off.
    """

    out: tuple[str, ...]
    chosen: tuple[str, ...]
    rule: bool = False
    until: str = ""
    failed: bool = False


def of_decision(text: str, alternatives: Iterable[str], *, deferred: bool) -> Parts:
    question, answer = _asked(text)
    if question:
        return Parts(clean(head(a) for a in alternatives), (answer,))
    named = [head(a) for a in alternatives]
    said = [m for pattern in (_OUT, _SUBJECT) for m in pattern.finditer(text)]
    out = [*named, *(m["out"].strip() for m in said)]
    if deferred and not out:
        out = [_RESULT.split(text, maxsplit=1)[0]]
    rest = () if deferred else tuple(part for part in re.split(r"[;.]\s", _CHOICE.sub("", _left(text, said))) if len(part.strip(" ;.")) >= LEAST_CHARS)
    return Parts(clean(out), rest, rule=bool(_RULE.search(text)) and not named, until="" if named else waits_for(text))


def _left(text: str, said: Iterable[re.Match[str]]) -> str:
    """A text without what it turns down; of "reports are never deleted" the reports were not chosen either."""
    for match in sorted(said, key=lambda one: -one.start()):
        begin = match.start()
        if _DENIES.match(text, begin):
            begin = max((m.end() for m in _PART.finditer(text, 0, begin)), default=0)
        text = f"{text[:begin]} ; {text[match.end():]}"
    return text


def waits_for(text: str) -> str:
    """`AAX is for later: after 1.2, when the account exists` → `1.2`; "" where nothing is put off."""
    found = _UNTIL.search(text) if _PUTS_OFF.search(text) else None
    return (found["one"] or found["two"]).strip() if found else ""


def _asked(text: str) -> tuple[str, str]:
    """A question and its answer, where a decision was kept so: the question proposes both ways, so nothing in it was turned down."""
    question, mark, answer = text.partition("?\n")
    return (question, answer.strip()) if mark else ("", "")


def of_failed(text: str, instead: str, lesson: str) -> Parts:
    """The way that was walked is what the first words tell, up to what came of it."""
    stripped = _TRIED.sub("", text)
    parts = [p for p in _RESULT.split(stripped) if len(p.strip()) >= LEAST_CHARS]
    return Parts(clean(parts[:1] or [text]), clean((instead, lesson)), failed=True)


def head(alternative: str) -> str:
    """`Redis (one more thing to run)` → `Redis`."""
    return _REASON.split(alternative.strip(), maxsplit=1)[0]


def clean(parts: Iterable[str]) -> tuple[str, ...]:
    """Phrases without what leads in and out; several short things in one are a phrase each."""
    found = [bare(one) for part in parts for one in several(part)]
    return tuple(dict.fromkeys(p for p in found if len(p) >= LEAST_CHARS))[:MOST]


def several(phrase: str) -> list[str]:
    """`react/vue in this repo` → react, vue; what is no list stays whole."""
    split = _AND.split(_TAIL.sub("", phrase.strip()))
    return split if len(split) > 1 and all(0 < len(one.split()) <= LISTED for one in split) else [phrase]


def bare(phrase: str) -> str:
    stripped = _LIBRARY.sub(r"\1", phrase.strip(" .,;:'\"`()"))
    return _LEAD.sub("", _TAIL.sub("", stripped)).strip(" .,;:'\"`()") or stripped


__all__ = ["Parts", "of_decision", "of_failed", "waits_for"]
