"""Decisions that the agent came back to."""

import re
from collections.abc import Iterator

from passdown.continuity.alike import telling
from passdown.continuity.base import Better, Measured, Seen, counted, unknown
from passdown.continuity.course import Said
from passdown.continuity.pair import Pair
from passdown.extract.words import content_words
from passdown.model.record import Record
from passdown.model.sentences import sentences

NAME, TITLE, UNIT = "reopened", "Decisions reopened", "decisions"
BETTER: Better = "lower"
SAYS = "Decisions in force of which a sentence of the agent proposes what they turned down."
SHOWN = 90
SHARE = 0.6  # of the words of the alternative
PROPOSES = re.compile(
    r"\?\W*$|\b(?:should we|could (?:we|use)|let'?s|let me|i(?:'ll| will| would|'d)|(?:i )?(?:suggest|recommend|propose)"
    r"|what about|how about|switch(?:ing)? to|migrat\w+ to|replac\w+ (?:it|this|\w+) (?:with|by)|instead|better (?:to|with)|consider(?:ing)?)\b", re.IGNORECASE)
ASIDE = re.compile(r"\b(?:not|n't|instead of|rather than|rejected|turned down|decided against|no longer|unlike|over|without|never)\b", re.IGNORECASE)


def measure(pair: Pair) -> Measured:
    decisions = [r for r in pair.in_force("decision") if r.detail("alternative")]
    if not decisions:
        return unknown("no decision in force names what it turned down")
    found: dict[str, Seen] = {}
    for said in proposals(pair):
        for decision in decisions:
            if decision.id not in found and comes_back(decision, said.text):
                found[decision.id] = Seen(said.n, f"{said.text[:SHOWN]} | decided: {decision.title[:SHOWN]}")
    return counted(list(found.values()))


def proposals(pair: Pair) -> Iterator[Said]:
    """Sentences of the agent that propose or ask."""
    for reply in (*pair.course.replies, *pair.course.asked):
        for sentence in sentences(reply.text):
            if PROPOSES.search(sentence) and not ASIDE.search(sentence):
                yield Said(reply.n, reply.at, sentence)


def comes_back(decision: Record, sentence: str) -> bool:
    """Whether a sentence names what was turned down, and what the decision is about; a word that the choice itself has tells nothing."""
    chosen, said, topic = telling(decision.title), telling(sentence), content_words(decision.title)
    given = decision.details.get("alternative", ())
    for alternative in (given,) if isinstance(given, str) else given:
        turned_down = telling(alternative) - chosen
        if turned_down and len(turned_down & said) >= max(1, SHARE * len(turned_down)) and (topic & content_words(sentence) or len(turned_down & said) > 1):
            return True
    return False
