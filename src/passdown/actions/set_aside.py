"""What a user set aside in so many words becomes a record: `I know we decided against Redis, do it anyway`."""

import re
from collections.abc import Iterator, Sequence

from passdown.actions.guard import settling, with_documents
from passdown.extract.records import EXTRACTOR
from passdown.guard.settled import entries
from passdown.guard.table import table
from passdown.hooks.guarding.match import matches
from passdown.hooks.guarding.probe import probe
from passdown.hooks.guarding.stance import shows
from passdown.hooks.guarding.table import Table
from passdown.model.anchor import Evidence
from passdown.model.event import Prompt
from passdown.model.ids import content_hash, derived_id
from passdown.model.record import Record
from passdown.model.session import Session
from passdown.project import Project
from passdown.store import events as event_log

SETS_ASIDE = "overrides"
_ONCE = re.compile(r"\b(?:(?:just |only )?this (?:once|time)|just this|exception|only (?:for|in)|temporar\w+|throw(?:n)? away|one[- ]off|for now"
                   r"|quick test)\b", re.IGNORECASE)
MAX_CHARS = 600


def set_aside(project: Project, sessions: Sequence[Session], records: Sequence[Record]) -> Iterator[Record]:
    """A decision by the user for each prompt that sets a settled record of an earlier session, or what a document settled, aside, in its words.

    It names what it sets aside (`overrides`), unless it does so once only: then the record goes on to be warned of.
    """
    saying = [s for s in sessions if not s.subagent and any(shows(SETS_ASIDE, ask) for ask in (s.goal, *s.asks))]
    if not saying:
        return
    found = Table(table(entries(with_documents(project, records, settling(project)).values()), {}, lambda _: ("", [])))
    known = {(e.session, e.event) for r in records if r.trust == "user" and r.detail("approval") == "user" for e in r.evidence}
    for session in saying:
        for event in event_log.read(project.layout.events(session.id)):
            if isinstance(event, Prompt) and (session.id, event.n) not in known and shows(SETS_ASIDE, event.text):
                hits = [m.entry for m in matches(found, probe("prompt", event.text)) if m.overridden and m.entry.session != session.id]
                yield from (said(session, event, entry.id) for entry in hits[:1])


def said(session: Session, event: Prompt, settled: str) -> Record:
    quote = event.text.strip()[:MAX_CHARS].rstrip()
    aside = {} if _ONCE.search(quote) else {"overrides": settled}
    at = (event.at or session.started)[:19].rstrip("Z") + "Z"
    return Record(
        derived_id(session.id, "aside", settled), "decision", quote, trust="user", created=at, updated=at, session=session.id,
        agent=session.agent, branch=session.branch, thread=session.thread, details={"approval": "user", **aside},
        evidence=(Evidence(session.id, event.n, content_hash(quote)),), extractor=EXTRACTOR)


__all__ = ["set_aside"]
