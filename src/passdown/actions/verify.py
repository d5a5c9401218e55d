"""`verify`: every active record, and what the last session left, held against the repository. Nothing is changed."""

from collections.abc import Mapping, Sequence

import msgspec

from passdown.actions import fixes
from passdown.actions.refresh import opened
from passdown.actions.view import view_of
from passdown.errors import AmbiguousRecord, NoSuchRecord
from passdown.model.finding import Finding
from passdown.model.record import Record
from passdown.model.session import last_work
from passdown.project import Project
from passdown.verification.base import Claim, Verdict
from passdown.verification.claims import named, of_record, of_session
from passdown.verification.table import verdicts

SESSIONS = 30  # looked at for checks that passed since


class Judged(msgspec.Struct, frozen=True):
    """One claim. owner: id of the record or session; title: its first line; about: what the claim names."""

    owner: str
    title: str
    about: str
    verdict: Verdict
    fix: str = ""


class Verified(msgspec.Struct, frozen=True):
    """judged: every claim, in the order of records (the last updated first) and of the claims in each, the last session's at the end.

    unreadable: files of the store that could not be read, and so were not held against anything.
    """

    judged: tuple[Judged, ...]
    records: int = 0
    sessions: int = 0
    unreadable: int = 0

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What does not hold, errors first, by code."""
        order = {"error": 0, "warning": 1, "info": 2}
        found = [Finding(j.verdict.code, j.verdict.severity, j.owner, f"{j.about} {j.verdict.note}".strip(), j.fix) for j in self.judged if wrong(j)]
        return tuple(sorted(found, key=lambda f: (order[f.severity], f.code)))

    def count(self, code: str) -> int:
        return sum(j.verdict.code == code for j in self.judged)


def wrong(judged: Judged) -> bool:
    return judged.verdict.code not in ("holds", "unverified")


def verify(project: Project, prefixes: Sequence[str] = (), *, every: bool = False) -> Verified:
    """Hold records against the repository: those whose ids begin so, else the active ones (`every`: of any status) and the last session.

    Raises `NotInitialised`, `NoSuchRecord`, `AmbiguousRecord`.
    """
    with opened(project) as index:
        everything = {r.id: r for r in index.records(None, None)}
        sessions, unreadable = index.sessions(SESSIONS), len(index.problems())
    records = [one(everything, p) for p in prefixes] or [r for r in everything.values() if every or r.status == "active"]
    last = None if prefixes else last_work(sessions)
    claims: list[Claim] = [claim for r in records for claim in of_record(r)]
    claims += of_session(last) if last else ()
    with view_of(project, claims, records=everything, sessions=sessions) as view:
        said = iter(verdicts(claims, view))
    judged = [Judged(r.id, r.title, named(c), v := next(said), fixes.of_record(r.id, r.anchors, c, v)) for r in records for c in of_record(r)]
    if last:
        title = last.title or last.goal.split("\n", 1)[0]
        judged += [Judged(last.id, title, named(c), v := next(said), fixes.of_session(v)) for c in of_session(last)]
    return Verified(tuple(judged), len(records), int(last is not None), unreadable)


def one(records: Mapping[str, Record], prefix: str) -> Record:
    found = [r for id_, r in records.items() if id_.startswith(prefix)] if prefix else []
    if not found:
        raise NoSuchRecord(id=prefix)
    if len(found) > 1 and prefix not in records:
        raise AmbiguousRecord(id=prefix, matches=", ".join(r.id for r in found[:5]))
    return records.get(prefix, found[0])


__all__ = ["Judged", "Verified", "verify", "wrong"]
