"""From the situation to candidates: continuation first, then what failed and was decided, then how to run things."""

import re
from collections.abc import Iterator

from passdown.briefing import heat
from passdown.briefing.candidates import Candidate
from passdown.briefing.situation import Situation, Standing
from passdown.briefing.times import ago
from passdown.briefing.words import plain, quote, shorten
from passdown.model.record import SEVERITY_MARKS, Record
from passdown.model.session import CheckFact, Session

FILES_SAID = 40
COMMANDS_SAID = 15
RECORD_SECTION = {
    "decision": "DECIDED", "preference": "KNOW", "knowledge": "KNOW", "issue": "KNOW", "risk": "KNOW", "lesson": "KNOW", "test-data": "KNOW",
    "resource": "KNOW", "task": "NEXT", "blocker": "NEXT", "question": "NEXT", "command": "RUN", "milestone": "WHERE WE ARE"}
# What a record of a kind is worth beside a hot file (1.0 the hottest): a guess to be replaced by measured weights.
RECORD_WORTH = {
    "blocker": 0.95, "question": 0.9, "task": 0.8, "decision": 0.6, "approach": 0.7, "knowledge": 0.6, "preference": 0.55, "issue": 0.5,
    "lesson": 0.4, "risk": 0.35, "test-data": 0.35, "resource": 0.3, "command": 0.3, "milestone": 0.2}
# What is left of an extracted record's worth after each session since, and at least: nobody answered the question, or the plan went another way.
AGING = {"question": (0.4, 0.1), "task": (0.75, 0.55), "blocker": (0.8, 0.7), "milestone": (0.6, 0.1)}
KEEPING = (0.97, 0.5)
LEAST_CALLS = 3
# A command that was not understood says how it was typed, not how the project stands.
MISTYPED = re.compile(r"(?i)unrecognized |unknown (?:command|option|sub)|command not found|no such (?:file|option|command)|^(?:hint|usage):|not a git command")
PLAN = "implement the following plan"
LEADS = (("why", "Why: "), ("alternative", "Not: "), ("instead", "Instead: "), ("next", "Next: "), ("impact", "Impact: "), ("mitigation", "Do: "))
TRUST_WORTH = {"user": 1.3, "noted": 1.2, "extracted": 0.6}


def candidates(situation: Situation) -> list[Candidate]:
    """Everything that could be said, in no order."""
    found = [*state(situation), *todo(situation), *from_records(situation), *commands(situation), *files(situation)]
    return [c for c in found if c.text.strip()]


def last_work(situation: Situation) -> Session | None:
    """The last session in which something was done; one that only asked a question tells nothing of where things stand."""
    own = [s for s in situation.sessions if not s.subagent]
    return next((s for s in own if s.tool_calls >= LEAST_CALLS or s.files_changed), next(iter(own), None))


def state(situation: Situation) -> Iterator[Candidate]:
    """What the last session was for, what it said last, what was failing, and what happened since."""
    last = last_work(situation)
    if last is None:
        return
    when = ago(last.ended, situation.now)
    if last.last_words:
        yield Candidate("WHERE WE ARE", f"{last.id}:said", f'Last words of the last session ({last.agent}, {when}): "{quote(last.last_words, 600)}"', 1.2,
                        short=f'Last said ({when}): "{quote(last.last_words, 180)}"')
    if last.goal:
        asked = latest_ask(last)
        yield Candidate("WHERE WE ARE", f"{last.id}:goal", f'It was asked: "{quote(asked, 300)}"', 0.9, short=f'Asked: "{shorten(asked, 110)}"')
    yield from failing(last, situation.now)
    if situation.commit_subjects:
        subjects = "; ".join(f'"{s}"' for s in dict.fromkeys(shorten(s, 70) for s in situation.commit_subjects[:6]))
        yield Candidate("WHERE WE ARE", "commits", f"Committed since: {subjects}", 0.55)
    for rank, older in enumerate([s for s in situation.sessions if s is not last and s.goal and not s.subagent][:4]):
        words = f'Before that ({ago(older.ended, situation.now)}): "{shorten(topic(older), 140)}"'
        yield Candidate("WHERE WE ARE", f"{older.id}:goal", words, 0.25 - 0.001 * rank)


def failing(last: Session, now: str) -> Iterator[Candidate]:
    """Checks that failed when they ran last, and errors that nothing made go away; a command is told once."""
    told: set[str] = set()
    for check in last.checks:
        if not check.ok and check.command not in told:
            told.add(check.command)
            yield Candidate("WHERE WE ARE", f"check:{check.command}", verdict(check, now), 0.85)
    for error in [e for e in last.errors if not e.fixed_by and e.what not in told and not MISTYPED.search(e.message)][:2]:
        words = f'Still failing when it ended: `{shorten(error.what, 80)}`: "{shorten(error.message, 160)}"'
        yield Candidate("WHERE WE ARE", f"error:{error.event}", words, 0.6)


def latest_ask(session: Session) -> str:
    """The last thing of substance that the user asked for."""
    return next((a for a in reversed(session.asks) if len(a) > 25), topic(session))


def topic(session: Session) -> str:
    """What the session was for: its goal, or the title of the plan that it was opened with."""
    opened_by_plan = session.goal.lstrip().lower().startswith(PLAN)
    return f"Implement the plan: {session.title}" if opened_by_plan and session.title else session.goal


def verdict(check: CheckFact, now: str) -> str:
    """How a test run or build ended."""
    said = f': "{shorten(check.line, 120)}"' if check.line else ""
    return f"`{shorten(check.command, 90)}` {'passed' if check.ok else 'FAILED'} {ago(check.at, now)}{said}"


def todo(situation: Situation) -> Iterator[Candidate]:
    """Open entries of the last session's own list."""
    last = last_work(situation)
    for number, item in enumerate(t for t in (last.todos if last else ()) if t.status != "completed"):
        begun = " (begun)" if item.status == "in_progress" else ""
        yield Candidate("NEXT", f"todo:{number}", f"{shorten(item.text, 200)}{begun}", 0.9 - 0.05 * min(number, 10))


def from_records(situation: Situation) -> Iterator[Candidate]:
    """A line a record; the first of a kind weigh more, what was extracted weighs less with every session since."""
    counts: dict[str, int] = {}
    ages = {s.id: age for age, s in enumerate(situation.sessions)}
    for record in situation.records:
        section = RECORD_SECTION.get(record.kind) or ("FAILED" if record.detail("outcome") == "failed" else "KNOW")
        rank = counts[record.kind] = counts.get(record.kind, 0) + 1
        worth = RECORD_WORTH.get(record.kind, 0.3) * TRUST_WORTH[record.trust] * 0.93 ** (rank - 1)
        if record.detail("severity") == "critical":
            worth *= 1.3
        if record.extractor:
            decay, least = AGING.get(record.kind, KEEPING)
            worth *= max(least, decay ** ages.get(record.session, len(ages)))
        yield Candidate(section, record.id, said(record, situation, 420), worth, short=said(record, situation, 160))


def said(record: Record, situation: Situation, limit: int) -> str:
    """The record in one line: its mark, its words, why, what was rejected, and where it rests."""
    words = record.text if record.trust != "extracted" else f'"{plain(record.text) or record.text}"'
    parts = [closed(shorten(words, limit))]
    for name, lead in LEADS:
        value = record.detail(name)
        if value and value.lower() not in record.text.lower() and len(value) <= limit * 2 // 3:  # a reason cut in the middle is none
            parts.append(lead + closed(shorten(value, limit)))
    mark = {"approach": {"failed": "✗ "}.get(record.detail("outcome"), ""), "blocker": "Blocked: ", "question": "Waiting for the user: "}.get(record.kind, "")
    severity = SEVERITY_MARKS.get(record.detail("severity"), "")
    return f"{severity + ' ' if severity else ''}{mark}{' '.join(parts)}{places(record, situation)}"


def closed(text: str) -> str:
    """The text with a full stop where it has no end, so that what follows it reads as a sentence of its own."""
    return text if text.endswith((".", "!", "?", "…", '"', ":", ")", "`")) else text + "."


def places(record: Record, situation: Situation) -> str:
    """Anchored places with their marks."""
    out = []
    for anchor in record.anchors[:3]:
        standing = situation.standing.get(anchor.place, situation.standing.get(anchor.path, Standing()))
        known = anchor.path in record.text and not standing.mark
        if not known:
            out.append(" ".join(filter(None, (anchor.place, standing.mark, standing.note))))
    return f" [{', '.join(out)}]" if out else ""


def commands(situation: Situation) -> Iterator[Candidate]:
    """Commands that tell something, with their last outcome."""
    hot = heat.diverse(heat.commands(situation.sessions))[:COMMANDS_SAID]
    top = hot[0].worth if hot else 1.0
    for rank, item in enumerate(hot):
        outcome = {True: "ok", False: "failed"}.get(item.fact.ok, "outcome not known") if item.fact.ok is not None else "outcome not known"
        told = f', "{shorten(item.fact.said, 80)}"' if item.fact.said and item.fact.purpose in ("test", "build", "lint") else ""
        line = f"`{shorten(item.command, 110)}`"
        yield Candidate("RUN", item.command, f"{line} → {outcome}{told} ({ago(item.fact.last, situation.now)})", worth_by_rank(rank, item.worth / top, 3),
                        short=f"{line} → {outcome}")


def files(situation: Situation) -> Iterator[Candidate]:
    """Files that the work is about, with what was last done to them and why."""
    dirty = dict(situation.uncommitted)
    hot = heat.files(situation.sessions)[:FILES_SAID]
    top = hot[0].worth if hot else 1.0
    for rank, item in enumerate(hot):
        standing = situation.standing.get(item.path, Standing())
        notes = [standing.note] if standing.note else []
        if item.path in dirty:
            notes.append("uncommitted")
        notes.append(done_to(item, situation.now))
        why = f': "{shorten(item.fact.why, 120)}"' if item.fact.why else ""
        lead = f"{item.path} {standing.mark}".rstrip()
        worth = worth_by_rank(rank, item.worth / top, 5) * (0.3 if standing.mark == "✗" else 1.0)
        yield Candidate("FILES", item.path, f"{lead} {', '.join(notes)}{why}", worth, short=f"{lead} {notes[0]}" if standing.note else lead)


def done_to(item: heat.HotFile, now: str) -> str:
    """`edited 14 h ago, in 3 of the last 8 sessions`."""
    fact = item.fact
    act = "created" if fact.created else "edited" if fact.edits else "read"
    edited = "" if fact.created or fact.edits else "edited "
    often = f", {edited}in {item.edited} of the last {item.of} sessions" if item.edited > 1 else ""
    return f"{act} {ago(fact.last, now)}{often}"


def worth_by_rank(rank: int, share: float, sure: int) -> float:
    """The first `sure` of a list are worth saying at any budget; the rest falls with its share of the hottest one's heat."""
    return 1.0 - 0.02 * rank if rank < sure else 0.55 * share**0.5


__all__ = ["candidates"]
