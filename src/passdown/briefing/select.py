"""From the situation to candidates: continuation first, then what failed and was decided, then how to run things."""

from passdown.briefing.candidates import Candidate
from passdown.briefing.echo import Given
from passdown.briefing.heat import files as hot_files
from passdown.briefing.lines import commands, documents, files, names, records, state
from passdown.briefing.situation import Situation

QUOTED = frozenset(("DECIDED", "KNOW", "FAILED", "IN THE CODE"))  # sections whose lines an agent may have been given already


def candidates(situation: Situation) -> list[Candidate]:
    """Everything that could be said, in no order."""
    hot = files.hottest(hot_files.files(situation.sessions, situation.bearing))
    found = [*state.candidates(situation), *documents.candidates(situation), *records.candidates(situation, hot),
             *names.candidates(situation), *commands.candidates(situation), *files.candidates(situation)]
    given = Given(situation.given)
    return [c for c in found if c.text.strip() and not (c.section in QUOTED and given.says(c.short or c.text))]


__all__ = ["candidates"]
