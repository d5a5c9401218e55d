"""One piece of work over its sessions: which it is, what kind of work, how it stands, what its sessions did."""

import re
from collections.abc import Iterator, Sequence

from passdown.formats.base import Item, LeftOut, Material
from passdown.formats.parts.asked import subject
from passdown.formats.parts.continuation import plain
from passdown.formats.parts.entry import entry
from passdown.formats.parts.wording import by_reason, code, counted, harmless, key, line, listed, some, telling
from passdown.formats.parts.work import is_done, outside, unbuilt
from passdown.model.record import Record
from passdown.model.session import Session

VARIANTS = ("bug", "feature", "refactor")
OF_BRANCH = {"fix": "bug", "bug": "bug", "bugfix": "bug", "hotfix": "bug", "feat": "feature", "feature": "feature", "refactor": "refactor"}
OWN = frozenset(("approach", "task", "blocker", "issue", "risk", "milestone", "question"))  # kinds that belong to one piece of work
DID, NAMED, PLANNED, EARLIER = 6, 4, 4, 6


def thread(material: Material) -> str:
    """The name of the piece of work in hand: its branch, else the session that works on it; "" when there is neither."""
    if material.sessions:
        return thread_of(material.sessions[0])
    return material.git.branch if material.git else ""


def thread_of(session: Session) -> str:
    return session.thread or session.id


def sessions(material: Material) -> list[Session]:
    """Those of the piece of work in hand, the first one first."""
    return [s for s in reversed(material.sessions) if thread_of(s) == thread(material)]


def topic(material: Material) -> str:
    """What the work is about, in a few words: the title of its first session, its goal, the task in hand, the project."""
    first = next(iter(sessions(material)), None)
    said = [subject(first, 80)] if first else []
    tasks = sorted((r for r in own(material) if r.kind == "task"), key=lambda r: r.detail("state") != "in progress")
    return next((line(one, 80) for one in map(harmless, (*said, *(t.title for t in tasks), material.overview.name)) if one.strip()), "work")


def own(material: Material) -> list[Record]:
    """The records without what belongs to another piece of work."""
    return [r for r in material.records if not of_another(r, material)]


def of_another(record: Record, material: Material) -> bool:
    return record.kind in OWN and bool(record.thread) and bool(material.sessions) and record.thread != thread(material)


def others(material: Material) -> Iterator[LeftOut]:
    """A document of one piece of work says nothing of another one."""
    for record in (*material.records, *material.done):
        if of_another(record, material):
            yield LeftOut(record.id, record.title, f"it belongs to `{line(record.thread, 60)}`")


def variant(material: Material) -> str:
    """The kind of work: what was asked for, else what most of its tasks are, else what its branch says; "" for another one."""
    if material.variant:
        return material.variant
    types = [r.detail("type").lower() for r in own(material) if r.kind == "task"]
    most = max(VARIANTS, key=types.count)
    return most if most in types else OF_BRANCH.get(re.split(r"[/_-]", thread(material))[0].lower(), "")


def status(material: Material) -> str:
    """`blocked` when something blocks and nothing is in progress; `completed` when there was work and none is left; else `in_progress`."""
    here = own(material)
    tasks = [r for r in here if r.kind == "task" and r.detail("state") != "done"]
    if any(r.kind == "blocker" for r in here):
        return "in_progress" if any(r.detail("state") == "in progress" for r in tasks) else "blocked"
    last = material.sessions[0] if material.sessions else None
    loose = last and (unbuilt(last) or any(t.status != "completed" for t in last.todos) or any(not c.ok for c in last.checks))
    done = any(is_done(r) for r in (*here, *material.done))
    dirty = bool(material.git and material.git.changed)
    return "completed" if done and not (tasks or loose or dirty or any(r.kind == "question" for r in here)) else "in_progress"


def continuity(material: Material) -> Iterator[Item]:
    """What each session of the piece of work did, the first one first; what was said to be done; what comes next."""
    told = sessions(material)[-EARLIER:]
    for session in told:
        name = "Current session" if session is told[-1] else "Previous session"
        yield listed(key("session", session.id), [f"**{name}** ({session.ended[:10]}): {subject(session, 120)}", *did(session)])
    for record in (*material.done, *own(material)):
        if is_done(record) and not of_another(record, material):
            yield entry(record, material, "task", given={"state": "done"}, mark="- [x] ", detail="  - **{}**: {}")
    if told and (planned := expected(material)):
        yield listed("expected", ["**Expected next session**:", *(f"- {one}" for one in planned)])


def did(session: Session) -> list[str]:
    """What it measurably did: commits, else files with what was said before the edit; how its checks ended."""
    lines = [f"- Commit {c.sha[:7]} “{line(c.subject, 100)}”" for c in session.commits[-DID:]]
    if not lines:
        edited = [f for f in session.files if (f.edits or f.created) and not outside(f.path)]
        told = by_reason((f.path, line(telling(f.why), 110)) for f in edited[:NAMED])
        lines = [f"- {', '.join(map(code, paths))}{f': {why}' if why else ''}" for paths, why in told]
        lines += [f"- and {counted(len(edited) - NAMED, 'more file')}"] if len(edited) > NAMED else []
    last = next((c for c in session.checks if plain(c.command)), None)
    lines += [f"- {'Passing' if last.ok else 'Failing'}: {code(line(last.command, 80))}: {line(last.line, 120)}"] if last else []
    return lines or [f"- {counted(session.prompts, 'prompt')}, no file was changed"]


def expected(material: Material) -> list[str]:
    """The first of what is to be done, by name only: the next steps say it whole."""
    tasks: Sequence[Record] = [r for r in own(material) if r.kind == "task" and not is_done(r) and r.detail("horizon") in ("", "immediate")]
    blockers = [r for r in own(material) if r.kind == "blocker" and r.detail("expected")]
    return [line(r.title, 120) for r in tasks[:PLANNED]] + [f"{line(r.title, 80)}: expected {line(r.detail('expected'), 40)}" for r in blockers[:PLANNED]]


def files(material: Material) -> list[str]:
    """What the sessions of the piece of work changed in the project and is still there, the latest first."""
    found = [p for s in reversed(sessions(material)) for p in s.files_changed if not outside(p)]
    return [p for p in dict.fromkeys(found) if p in material.existing]


def phase(material: Material) -> str:
    """Where the work stands, measured."""
    here = own(material)
    counts = [(counted(sum(is_done(r) for r in (*here, *material.done)), "thing") + " done"),
              counted(sum(r.kind == "task" and r.detail("state") == "in progress" for r in here), "task") + " in progress",
              counted(sum(r.kind == "task" and r.detail("state") in ("", "open") for r in here), "task") + " open",
              counted(sum(r.kind == "blocker" for r in here), "blocker")]
    return some((c for c in counts if not c.startswith("0 ")), len(counts))


__all__ = [
    "OWN", "VARIANTS", "continuity", "did", "expected", "files", "of_another", "others", "own", "phase", "sessions", "status", "thread", "thread_of", "topic",
    "variant",
]
