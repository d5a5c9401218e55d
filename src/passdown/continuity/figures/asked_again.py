"""Questions of the agent that an earlier session had answered, or put before."""

import re
from collections.abc import Iterator

from passdown.continuity.alike import nearest
from passdown.continuity.base import Better, Measured, Seen, counted
from passdown.continuity.course import Said
from passdown.continuity.pair import Pair
from passdown.model.record import Record
from passdown.model.sentences import sentences

NAME, TITLE, UNIT = "asked-again", "Questions asked again", "questions"
BETTER: Better = "lower"
SAYS = "Questions of the agent to the user whose content words stand in a decision, preference or question of an earlier session."
ALIKE = ((0.6, 3), (0.4, 5))  # share of a question's content words, and how many at least: of a long one fewer say as much
SHOWN = 90
KINDS = ("question", "decision", "preference", "knowledge")


def measure(pair: Pair) -> Measured:
    answers = [words(r) for r in pair.records if r.kind in KINDS]
    found = [(q, text) for q in questions(pair) if (text := answered(answers, q.text))]
    return counted([Seen(q.n, f"{q.text[:SHOWN]} | known: {text[:SHOWN]}") for q, text in found])


def answered(answers: list[str], question: str) -> str:
    return next((text for share, least in ALIKE if (text := nearest(answers, question, share=share, least=least))), "")


def questions(pair: Pair) -> Iterator[Said]:
    """Those put with a tool, and those with which a turn ends."""
    yield from pair.course.asked
    stops = [prompt.n for prompt in pair.course.prompts[1:]] + [10**9]
    for start, stop in zip([-1, *stops], stops, strict=False):
        last = next((r for r in reversed(pair.course.replies) if start < r.n < stop), None)
        for sentence in sentences(last.text)[-3:] if last else ():
            if re.search(r"\?[\"')*\]]*$", sentence):
                yield Said(last.n if last else -1, "", sentence)


def words(record: Record) -> str:
    return " ".join((record.text, *(record.detail(name) for name in record.details)))
