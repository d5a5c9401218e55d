"""One message → the records that it holds."""

import re
from collections.abc import Iterator, Sequence

from passdown.extract import table
from passdown.extract.base import LEAST_WORDS, TEXT_CHARS, Candidate, Context, KindModule, joined, words
from passdown.extract.lasting import lasting
from passdown.extract.prose import Sentence, blocks, sentences
from passdown.extract.standing import named, standing

_REVIEW = re.compile(r"\(\d+\)\s|[❓💡✅⚠]")  # a finding of a review: about code that is about to change
ITEM_WORDS = 6  # of an item in a text that was put in, if it names nothing
_FREE = frozenset({"document", "user"})
# Agents say what they do next; it is seldom what they found.
_NARRATES = re.compile(r"\W*(?:let me|now|i'll|i will|next,? (?:let|i)|first,? (?:let|i)|good|great|perfect|looking at|running)\b")
_DETAILS: dict[str, dict[str, str]] = {
    "knowledge": {"severity": "important", "category": "gotcha"}, "task": {"state": "open"}, "approach": {"outcome": "failed"}}

Found = tuple[int, Candidate]  # the number of its first sentence in the message


def candidates(text: str, context: Context) -> Iterator[Candidate]:
    """What one message holds, in order. Its briefings must have been cut out."""
    told: list[Sentence] = []
    found = [(at, whole) for at, candidate in _found(text, context, told) if (whole := standing(candidate, told, at, context))]
    yield from (candidate for _, candidate in lasting(found, told, context))


def _found(text: str, context: Context, told: list[Sentence]) -> Iterator[Found]:
    """What the sentences say one by one. told: takes up all that were looked at."""
    heading, kind, reported = "", "", False  # one report a message: the first says most
    for block in blocks(text):
        if block.heading != heading:
            heading, kind = block.heading, table.headed(block.heading)
        if _REVIEW.match(text, block.start):
            continue
        modules = table.TABLE if context.user else table.cued(text[block.start:block.end])
        first = len(told)
        told += sentences(text, block)
        for at, candidate in _block(told, first, kind, modules, context):
            if candidate.kind != "milestone" or not reported:
                reported = reported or candidate.kind == "milestone"
                yield at, candidate


def _block(told: Sequence[Sentence], first: int, kind: str, modules: Sequence[KindModule], context: Context) -> Iterator[Found]:
    """The records of one paragraph or list item: the sentences from number `first` on. kind: the one that its heading names."""
    at = first
    while at < len(told):
        sentence = told[at]
        narrates = not modules and not kind and _NARRATES.match(sentence.mask)
        candidate = None if narrates else table.find(modules, sentence, context) or _listed(sentence, kind, context)
        if candidate:
            yield at, candidate
        at += 1 + (candidate.taken if candidate else 0)


def _listed(sentence: Sentence, kind: str, context: Context) -> Candidate | None:
    """A list item that is of the kind which its heading names."""
    if not kind or not sentence.item or not sentence.first or not words(sentence.mask) >= LEAST_WORDS or len(sentence.text) > TEXT_CHARS:
        return None
    if context.speaker in _FREE and (kind != "decision" or (words(sentence.mask) < ITEM_WORDS and not named(sentence.text))):
        return None
    asked = sentence.mask.endswith("?")
    if asked != (kind == "question") or (kind == "preference" and context.speaker != "summary"):
        return None
    text, taken = joined(sentence)
    return Candidate(kind, text, _DETAILS.get(kind, {}), closing=kind in ("task", "question", "blocker"), taken=taken)


__all__ = ["candidates"]
