"""What goes wrong in one session after the other: a command that every session types first and that does not work as it is typed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from passdown.extract.commands import purpose
from passdown.extract.deed import code
from passdown.extract.episodes import is_slip
from passdown.extract.scope import display
from passdown.model.anchor import Evidence
from passdown.model.ids import content_hash, derived_id
from passdown.model.record import Detail, Record
from passdown.model.session import ErrorFact, Session

LEAST, MANY = 2, 8  # sessions from which it recurs; from which they are no longer counted
PLAYS_DOWN = 0.34  # share of the sessions with the command in which it may have worked

Met = list[tuple[Session, ErrorFact]]


def recurring(sessions: Sequence[Session], known: Mapping[str, Record], extractor: str) -> list[Record]:
    """One failed approach for each error of usage that at least `LEAST` sessions met with the same command, newest session first in its evidence.

    sessions: the latest, newest first. known: records by id: one that is there stays in its session and as old as it was, whatever is added to its evidence.
    """
    groups: dict[tuple[str, str], Met] = defaultdict(list)
    for session in sessions:
        for error in session.errors:
            if is_slip(error.message) and _whole_line(error.what):
                groups[error.what, error.message].append((session, error))
    return [_record(what, met, known, extractor) for (what, _), met in groups.items() if len(met) >= LEAST and not _works(what, sessions)]


def _whole_line(what: str) -> bool:
    """Whether a line can be shown whole: of a script it is not known which part went wrong."""
    shown = display(what)
    return len(shown.split()) > 1 and 2 * len(shown) >= len(what)


def _works(what: str, sessions: Sequence[Session]) -> bool:
    """Whether the command did work in more than a few of the sessions that ran it."""
    ends = [fact.ok for session in sessions for fact in session.commands if fact.command == what]
    return bool(ends) and sum(ok is True for ok in ends) > PLAYS_DOWN * len(ends)


def _record(what: str, met: Met, known: Mapping[str, Record], extractor: str) -> Record:
    newest, error = met[0]
    shown, message = display(what), error.message
    before = known.get(id_ := derived_id("recurring", what, message))
    evidence = gathered((Evidence(session.id, e.event, content_hash(e.message)) for session, e in met), before)
    details: dict[str, Detail] = {"outcome": "failed", "why": code(message)}
    text = f"{code(shown)} fails {often(evidence)}"
    if instead := _instead(what, met):
        details["instead"] = code(instead)
        text += f"; {code(instead)} works"
    record = Record(
        id=id_, kind="approach", text=text, trust="extracted", created=_time(met[-1][1].at), updated=_time(error.at), session=newest.id, agent=newest.agent,
        details=details, extractor=extractor, evidence=evidence)
    return since(record, before)


def gathered(found: Iterable[Evidence], before: Record | None) -> tuple[Evidence, ...]:
    """What the latest sessions say and what was known, a session once, newest first, `MANY` at most: the sessions looked at are only the latest."""
    return tuple({e.session: e for e in reversed((*found, *(before.evidence if before else ())))}.values())[::-1][:MANY]


def since(record: Record, before: Record | None) -> Record:
    """The record where it was first put, and as old as it was."""
    return replace(record, session=before.session, created=min(before.created, record.created)) if before else record


def often(evidence: Sequence[Evidence]) -> str:
    """`in 3 sessions`; from `MANY` on they are not counted, so that the text stays as it is."""
    return f"in {len(evidence)} sessions" if len(evidence) < MANY else "in many sessions"


def _time(at: str) -> str:
    return at[:19] + "Z" if at else ""


def _instead(what: str, met: Met) -> str:
    """The command for the same that passed after it in most of those sessions, made of words of the one that failed; "" when there is none."""
    meant, kind = frozenset(display(what).split()), purpose(what)
    found: Counter[str] = Counter()
    for session, error in met:
        found.update({
            shown for fact in session.commands
            if fact.ok and fact.last >= error.at and kind in ("other", fact.purpose) and (shown := display(fact.command)) and frozenset(shown.split()) < meant})
    return found.most_common(1)[0][0] if found else ""


__all__ = ["MANY", "gathered", "often", "recurring", "since"]
