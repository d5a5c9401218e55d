"""Where the work stands: what was asked and said last, what it came to, what is failing, what happened since, what is open on the list."""

from collections.abc import Iterator, Sequence
from itertools import islice

from passdown.briefing import asks, away
from passdown.briefing.candidates import Candidate
from passdown.briefing.failures import Failure
from passdown.briefing.reverted import Reverted
from passdown.briefing.situation import Situation
from passdown.briefing.times import ago, moment
from passdown.briefing.words import clause, quote, routine, shorten
from passdown.model.ending import ending
from passdown.model.session import Session

EARLIER, EARLIER_DAYS = 3, 14  # sessions before the last one that are told, and how old they may be
COMMITTED, COMMITTED_ALONE = 0.6, 0.96  # worth of what it committed, and when it said nothing else at its end
LEFT_OPEN = 0.35  # worth of what comes next when it was only said at the end: behind the files at hand
COMMITS, SUBJECT_CHARS = 3, 90
LEAST_SUBJECT = 2  # words of a commit's subject that says something


def candidates(situation: Situation, last: Session | None, failing: Sequence[Failure], back: Reverted, *, next_known: bool = True) -> Iterator[Candidate]:
    """The last session first; nothing when none was captured. failing: what did not pass since. back: what was taken back.

    next_known: a record says what comes next; where none does, nor the session's own list, it is what the last session left open.
    """
    if last is not None:
        found = [] if next_known or last.id in back.sessions or any(t.status != "completed" for t in last.todos) else list(left_open(last, failing))
        yield from said(last, situation.now, [c.says for c in found if c.says])
        yield from found
        yield from (failed(failure, situation.now) for failure in failing)
        if last.id in back.sessions:
            yield Candidate("WHERE WE ARE", f"{last.id}:reverted", "The changes of the last session were taken back.", 0.9, why="its work was reverted")
        else:
            yield from todo(last)
        yield from since(situation, last)
        for rank, line in enumerate(away.lines(situation.away)):
            yield Candidate("AFTER THE BREAK", f"away:{rank}", line, 0.94 - 0.01 * rank, why="the break was long")


def said(last: Session, now: str, elsewhere: Sequence[str] = ()) -> Iterator[Candidate]:
    """What the agent said at its end, without what is said elsewhere of it, what was asked, and what came of it."""
    when = ago(last.ended, now)
    came = told_subjects([c.subject for c in reversed(last.commits)])
    words = last.last_words
    for one in elsewhere:
        words = words.replace(one, "").strip()
    if words and not routine(words):
        full = f'Last words of the last session ({last.agent}, {when}): "{quote(words, 600)}"'
        yield Candidate("WHERE WE ARE", f"{last.id}:said", full, 0.97, short=f'Last said ({when}): "{quote(words, 180)}"',
                        middle=f'Last said ({when}): "{quote(words, 360)}"', why="how the last session ended")
    if asked := asks.latest(last, 240):
        yield Candidate("WHERE WE ARE", f"{last.id}:goal", f'It was asked: "{asked}"', 0.8, short=f'Asked: "{asks.latest(last, 110)}"',
                        why="what the last session was asked")
    if came:
        worth = COMMITTED_ALONE if last.last_words and routine(last.last_words) else COMMITTED
        yield Candidate("WHERE WE ARE", f"{last.id}:commits", f"The last session committed ({when}): {came}", worth,
                        why="what came of the last session", says=came)


def left_open(last: Session, failing: Sequence[Failure]) -> Iterator[Candidate]:
    """What comes next where no list, plan or record says it: what failed last, else what the last words leave open."""
    for failure in failing[:1]:
        yield Candidate("NEXT", f"next:{failure.command}", f"Nothing was noted; `{shorten(failure.command, 90)}` does not pass.", LEFT_OPEN,
                        why="failed when it ran last")
    open_ = ending(last.last_words)
    if open_.comes:
        yield Candidate("NEXT", f"{last.id}:comes", f'Said at the end: "{clause(open_.comes, 240)}"', LEFT_OPEN,
                        why="said at the end of the last session", says=open_.comes)
    if open_.question:
        yield Candidate("NEXT", f"{last.id}:question", f'Asked at the end, not answered: "{clause(open_.question, 240)}"', LEFT_OPEN,
                        why="asked at the end of the last session", says=open_.question)


def told_subjects(subjects: Sequence[str], known: Sequence[str] = ()) -> str:
    """Subjects of commits, quoted, the first few that say something."""
    own = [s for s in dict.fromkeys(subjects) if s not in known and len(s.split()) >= LEAST_SUBJECT]
    return "; ".join(f'"{clause(s, SUBJECT_CHARS)}"' for s in own[:COMMITS]) + (f" and {len(own) - COMMITS} more" if len(own) > COMMITS else "")


def failed(failure: Failure, now: str) -> Candidate:
    """What does not pass, and why."""
    causes = "; ".join(f'"{cause}"' for cause in failure.causes)
    text = f"`{shorten(failure.command, 90)}` failed {ago(failure.at, now)} and has not passed since: {causes}"
    return Candidate("WHERE WE ARE", f"failed:{failure.command}", text, 0.85 if failure.check else 0.6, why="failed when it ran last")


def since(situation: Situation, last: Session) -> Iterator[Candidate]:
    """What was committed after the last session, and what the sessions before it were for."""
    if subjects := told_subjects(situation.commit_subjects, [c.subject for c in last.commits]):
        yield Candidate("WHERE WE ARE", "commits", f"Committed since: {subjects}", 0.55, why="newer than the last session", says=subjects)
    others = (s for s in situation.sessions if s is not last and not s.subagent and recent(s, last) and asks.topic(s, 140))
    for rank, older in enumerate(islice(others, EARLIER)):
        topic = asks.topic(older, 140)
        yield Candidate("WHERE WE ARE", f"{older.id}:goal", f'Before that ({ago(older.ended, situation.now)}): "{topic}"', 0.25 - 0.01 * rank,
                        why="what the sessions before were for", says=topic)


def recent(session: Session, last: Session) -> bool:
    """Whether it ended within two weeks of the last one, as far as is known."""
    then, now = moment(session.ended), moment(last.ended)
    return then is None or now is None or (now - then).days <= EARLIER_DAYS


def todo(last: Session) -> Iterator[Candidate]:
    """Open entries of the last session's own list."""
    for number, item in enumerate(t for t in last.todos if t.status != "completed"):
        begun = " (begun)" if item.status == "in_progress" else ""
        yield Candidate("NEXT", f"todo:{number}", f"{clause(item.text, 200)}{begun}", 0.9 - 0.05 * min(number, 10), why="open on the last session's list",
                        says=item.text)


__all__ = ["candidates"]
