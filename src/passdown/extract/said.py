"""One message → the records that it holds."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from passdown.extract import table
from passdown.extract.base import LEAST_WORDS, TEXT_CHARS, Candidate, Context, KindModule, joined, words
from passdown.extract.prose import Sentence, blocks, sentences

_REVIEW = re.compile(r"\(\d+\)\s|[❓💡✅⚠]")  # a finding of a review: about code that is about to change
_FREE = frozenset({"document", "user"})
# Begins with a word that stands for something said before it.
_BARE = re.compile(
    r"\W*(?:(?:and|but) (?:without|with) (?:it|this|that)|without (?:it|this|that)|that way|(?:fixed|solved|resolved) by"
    r"|in that case|as a result|therefore|hence)\b"
    r"|\W*(?:and |but |because |since |also,? )?(?:(?:it|they|he|she|both|neither)\b"
    r"(?! (?:turn(?:s|ed) out|(?:was|is|has been) (?:decided|agreed|settled|required|necessary|important|known)|took|works (?:now|again)"
    r"|doesn't matter|would be better|should be possible))"
    r"|(?:this|that|these|those)(?:'s| (?:is|was|are|were|has|had|does|did|do|can|could|will|would|should|must|means?"
    r"|makes?|breaks?|fails?|happens?|works|only"
    r"|also|one|way|alone|caused?|explains?|applies|needs?|requires?|stays?)\b))")
_CONCLUDES = re.compile(r"\W*so\b")
# Answers to a numbered list that is not there any more.
_NUMBERED = re.compile(
    r"\b(?:for|on|in|to|with|address|fix|do) (?:\(\d+\)|#\d+\b)|\b(?:issues?|observations?|findings?|improvements?|options?|points?|items?|mip|mii) #?\(?\d"
    r"|^(?:for |#)\d|^(?:no|yes)(?: no)? on \b")
# Agents say what they do next; it is seldom what they found.
_NARRATES = re.compile(r"\W*(?:let me|now|i'll|i will|next,? (?:let|i)|first,? (?:let|i)|good|great|perfect|looking at|running)\b")
_DETAILS: dict[str, dict[str, str]] = {
    "knowledge": {"severity": "important", "category": "gotcha"}, "task": {"state": "open"}, "approach": {"outcome": "failed"}}


def candidates(text: str, context: Context) -> Iterator[Candidate]:
    """What one message holds, in order. Its briefings must have been cut out."""
    heading, kind, reported = "", "", False  # one report a message: the first says most
    for block in blocks(text):
        if block.heading != heading:
            heading, kind = block.heading, table.headed(block.heading)
        if _REVIEW.match(text, block.start):
            continue
        modules = table.TABLE if context.user else table.cued(text[block.start:block.end])
        for candidate in _block(sentences(text, block), kind, modules, context):
            if candidate.kind != "milestone" or not reported:
                reported = reported or candidate.kind == "milestone"
                yield candidate


def _block(told: Sequence[Sentence], kind: str, modules: Sequence[KindModule], context: Context) -> Iterator[Candidate]:
    """The records of one paragraph or list item. kind: the one that its heading names."""
    taken = 0
    for at, sentence in enumerate(told):
        if taken:
            taken -= 1
        elif not modules and not kind and _NARRATES.match(sentence.mask):
            continue
        elif candidate := table.find(modules, sentence, context) or _listed(sentence, kind, context):
            taken = candidate.taken
            if whole := _standing(candidate, sentence, told[at - 1] if at else None, context):
                yield whole


def _standing(candidate: Candidate, sentence: Sentence, before: Sentence | None, context: Context) -> Candidate | None:
    """The record, such that it can be read alone: with the sentence before it where it begins with a word that points there; None when there is none."""
    if context.user and candidate.kind == "decision" and _NUMBERED.search(sentence.mask):
        return None
    if not _BARE.match(sentence.mask) and not (candidate.kind == "knowledge" and _CONCLUDES.match(sentence.mask)):
        return candidate
    if before and len(before.text) + len(candidate.text) < TEXT_CHARS:
        return replace(candidate, text=f"{before.text} {candidate.text}")
    return candidate if context.speaker == "summary" or candidate.taken or candidate.kind == "preference" else None


def _listed(sentence: Sentence, kind: str, context: Context) -> Candidate | None:
    """A list item that is of the kind which its heading names."""
    if not kind or not sentence.item or not sentence.first or not words(sentence.mask) >= LEAST_WORDS or len(sentence.text) > TEXT_CHARS:
        return None
    if context.speaker in _FREE and kind != "decision":
        return None
    asked = sentence.mask.endswith("?")
    if asked != (kind == "question") or (kind == "preference" and context.speaker != "summary"):
        return None
    text, taken = joined(sentence)
    return Candidate(kind, text, _DETAILS.get(kind, {}), closing=kind in ("task", "question", "blocker"), taken=taken)


__all__ = ["candidates"]
