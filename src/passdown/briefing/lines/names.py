"""What was said of the code: sentences about the names that the work is about."""

from collections.abc import Iterator

from passdown.briefing.candidates import Candidate
from passdown.briefing.heat.names import sentences
from passdown.briefing.situation import Situation
from passdown.briefing.times import ago

WORTH, FALL = 0.62, 0.5


def candidates(situation: Situation) -> Iterator[Candidate]:
    """The most telling first."""
    for sentence in sentences(situation.sessions, situation.bearing):
        why = f"says something of {', '.join(sentence.names[:3])}"
        text = f"“{sentence.text}”" if '"' in sentence.text else f'"{sentence.text}"'
        yield Candidate("IN THE CODE", sentence.text, f"{text} ({ago(sentence.at, situation.now)})", WORTH * sentence.share**FALL, short=text, why=why)


__all__ = ["candidates"]
