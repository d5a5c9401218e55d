"""What productions ask of the rest of passdown: the briefing, the records that a run noted, and the sessions that its agents had."""

from collections.abc import Mapping, Sequence

from passdown.actions.capture import capture, roots_of
from passdown.actions.discover import transcripts
from passdown.actions.resume import resume
from passdown.errors import PassdownError
from passdown.hooks import briefing
from passdown.model.briefing import Request
from passdown.model.record import Record
from passdown.model.session import Session, UsageFact
from passdown.production.handover import Ports
from passdown.project import Project, surroundings
from passdown.store.reading import Stored
from passdown.store.records import RecordStore
from passdown.workflows.ledger import MICRO, Used

BUDGET = 1_200  # tokens of the project's own part of a phase's briefing
RECENT = 20  # transcripts, the latest, in which an agent's session is looked for


class Known:
    """What was looked up once holds until records or the branch change: a batch has many phases that begin at the same moment."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._stamp: object = None
        self._briefings: dict[str, str] = {}
        self._records: dict[str, list[Record]] | None = None

    def briefing(self, task: str) -> str:
        self._fresh()
        if task not in self._briefings:
            self._briefings[task] = resume(self._project, Request(budget=BUDGET, task=task)).text
        return self._briefings[task]

    def records(self, run: str) -> Sequence[Record]:
        self._fresh()
        if self._records is None:
            self._records = by_thread(self._project)
        return self._records.get(run, [])

    def _fresh(self) -> None:
        stamp = (briefing.records_stamp(str(self._project.layout.private)), self._project.head())
        if stamp != self._stamp:
            self._stamp, self._briefings, self._records = stamp, {}, None


def ports(project: Project) -> Ports:
    known = Known(project)
    return Ports(known.briefing, known.records, lambda agent, session: captured(project, agent, session), surroundings())


def by_thread(project: Project) -> dict[str, list[Record]]:
    out: dict[str, list[Record]] = {}
    for stored in RecordStore(project.layout).all():
        if isinstance(stored, Stored) and stored.record.thread and stored.record.status == "active":
            out.setdefault(stored.record.thread, []).append(stored.record)
    return {thread: sorted(records, key=lambda r: r.created) for thread, records in out.items()}


def captured(project: Project, _agent: str, session: str) -> Mapping[str, Used]:
    """Capture what agents wrote lately; what the session used, by model. Nothing where it is not found: the phase has done its work all the same."""
    try:
        recent = transcripts(project, roots_of(project, ()))[-RECENT:]
        done = [one.facts for one in capture(project, recent) if one.facts]
    except PassdownError:
        return {}
    found = next((facts for facts in done if facts.id == session), None)
    return used_by(found) if found else {}


def used_by(session: Session) -> dict[str, Used]:
    return {usage.model: used(usage) for usage in session.usage}


def used(usage: UsageFact) -> Used:
    return Used(round((usage.cost or 0.0) * MICRO), usage.input + usage.output + usage.cache_read + usage.cache_write)


__all__ = ["ports"]
