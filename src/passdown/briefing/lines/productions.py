"""Productions that the task is about: where each stands, what it waits for."""

from collections.abc import Iterator

from passdown.briefing.candidates import Candidate
from passdown.briefing.situation import Situation
from passdown.briefing.times import ago
from passdown.briefing.words import clause
from passdown.workflows.registry import told

MOST, WORTH, FALL = 5, 0.93, 0.02


def candidates(situation: Situation) -> Iterator[Candidate]:
    """The open ones first; `MOST`, and how many more there are."""
    found = situation.productions
    for rank, row in enumerate(found[:MOST]):
        more = f", and {len(found) - MOST} more" if rank == MOST - 1 and len(found) > MOST else ""
        text = f"Production {row.item} ({row.name}): {clause(told(row), 300)}, {ago(row.updated, situation.now)}{more}"
        yield Candidate("WHERE WE ARE", f"production:{row.name}/{row.item}", text, WORTH - FALL * rank,
                        short=f"{row.item} ({row.name}): {clause(told(row), 90)}", why="the task is about this production")


__all__ = ["candidates"]
