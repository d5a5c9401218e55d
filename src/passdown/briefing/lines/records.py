"""Records: a line each, with mark, reason, what was rejected, and the place they rest on."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from passdown.briefing.candidates import Candidate
from passdown.briefing.heat.commands import telling
from passdown.briefing.lines.commands import PASSED
from passdown.briefing.reverted import Reverted
from passdown.briefing.situation import Situation, standing_of
from passdown.briefing.times import ago, moment
from passdown.briefing.words import clause, plain, shorten
from passdown.model.record import SEVERITY_MARKS, Record

SECTION = {
    "decision": "DECIDED", "preference": "KNOW", "knowledge": "KNOW", "issue": "KNOW", "risk": "KNOW", "lesson": "KNOW", "test-data": "KNOW",
    "resource": "KNOW", "task": "NEXT", "blocker": "NEXT", "question": "NEXT", "command": "RUN", "milestone": "WHERE WE ARE"}
# What a record of a kind is worth beside a hot file (1.0 the hottest).
WORTH = {
    "blocker": 0.95, "question": 0.9, "task": 0.8, "decision": 0.6, "approach": 0.7, "knowledge": 0.6, "preference": 0.55, "issue": 0.5,
    "lesson": 0.4, "risk": 0.35, "test-data": 0.35, "resource": 0.3, "command": 0.3, "milestone": 0.2}
# What is left of an extracted record's worth after each session since, and at least: nobody answered the question, or the plan went another way.
AGING = {"question": (0.4, 0.1), "task": (0.75, 0.3), "blocker": (0.8, 0.7), "milestone": (0.6, 0.1)}
DATED = frozenset(("task", "question", "blocker"))  # told with their age when an earlier session said them
KEEPING = (0.97, 0.5)
OLD_DAYS = 7  # from which a decision or a piece of knowledge is told with its age
TRUST = {"user": 1.3, "noted": 1.2, "extracted": 0.75}
NEXT_OF_A_KIND = 0.5  # each further one of a kind is worth 1 / (1 + this × its rank) of the first
RECURS, COUNTED = 0.35, 8  # what each further session that met a failure adds to its worth; sessions that are counted
REFUTED = 0.5  # of the worth of a record that the repository contradicts
NEAR, ANSWERS = 1.25, 1.5  # times as much for a record about a hot file, and for one that answers the task
LEADS = (("why", "Why: "), ("alternative", "Not: "), ("instead", "Instead: "), ("next", "Next: "), ("impact", "Impact: "), ("mitigation", "Do: "))
MARKS = {"blocker": "Blocked: ", "question": "Waiting for the user: ", "milestone": "Done: "}
FULL, SHORT = 420, 160
MOST = 10  # of one section that were extracted: more is a list, and nobody reads it
PROSE = r"`?[A-Z][a-z]+:? \w"  # a sentence, not a command


def candidates(situation: Situation, hot: frozenset[str], run: frozenset[str], back: Reverted) -> Iterator[Candidate]:
    """What failed in many sessions comes first; the first of a kind weigh more, what was extracted weighs less with every session since.

    hot: paths of files at hand. run: signatures of the commands that are told anyway: a record of one of them says nothing new.
    back: what was taken back, with what it proposed.
    """
    kinds, told = Counter[str](), Counter[str]()
    ages = {s.id: age for age, s in enumerate(situation.sessions)}
    for record in sorted(situation.records, key=met_in, reverse=True):
        if says_nothing(record, run) or back.takes(record):
            continue
        section = SECTION.get(record.kind) or ("FAILED" if record.detail("outcome") == "failed" else "KNOW")
        kinds[record.kind] += 1
        told[section] += bool(record.extractor)
        near, answers = any(a.path in hot for a in record.anchors), record.id in situation.answers
        worth = worth_of(record, kinds[record.kind], ages) * (NEAR if near else 1) * (ANSWERS if answers else 1)
        worth *= REFUTED if record.id in situation.judged else 1.0
        worth *= 0.0 if record.extractor and told[section] > MOST else 1.0
        full, short = said(record, situation)
        line = Candidate(section, record.id, full, worth, short=short, why=reason(record, near, answers), says=statement(record))
        yield passed(line, record, situation) if passes(record, situation) else line


def worth_of(record: Record, rank: int, ages: Mapping[str, int]) -> float:
    """What it is worth by itself. rank: which one of its kind it is, from 1. ages: of sessions, by id."""
    worth = WORTH.get(record.kind, 0.3) * TRUST[record.trust] / (1 + NEXT_OF_A_KIND * (rank - 1)) * (1.3 if record.detail("severity") == "critical" else 1.0)
    if not record.extractor:
        return worth
    decay, least = AGING.get(record.kind, KEEPING)
    age = min(ages.get(said, len(ages)) for said in (record.session, *(e.session for e in record.evidence)))
    return worth * max(least, decay ** age) * (1 + RECURS * (met_in(record) - 1))


def met_in(record: Record) -> int:
    """In how many sessions a failure was met, from 1: it costs each of them a call. What is said again is no more worth by that."""
    return max(1, min(COUNTED, len({e.session for e in record.evidence}))) if record.kind == "approach" else 1


def says_nothing(record: Record, run: frozenset[str]) -> bool:
    """Whether an extracted command is told anyway, or is a sentence."""
    if record.kind != "command" or not record.extractor:
        return False
    return re.match(PROSE, record.title) is not None or not run.isdisjoint(telling(record.title.strip("`")))


def passes(record: Record, situation: Situation) -> bool:
    """Whether it is a command of which nothing is known but that it went well."""
    return record.kind == "command" and bool(record.extractor) and record.detail("outcome").startswith("passed") and record.id not in situation.judged


def passed(line: Candidate, record: Record, situation: Situation) -> Candidate:
    """A command that went well stands with the others that did."""
    text = f"`{clause(record.title.strip('`'), SHORT)}`"
    return replace(line, text=text, short="", group=PASSED, shared=ago(record.updated or record.created, situation.now))


def reason(record: Record, near: bool, answers: bool) -> str:
    """Why it is among what could be said."""
    what = {"user": "said by the user", "noted": "noted", "extracted": "quoted from a session"}[record.trust]
    return ", ".join(filter(None, (f"{record.kind} {what}", "answers the task" if answers else "", "about a file at hand" if near else "")))


def statement(record: Record) -> str:
    """What it says, without its details; "" for a command and for what stands by an outcome."""
    return "" if record.kind == "command" else plain(record.text) or record.text


def flowing(record: Record) -> str:
    """Its words, ready for one line: of what was extracted as done, the title gets an end, as what stands below it is a sentence of its own."""
    text = statement(record) if record.trust == "extracted" else record.text
    if record.kind != "milestone" or not record.extractor:  # other texts may be wrapped in the middle of a sentence
        return text
    return re.sub(r"(?<=[\w`)\]\"'”])[ \t]*\n\s*(?=[A-Z])", ". ", text.strip(), count=1)


def said(record: Record, situation: Situation) -> tuple[str, str]:
    """The record in one line, in full and in short: its mark, its words, why, what was rejected, and where it rests."""
    behind = doubt(record, situation)
    if record.kind == "command":
        title, outcome = record.title.strip("`"), record.detail("outcome")
        behind = (f" → {shorten(outcome, 80)}" if outcome else "") + behind
        return f"`{shorten(title, FULL)}`{behind}", f"`{shorten(title, SHORT)}`{behind}"
    severity = SEVERITY_MARKS.get(record.detail("severity"), "")
    before, behind = f"{severity} {MARKS.get(record.kind, '')}".lstrip(), places(record, situation) + behind
    full, short = (before + " ".join((quoted(record, limit) + aged(record, situation), *details(record, limit))) + behind for limit in (FULL, SHORT))
    return full, short


def quoted(record: Record, limit: int) -> str:
    """Its words; what was extracted stands between quotation marks."""
    return closed(f'"{clause(flowing(record), limit - 2)}"' if record.trust == "extracted" else clause(flowing(record), limit))


def aged(record: Record, situation: Situation) -> str:
    """How long ago an earlier session than the last one said what may be settled since; of all else, when that was long before the last one."""
    last = situation.sessions[0] if situation.sessions else None
    if last and record.session == last.id:
        return ""
    dated = (bool(record.extractor) and record.kind in DATED) or old(record, last.ended if last else situation.now)
    return f" ({ago(record.created, situation.now)})" if dated else ""


def old(record: Record, end: str) -> bool:
    """Whether it was said, or last confirmed, more than a week before. end: UTC ISO; of the last session, as a text that lies there has no other now."""
    then, at = moment(record.updated or record.created), moment(end)
    return then is not None and at is not None and (at - then).days >= OLD_DAYS


def details(record: Record, limit: int) -> Iterator[str]:
    """Reason, alternatives, next step, as far as the text does not say them and they fit whole: a reason cut in the middle is none.

    In short it is enough to know what to do instead of what fails.
    """
    known = limit == SHORT and record.detail("instead")
    for name, lead in LEADS if record.details else ():
        value = "" if known and name == "why" else record.detail(name)
        if value and len(value) <= limit * 2 // 3 and value.lower() not in record.text.lower():
            yield lead + closed(" ".join(value.split()))


def doubt(record: Record, situation: Situation) -> str:
    """What does not hold of a record any more, its places aside."""
    judged = situation.judged.get(record.id)
    return f" ({' '.join(filter(None, (judged.mark, judged.note)))})" if judged else ""


def closed(text: str) -> str:
    """The text with a full stop where it has no end, so that what follows it reads as a sentence of its own."""
    return text if text.endswith((".", "!", "?", "…", '"', ":", ")", "`")) else text + "."


def places(record: Record, situation: Situation) -> str:
    """Anchored places with their marks."""
    out = []
    for anchor in record.anchors[:3]:
        standing = standing_of(situation.standing, anchor)
        known = anchor.path in record.text and not standing.mark
        if not known:
            out.append(" ".join(filter(None, (anchor.place, standing.mark, standing.note))))
    return f" [{', '.join(out)}]" if out else ""


__all__ = ["candidates", "closed"]
