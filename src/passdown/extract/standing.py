"""What was said must be understood alone: it names what it is about, and does not begin with a word that stands for something said before."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from passdown.extract.base import TEXT_CHARS, Candidate, Context, words
from passdown.extract.classifier import classifier
from passdown.extract.passing import mends, muses
from passdown.extract.prose import Sentence

LEAST_LETTERS = 4  # of a word that may name something
ENOUGH_WORDS = 12  # from which a sentence says what it is about in words that all use
LEAST_WORDS = 6  # of a sentence that introduces another

# Words that lead into a sentence and say nothing of what it is about.
_LEAD = (
    r"\W*(?:(?:and|but|so|also|plus|then|ok(?:ay)?|k|yes|yeah|right|well|hmm|for starters|first(?: of all)?|in practice|note(?: that)?"
    r"|in that case|as a result|therefore|hence|that way)\b[\s,.:;-]*)*")
_EXPLETIVE = (
    r"(?! (?:turn(?:s|ed) out|(?:was|is|has been|would be) (?:decided|agreed|settled|required|necessary|important|known|better|possible)|took"
    r"|works (?:now|again)|doesn't matter|should be possible|makes sense|clear|would work|could work))(?![^:.]{0,40}: \w)")
_VERB = (
    r"(?:'s|'ll|'d| (?:is|was|are|were|has|have|had|does|did|do|doesn't|didn't|isn't|wasn't|can|can't|cannot|could|will|would|should|must|means?|makes?|made"
    r"|breaks?|fails?|happens?|works|only|also|one|way|alone|caused?|explains?|applies|needs?|requires?|stays?|kills?|confirms?|goes|shows?|blocks|calls"
    r"|returns?))\b")
# A part of the code, and which one is not said.
_PART = (
    r"(?:function|method|callback|handler|helper|hook|modal|dialog|view|screen|page|flag|option|parameter|argument|mutex|lock|goroutine|thread|loop|branch|test"
    r"|fixture|check|condition|component|button|column|field|value|variable|constant|class|struct|interface|type|file|script|query|call|caller|error|message"
    r"|code|change|patch|commit|request|response|wrapper|guard|property|prop|state|list|table|map|entry|row|path|validation)s?\b")
_THING = rf"(?:{_PART}|(?:approach|case|way|part|place|thing|step|section|pr|issue|bug|problem|fix)(?:es|s)?\b)"
_VAGUE = r"(?:new|old|same|whole|main|current|existing|first|second|last|next|frontend|backend|catch|inner|outer|other|whole|actual|real|original|final)"
_POINTS = re.compile(
    rf"{_LEAD}(?:(?:it|they|he|she|both|neither)\b{_EXPLETIVE}|(?:this|that|these|those)(?:{_VERB}(?![^:.]{{0,40}}: \w)| (?:\w+ )?{_THING})"
    rf"|(?:without|with) (?:it|this|that|them)\b|(?:fixed|solved|resolved) by\b"
    rf"|the (?:same|latter|former|other|above|pr|first one|second one|old one|new one)\b)"
    rf"|{_LEAD}in (?:this|that) {_THING}"
    rf"|{_LEAD}(?:\w+ ){{0,6}}(?:if|when) (?:this|that) (?:also|is|happens|one)\b"
    rf"|{_LEAD}(?:if|when|while|after|once|before) [^,]{{3,60}}, (?:this|that|these|those){_VERB}"
    r"|\W*(?:(?:let's|we|i|you|to|just|should|could|can|want|go|now|ok|so|with|stick|keep|use|do|try|take|leave)[ ,]+)+(?:this|these|those)"
    r"(?: (?:where|when|if|and|but|so|for|in|as|one|instead)\b|[,.;]|$)")
# What only goes on with what somebody else said: "and not x", "plus I don't want", "instead make".
_GOES_ON = re.compile(r"\W*(?:and|plus|but|or|instead)\b(?! of)")
# "let's go with this", "we want to keep it warm": nothing has been named before the pronoun.
_OBJECT = re.compile(
    rf"{_LEAD}(?:(?:let's|we|i|you|to|just|should|shall|can|can't|cannot|won't|want|wants|need|needs|would|like|have|don't|do|not|please|only|now|really|still"
    r"|go|keep|make|use|do|put|call|name|leave|move|with|for|change|in|on|drop|show|add|remove|set|run|get) )+(?:it|this|them|these|those)\b"
    r"(?! (?:clear|sure|possible|easy|easier|repo|repository|project|codebase|package|app|team|session)\b)")
_SOME = re.compile(
    rf"{_LEAD}(?:[\w/-]+ ?:\W+)?"
    r"(?:(?:let's|we|i|should|want|need|to|please|just|make|change|move|put|keep|remove|drop|show|hide|add|use) )*"
    rf"(?:the|each|every) (?:{_VAGUE} )?{_PART}(?: itself)? (?!of\b|for\b|in\b|that\b|which\b|from\b|named\b|called\b|_)[a-z']+")
_NAME = re.compile(
    r"`[^`]+`|(?<![\w/])[\w.~-]*/[\w./-]+|\b\w[\w-]*\.[a-z]\w{0,4}\b|\b[a-z]+[A-Z]\w*|\b[A-Z][a-z]+[A-Z]\w*|\b\w+_\w+\b|(?<!\S)--?[a-z][\w-]+|\b[A-Z]{2,}\w*\b"
    r"|(?<=[a-z,] )[A-Z][a-z]+|\"[^\"]{2,40}\"")
_CODE = re.compile(r"`[^`]+`|\w/\w|\w\.\w|\w_\w|[a-z][A-Z]")
_WORD = re.compile(r"[a-z][a-z'-]*[a-z]")
# Answers to a numbered list that is not there any more.
_NUMBERED = re.compile(
    r"\b(?:for|on|in|to|with|address|fix|do) (?:\(\d+\)|#\d+\b)|\b(?:issues?|observations?|findings?|improvements?|options?|points?|items?|mip|mii) #?\(?\d"
    r"|^(?:for |#)\d|^(?:no|yes)(?: no)? on \b")
_OPENS = re.compile(r"\W*(?:(?:ok(?:ay)?|now|so),? )?(?:let's (?:talk|discuss|look|see)|let me|looking at|now (?:let|i)|i(?:'ll| will| need to))\b")
_CONCLUDES = re.compile(r"\W*so\b")
_JUDGED = frozenset({"knowledge", "approach", "decision"})  # kinds of which most depends on what they are about
_LEFT_ALONE = frozenset({"preference", "question"})


def standing(candidate: Candidate, told: Sequence[Sentence], at: int, context: Context) -> Candidate | None:
    """The record, such that it can be read alone; None when it cannot, and nothing near says what it is about.

    told: the sentences of the message, of which number `at` is the first that the record quotes. Where its subject stands in the sentence before, or in
    the line above the list, the record begins with that, verbatim: in the same line when it stood directly before, else in a line of its own.
    """
    sentence = told[at]
    if context.user and candidate.kind == "decision" and _NUMBERED.search(sentence.mask):
        return None
    if context.speaker == "agent" and candidate.kind == "task" and _GOES_ON.match(sentence.mask):
        return None
    if not _hangs(candidate, sentence, context):
        return None if context.speaker == "agent" and candidate.kind == "knowledge" and not _tells(candidate.text, sentence.mask) else candidate
    if subject := _subject(candidate, told, at):
        return replace(candidate, text=subject)
    return candidate if context.speaker == "summary" or candidate.kind in _LEFT_ALONE or _bound(candidate, sentence) else None


def _hangs(candidate: Candidate, sentence: Sentence, context: Context) -> bool:
    """Whether its first sentence needs another one to be understood."""
    if candidate.kind == "decision" and not candidate.sort and context.user and _GOES_ON.match(sentence.mask):
        return True
    if candidate.kind == "knowledge" and not context.user and (_CONCLUDES.match(sentence.mask) or _headless(sentence.mask)):
        return True
    return points_back(sentence.mask) or (candidate.kind in _JUDGED and not candidate.sort and unnamed(candidate.text, sentence.mask))


def _tells(text: str, mask: str) -> bool:
    return words(mask) >= ENOUGH_WORDS or specific(text, mask)


def _bound(candidate: Candidate, sentence: Sentence) -> bool:
    """Whether the sentence that it took along says more of what it points at."""
    return bool(candidate.taken) and named(candidate.text[len(sentence.text):])


def _subject(candidate: Candidate, told: Sequence[Sentence], at: int) -> str:
    """The text with what names its subject before it, "" when that is not near or too long."""
    sentence = told[at]
    if sentence.first and sentence.item:
        lead, space = sentence.heading, "\n"
        fits = bool(_CODE.search(lead))
    else:
        before = told[at - 1] if at else None
        lead, space = (before.text, "\n" if sentence.first else " ") if before else ("", "")
        fits = before is not None and _introduces(before)
    return f"{lead}{space}{candidate.text}" if fits and len(lead) + len(candidate.text) < TEXT_CHARS else ""


def _introduces(before: Sentence) -> bool:
    """Whether a sentence says what the next one is about, and not what is done next."""
    idle = words(before.mask) < LEAST_WORDS or muses(before.mask) or mends(before.mask) or _OPENS.match(before.mask)
    return not idle and (named(before.text) or (specific(before.text, before.mask) and not points_back(before.mask)))


def points_back(mask: str) -> bool:
    """Whether the sentence is about something that only what stands before it names. `mask` as of `sentences.mask`."""
    return bool(_POINTS.match(" ".join(mask.split())))


def unnamed(text: str, mask: str) -> bool:
    """Whether the sentence is about something without a word on what, and holds no name that might tell."""
    return _headless(mask) and not named(text)


def _headless(mask: str) -> bool:
    """Whether its head is a pronoun or a common noun of code."""
    said = " ".join(mask.split())
    return bool(_SOME.match(said) or _OBJECT.match(said))


def named(text: str) -> bool:
    """Whether something is called by its name: code, path, flag, product."""
    return bool(_NAME.search(text))


def specific(text: str, mask: str) -> bool:
    """Whether it holds a name, or a word that is not in everybody's mouth."""
    common = classifier().features.ids
    return named(text) or any(
        len(w) >= LEAST_LETTERS and w not in common and w.removesuffix("s") not in common for w in _WORD.findall(mask))


__all__ = ["named", "points_back", "specific", "standing", "unnamed"]
