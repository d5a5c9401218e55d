"""The project's own documents: which to read for the task and in which order, and what they have settled."""

from collections.abc import Iterator

from passdown.briefing.candidates import Candidate
from passdown.briefing.heat.files import GIVEN
from passdown.briefing.situation import Situation
from passdown.briefing.words import shorten


def candidates(situation: Situation) -> Iterator[Candidate]:
    """Documents in reading order, but for those that agents read anyway; then settled decisions, deferrals and what is not to be done."""
    reading = situation.reading
    documents = [d for d in reading.documents if d.path not in GIVEN]
    for number, document in enumerate(documents, 1):
        why = f": {document.why}" if document.why else ""
        yield Candidate("READ", document.place, f"{number}. {document.place}{shorten(why, 120)}", 0.92 - 0.01 * number, short=f"{number}. {document.place}",
                        why=document.why or "one of the project's documents")
    aside = {item: r for r in situation.records if (item := r.detail("overrides"))}
    for rank, settled in enumerate(reading.settled):
        by = aside.get(settled.id) or aside.get(f"{settled.path}:{settled.first}")  # the place: as it was named before items had ids
        text = f'"{shorten(settled.text, 240)}" [{settled.place}]' + (f" (set aside on {by.created[:10]} by the user)" if by else "")
        yield Candidate("DECIDED", f"{settled.place}", text, 0.88 - 0.02 * rank, why="settled in the project's documents, and the task touches it")


__all__ = ["candidates"]
