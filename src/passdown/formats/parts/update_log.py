"""The update log of a session context: dated entries, the newest first; what deserves one and what does not.

Source: "Maintaining Session Context" of the session handoff workflow (system E, seen 2026-11). It deserves one: a phase completed, major code written, a new
gotcha, a deviation from the architecture with its rationale, a blocker met, a hypothesis's result learned. It does not: minor bug fixes, clarifications of
documentation, questions and discussion.
"""

import re
from collections.abc import Iterator

import msgspec

from passdown.formats.base import Item, Material
from passdown.formats.parts.continuation import continue_from
from passdown.formats.parts.wording import counted, line, listed, some, title
from passdown.formats.parts.work import is_done, outside
from passdown.model.record import Record
from passdown.model.session import Session

DAYS = 12  # entries that the log shows
MAJOR_FILES = 3  # changed source files from which a session's code is major
MINOR = frozenset(("bug", "bugfix", "fix", "docs", "documentation", "doc", "chore", "question", "typo"))
_TEXT = re.compile(r"\.(?:md|mdx|rst|txt|adoc)$", re.IGNORECASE)
_SMALL = re.compile(r"^\W*(?:fix|docs?|chore|typo|style|lint|format|bump|merge|revert|wip)\b", re.IGNORECASE)
SAYS = {"milestone": "Completed", "task": "Completed", "knowledge": "Discovered gotcha", "decision": "Decided", "blocker": "Blocked", "approach": "Learned"}


class Update(msgspec.Struct, frozen=True):
    """One line of the log. at: UTC ISO. key: of its item."""

    at: str
    key: str
    says: str


def deserves(record: Record) -> bool:
    """Whether a record is worth an entry. What was only quoted from a session is not, but for what was finished."""
    if is_done(record):
        return record.detail("type").lower() not in MINOR
    if record.trust == "extracted":
        return False
    if record.kind == "approach":
        return record.detail("outcome") in ("worked", "failed")
    if record.kind == "knowledge":
        return record.detail("category") == "gotcha" or record.detail("severity") in ("critical", "important")
    return record.kind == "blocker" or (record.kind == "decision" and bool(record.detail("why") or record.supersedes))


def is_major(session: Session) -> bool:
    """Whether a session wrote major code: several source files, or a commit that is no mere fix, text or chore."""
    source = [p for p in session.files_changed if not outside(p) and not _TEXT.search(p)]
    return bool(source) and (len(source) >= MAJOR_FILES or any(not _SMALL.match(c.subject) for c in session.commits))


def updates(material: Material) -> list[Update]:
    """All that deserves an entry, the newest first."""
    found = [Update(r.updated or r.created, f"{r.id}.log", said(r)) for r in (*material.records, *material.done) if deserves(r)]
    found += [Update(s.ended, f"log-{s.id[:12]}", major(s)) for s in material.sessions if not s.subagent and is_major(s)]
    return sorted((u for u in found if u.at), key=lambda u: (u.at, u.key), reverse=True)


def due(material: Material) -> list[str]:
    """Why the context should be brought up to date: what deserves an entry and came after it was last written; [] when there is nothing."""
    return [u.says for u in updates(material) if u.at > material.written]


def said(record: Record) -> str:
    """`Discovered gotcha: …`; of a decision that replaces another one that it is a deviation, and why."""
    lead = "Deviation" if record.kind == "decision" and record.supersedes else SAYS[record.kind]
    if record.kind == "knowledge" and record.detail("category") != "gotcha":
        lead = "Learned"
    outcome = f" ({record.detail('outcome')})" if record.kind == "approach" else ""
    why = record.detail("why")
    return f"{lead}: {title(record, 160)}{outcome}{f' — {line(why, 120)}' if why else ''}"


def major(session: Session) -> str:
    source = [p for p in session.files_changed if not outside(p)]
    subjects = some((f"“{line(c.subject, 80)}”" for c in session.commits), 3)
    return f"Wrote code: {counted(len(source), 'file')} changed{f': {subjects}' if subjects else ''}"


def entries(material: Material) -> Iterator[Item]:
    """`**2026-11-20, 14:00:**` and what happened on that day; below the newest one what comes next."""
    days: dict[str, list[Update]] = {}
    for update in updates(material):
        days.setdefault(update.at[:10], []).append(update)
    for n, (day, found) in enumerate(list(days.items())[:DAYS]):
        yield Item(f"log-{day}", f"**{day}, {found[0].at[11:16]}:**")
        yield from (listed(u.key, [u.says]) for u in reversed(found))
        if not n and (step := continue_from(material)).task:
            yield listed(f"log-next-{day}", [f"Next: {line(step.task, 160)}"])


__all__ = ["Update", "deserves", "due", "entries", "is_major", "updates"]
