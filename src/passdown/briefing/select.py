"""From the situation to candidates: continuation first, then what failed and was decided, then how to run things."""

from collections.abc import Sequence

from msgspec.structs import replace

from passdown.briefing import failures
from passdown.briefing.candidates import Candidate
from passdown.briefing.echo import Given
from passdown.briefing.heat import files as hot_files
from passdown.briefing.heat.commands import telling
from passdown.briefing.heat.names import heats
from passdown.briefing.lines import commands, documents, files, names, productions, records, state
from passdown.briefing.reverted import reverted
from passdown.briefing.situation import Situation
from passdown.model.briefing import Dropped
from passdown.model.handed import FLAG, handed
from passdown.model.quoted_paths import Shortener
from passdown.model.session import last_work
from passdown.model.suspect import suspect

SUSPECT = 0.2  # of its worth that is left to what speaks to the agent instead of about the work
QUOTED = frozenset(("DECIDED", "KNOW", "FAILED", "IN THE CODE"))  # sections whose lines an agent may have been given already


def candidates(situation: Situation) -> list[Candidate]:
    """Everything that could be said, in no order."""
    hot = situation.hot if situation.hot is not None else hot_files.files(situation.sessions, situation.bearing)
    last = last_work(situation.sessions)
    failing = failures.standing(last, situation.sessions) if last else []
    back = reverted(situation.sessions, situation.commit_subjects)
    heat = heats(situation.sessions, situation.bearing)
    run = list(commands.candidates(situation, failing))
    said = list(records.candidates(situation, files.hottest(hot), frozenset(s for c in run for s in telling(c.key)), back))
    known = any(c.section == "NEXT" and c.worth > 0 for c in said)
    found = [*state.candidates(situation, last, failing, back, next_known=known), *documents.candidates(situation), *productions.candidates(situation), *said,
             *names.candidates(situation, last, hot, heat, back), *run, *files.candidates(situation, hot, heat)]
    short = Shortener(situation.roots)
    return [said_to_be_quoted(nearby(c, short)) for c in found if c.text.strip()]


def nearby(one: Candidate, short: Shortener) -> Candidate:
    """The candidate with the paths in what it quotes as they are written here."""
    text, brief, middle = short(one.text), short(one.short), short(one.middle)
    return one if (text, brief, middle) == (one.text, one.short, one.middle) else replace(one, text=text, short=brief, middle=middle)


def said_to_be_quoted(one: Candidate) -> Candidate:
    """The candidate on one line, without a mark of a host or a model; flagged and worth little where it speaks to the agent itself."""
    text, brief, middle, group, shared = (part and handed(part, flag=False) for part in (one.text, one.short, one.middle, one.group, one.shared))
    if suspect(one.text) or (" " in one.key and suspect(one.key)):  # an id says nothing
        return replace(one, text=FLAG + text, short=brief and FLAG + brief, middle=middle and FLAG + middle, group="", worth=one.worth * SUSPECT)
    return one if (text, brief, middle, group, shared) == (one.text, one.short, one.middle, one.group, one.shared) else replace(
        one, text=text, short=brief, middle=middle, group=group, shared=shared)


def without_echo(found: Sequence[Candidate], situation: Situation) -> tuple[list[Candidate], list[Dropped]]:
    """What the agent does not have yet, and what it has."""
    given = Given(situation.given)
    echoes = {id(c) for c in found if c.section in QUOTED and given.says(c.short or c.text)}
    dropped = [Dropped(c.key, "the agent has it from its instructions or the prompt", c.section, c.short or c.text) for c in found if id(c) in echoes]
    return [c for c in found if id(c) not in echoes], dropped


__all__ = ["candidates", "without_echo"]
