"""Records: a line each, with mark, reason, what was rejected, and the place they rest on."""

from collections.abc import Iterator

from passdown.briefing.candidates import Candidate
from passdown.briefing.situation import Situation, standing_of
from passdown.briefing.words import plain, shorten
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
KEEPING = (0.97, 0.5)
TRUST = {"user": 1.3, "noted": 1.2, "extracted": 0.75}
NEXT_OF_A_KIND = 0.5  # each further one of a kind is worth 1 / (1 + this × its rank) of the first
REFUTED = 0.5  # of the worth of a record that the repository contradicts
NEAR, ANSWERS = 1.25, 1.5  # times as much for a record about a hot file, and for one that answers the task
LEADS = (("why", "Why: "), ("alternative", "Not: "), ("instead", "Instead: "), ("next", "Next: "), ("impact", "Impact: "), ("mitigation", "Do: "))
FULL, SHORT = 420, 160


def candidates(situation: Situation, hot: frozenset[str], run: str) -> Iterator[Candidate]:
    """The first of a kind weigh more, what was extracted weighs less with every session since.

    hot: paths of files at hand. run: the commands that are told anyway, one a line: a record of one of them says nothing new.
    """
    counts: dict[str, int] = {}
    ages = {s.id: age for age, s in enumerate(situation.sessions)}
    for record in situation.records:
        if record.kind == "command" and record.extractor and record.title in run:
            continue
        section = SECTION.get(record.kind) or ("FAILED" if record.detail("outcome") == "failed" else "KNOW")
        rank = counts[record.kind] = counts.get(record.kind, 0) + 1
        near = any(a.path in hot for a in record.anchors)
        answers = record.id in situation.answers
        worth = WORTH.get(record.kind, 0.3) * TRUST[record.trust] / (1 + NEXT_OF_A_KIND * (rank - 1)) * (NEAR if near else 1) * (ANSWERS if answers else 1)
        worth *= 1.3 if record.detail("severity") == "critical" else 1.0
        if record.extractor:
            decay, least = AGING.get(record.kind, KEEPING)
            worth *= max(least, decay ** ages.get(record.session, len(ages)))
        worth *= REFUTED if record.id in situation.judged else 1.0
        yield Candidate(section, record.id, said(record, situation, FULL), worth, short=said(record, situation, SHORT), why=reason(record, near, answers))


def reason(record: Record, near: bool, answers: bool) -> str:
    """Why it is among what could be said."""
    what = {"user": "said by the user", "noted": "noted", "extracted": "quoted from a session"}[record.trust]
    return ", ".join(filter(None, (f"{record.kind} {what}", "answers the task" if answers else "", "about a file at hand" if near else "")))


def said(record: Record, situation: Situation, limit: int) -> str:
    """The record in one line: its mark, its words, why, what was rejected, and where it rests."""
    if record.kind == "command":
        outcome = f" → {shorten(record.detail('outcome'), 80)}" if record.detail("outcome") else ""
        return f"`{shorten(record.title.strip('`'), limit)}`{outcome}{doubt(record, situation)}"
    words = record.text if record.trust != "extracted" else f'"{plain(record.text) or record.text}"'
    parts = [closed(shorten(words, limit))]
    for name, lead in LEADS:
        value = record.detail(name)
        if value and value.lower() not in record.text.lower() and len(value) <= limit * 2 // 3:  # a reason cut in the middle is none
            parts.append(lead + closed(shorten(value, limit)))
    mark = {"approach": {"failed": "✗ "}.get(record.detail("outcome"), ""), "blocker": "Blocked: ", "question": "Waiting for the user: "}.get(record.kind, "")
    severity = SEVERITY_MARKS.get(record.detail("severity"), "")
    return f"{severity + ' ' if severity else ''}{mark}{' '.join(parts)}{places(record, situation)}{doubt(record, situation)}"


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
