"""Where the work stands: what was asked and said last, what was failing, what happened since, what is open on the list."""

import re
from collections.abc import Iterator
from itertools import islice

from passdown.briefing import away
from passdown.briefing.candidates import Candidate
from passdown.briefing.plans import is_plan
from passdown.briefing.situation import Situation
from passdown.briefing.times import ago, moment
from passdown.briefing.words import quote, shorten
from passdown.model.session import CheckFact, ErrorFact, Session

LEAST_CALLS = 3
TOPIC_WORDS = 3  # fewer ("go on", "address 3") are understood by those alone who were there
EARLIER, EARLIER_DAYS = 3, 14  # sessions before the last one that are told, and how old they may be
# A command that was not understood says how it was typed, not how the project stands.
LOOKED = re.compile(r"(?:^|&& )(?:\w+ )?git (?:-C \S+ )?[a-z]")
MISTYPED = re.compile(
    r"(?i)unrecognized |unknown (?:command|option|sub)|command not found|no such (?:file|option|command)|^(?:hint|usage|fatal):|not a git command"
    r"|parse error near|syntax error near|^\(eval\)")


def candidates(situation: Situation) -> Iterator[Candidate]:
    """The last session first; nothing when none was captured."""
    last = last_work(situation)
    if last is not None:
        yield from said(last, situation.now)
        yield from failing(last, situation.now)
        yield from todo(last)
        yield from since(situation, last)
        for rank, line in enumerate(away.lines(situation.away)):
            yield Candidate("AFTER THE BREAK", f"away:{rank}", line, 0.94 - 0.01 * rank, why="the break was long")


def last_work(situation: Situation) -> Session | None:
    """The last session in which something was done; one that only asked a question tells nothing of where things stand."""
    own = [s for s in situation.sessions if not s.subagent]
    return next((s for s in own if s.tool_calls >= LEAST_CALLS or s.files_changed), next(iter(own), None))


def said(last: Session, now: str) -> Iterator[Candidate]:
    """What the session was asked, and what the agent said at its end."""
    when = ago(last.ended, now)
    if last.last_words:
        full = f'Last words of the last session ({last.agent}, {when}): "{quote(last.last_words, 600)}"'
        yield Candidate("WHERE WE ARE", f"{last.id}:said", full, 0.97, short=f'Last said ({when}): "{quote(last.last_words, 180)}"',
                        middle=f'Last said ({when}): "{quote(last.last_words, 360)}"', why="how the last session ended")
    if last.goal:
        asked = latest_ask(last)
        yield Candidate("WHERE WE ARE", f"{last.id}:goal", f'It was asked: "{quote(asked, 300)}"', 0.8, short=f'Asked: "{shorten(asked, 110)}"',
                        why="what the last session was asked")


def failing(last: Session, now: str) -> Iterator[Candidate]:
    """Checks that failed when they ran last, and errors that nothing made go away; a command is told once."""
    told: set[str] = set()
    for check in last.checks:
        if not check.ok and check.command not in told:
            told.add(check.command)
            yield Candidate("WHERE WE ARE", f"check:{check.command}", verdict(check, now), 0.85, why="failed when it ran last")
    for error in [e for e in last.errors if not e.fixed_by and e.what not in told and not of_typing(e)][:2]:
        words = f'Still failing when it ended: `{shorten(error.what, 80)}`: "{shorten(error.message, 160)}"'
        yield Candidate("WHERE WE ARE", f"error:{error.event}", words, 0.6, why="nothing made it pass")


def of_typing(error: ErrorFact) -> bool:
    """Whether it says how a command was typed, or that git refused it, and not how the project stands."""
    return MISTYPED.search(error.message) is not None or LOOKED.search(error.what) is not None


def since(situation: Situation, last: Session) -> Iterator[Candidate]:
    """What was committed after the last session, and what the sessions before it were for."""
    if situation.commit_subjects:
        subjects = "; ".join(f'"{s}"' for s in dict.fromkeys(shorten(s, 70) for s in situation.commit_subjects[:6]))
        yield Candidate("WHERE WE ARE", "commits", f"Committed since: {subjects}", 0.55, why="newer than the last session")
    others = (s for s in situation.sessions if s is not last and not s.subagent and recent(s, last) and len(topic(s).split()) >= TOPIC_WORDS)
    for rank, older in enumerate(islice(others, EARLIER)):
        words = f'Before that ({ago(older.ended, situation.now)}): "{shorten(topic(older), 140)}"'
        yield Candidate("WHERE WE ARE", f"{older.id}:goal", words, 0.25 - 0.01 * rank, why="what the sessions before were for")


def recent(session: Session, last: Session) -> bool:
    """Whether it ended within two weeks of the last one, as far as is known."""
    then, now = moment(session.ended), moment(last.ended)
    return then is None or now is None or (now - then).days <= EARLIER_DAYS


def latest_ask(session: Session) -> str:
    """The last thing of substance that the user asked for."""
    return next((a for a in reversed(session.asks) if len(a) > 25), topic(session))


def topic(session: Session) -> str:
    """What the session was for: its goal, or the title of the plan that it was opened with."""
    return f"Implement the plan: {session.title}" if is_plan(session.goal) and session.title else session.goal


def verdict(check: CheckFact, now: str) -> str:
    """How a test run or build ended."""
    line = f': "{shorten(check.line, 120)}"' if check.line else ""
    return f"`{shorten(check.command, 90)}` {'passed' if check.ok else 'FAILED'} {ago(check.at, now)}{line}"


def todo(last: Session) -> Iterator[Candidate]:
    """Open entries of the last session's own list."""
    for number, item in enumerate(t for t in last.todos if t.status != "completed"):
        begun = " (begun)" if item.status == "in_progress" else ""
        yield Candidate("NEXT", f"todo:{number}", f"{shorten(item.text, 200)}{begun}", 0.9 - 0.05 * min(number, 10), why="open on the last session's list")


__all__ = ["candidates", "last_work"]
