"""`doctor`: is the store whole, is capture complete, does every copy say what the record says?"""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from passdown import gitrepo
from passdown.actions.agents import Seen, agents
from passdown.actions.health import hook_findings
from passdown.actions.merges import merge_findings
from passdown.actions.production_health import production_findings
from passdown.actions.refresh import opened
from passdown.actions.transcript import measured
from passdown.agentstores import table as agentstores
from passdown.errors import PassdownError, WriteFailed
from passdown.index import Index
from passdown.model.finding import Finding
from passdown.project import Project
from passdown.store import events as event_log
from passdown.store.records import RecordStore
from passdown.store.state import Cursor, State


class Health(msgspec.Struct, frozen=True):
    """findings: what is wrong, errors first. rows: how all captured rows were read, by name of the reason; `event` for those that became events.

    sessions, records: how many there are. repaired: what doctor has put right on its way. agents: those that are on this machine.
    """

    findings: tuple[Finding, ...]
    rows: dict[str, int]
    sessions: int
    records: int
    repaired: tuple[str, ...]
    agents: tuple[Seen, ...] = ()


def doctor(project: Project, *, repair: bool = False) -> Health:
    """Look at everything, and put right what needs no decision: unfinished operations, waiting records, copies edited by hand.

    repair: also put aside what does not read, and make it again. Raises `NotInitialised`; with `repair`, `WriteFailed` and `Locked`.
    """
    project.require()
    repaired = list(put_right(project))
    if repair:
        from passdown.actions.repair import mend

        repaired += mend(project)
    with opened(project, thorough=True) as index:
        here = tuple(a for a in agents(project) if a.found)
        findings = [*store_findings(project, index), *capture_findings(project), *hook_findings(project), *agent_findings(here),
                    *production_findings(project)]
        counts, sessions, records = rows(index), len(index.sessions()), len(index.records(None, None))
    order = {"error": 0, "warning": 1, "info": 2}
    return Health(tuple(sorted(findings, key=lambda f: (order[f.severity], f.code, f.where))), counts, sessions, records, tuple(repaired), here)


def agent_findings(here: tuple[Seen, ...]) -> Iterator[Finding]:
    """Agents that are here and not wired, wired and silent, or kept from running hooks by their own settings."""
    for one in here:
        wired = any(w.state in ("installed", "partly") for w in one.hooks if w.what != "mcp")
        if not wired:
            yield Finding("not-installed", "info", one.name, f"{one.title} is here, its hooks are not installed", f"passdown install {one.name}")
        elif not one.fired and one.sessions:
            words = f"{one.title} has had sessions here, but none of its hooks has fired in this project yet"
            yield Finding("hooks-silent", "info", one.name, words, one.support)
        yield from one.findings if wired else ()


def put_right(project: Project) -> Iterator[str]:
    store = RecordStore(project.layout)
    try:
        store.recover()
        yield from (f"moved {done.record.id} from the inbox" for done in store.adopt_inbox() if not isinstance(done, Finding))
    except WriteFailed:
        return  # a store that can only be read is told of below


def store_findings(project: Project, index: Index) -> Iterator[Finding]:
    for path, reason in index.problems():
        yield Finding("unreadable-file", "error", path, reason,
                      "Open it and mend it, or `passdown doctor --repair`: it is put aside, and the last text that did read takes its place.")
    store = RecordStore(project.layout)
    yield from (f for f in store.adopt_inbox() if isinstance(f, Finding)) if writable(project.layout.private) else ()
    try:
        yield from store.reconcile(at=project.clock.iso())
    except WriteFailed as error:
        yield Finding("store-read-only", "warning", str(project.layout.private), f"the private store cannot be written: {error.facts['reason']}",
                      "New records go to the inbox until it can. Check permissions and free space.")
    yield from merge_findings(project, index)
    yield from mode_findings(project.layout.private)
    yield from git_findings(project)


def writable(path: Path) -> bool:
    return os.access(path, os.W_OK)


def mode_findings(private: Path) -> Iterator[Finding]:
    """The private store is for its owner alone (where the system has such modes)."""
    if os.name == "nt":
        return
    for path in sorted(p for p in private.rglob("*") if p.is_file() and p.stat().st_mode & 0o077)[:5]:
        yield Finding("open-to-others", "warning", str(path), "others on this machine may read it", f"chmod 600 '{path}'")


def git_findings(project: Project) -> Iterator[Finding]:
    if not project.place:
        yield Finding("no-git", "info", str(project.root), "not in a git repository: claims are held against files only", "git init")
        return
    try:
        gitrepo.run(project.place, "rev-parse", "--git-dir")
    except PassdownError as error:
        yield Finding("git-refused", "error", str(project.root), error.message, error.advice)


def capture_findings(project: Project) -> Iterator[Finding]:
    """What capture has missed, kept events that are not as long as was committed, a database that is damaged."""
    with State(project.layout.state) as state:
        if damage := state.damage():
            yield Finding("state-damaged", "error", str(project.layout.state), damage, "passdown doctor --repair")
        yield from read_findings(project, state)


def read_findings(project: Project, state: State) -> Iterator[Finding]:
    cursors = state.cursors()
    for cursor in cursors:
        yield from cursor_findings(cursor)
    for session in sorted({c.session for c in cursors}):
        kept, log = state.kept(session), project.layout.events(session)
        size = log.stat().st_size if log.exists() else 0
        if size >= kept.length and not event_log.whole(log, kept.length):
            yield Finding("events-damaged", "error", session, "a part of the kept events does not unpack", "passdown doctor --repair")
        if size < kept.length:
            yield Finding("events-cut", "error", session, f"{kept.length - size} bytes of kept events are missing",
                          "passdown doctor --repair; or take them back from a backup: passdown restore FILE")


def cursor_findings(cursor: Cursor) -> Iterator[Finding]:
    try:
        size, _ = measured(Path(cursor.path))
    except (OSError, PassdownError):
        return  # the agent swept it away: what was captured stays
    if size > cursor.size and not agentstores.split(Path(cursor.path))[1]:
        yield Finding("uncaptured", "info", cursor.path, f"{size - cursor.size:,} bytes came after the last capture", "passdown capture")
    stream = cursor.stream
    if unread := stream.get("unreadable", 0):
        yield Finding("unreadable-rows", "warning", cursor.path, f"{unread} of {stream.get('rows', 0)} rows could not be read",
                      "They are counted and left in the transcript; keep it if they matter.")
    unknown = stream.get("skipped", {}).get("unknown-type", 0)
    if unknown:
        yield Finding("unknown-rows", "info", cursor.path, f"{unknown} rows are of a type that this version does not know", "pip install -U passdown")


def rows(index: Index) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for session in index.sessions():
        counts["event"] += session.reading.evented
        counts["unreadable"] += session.reading.unreadable
        counts.update(session.reading.skipped)
    return {k: n for k, n in sorted(counts.items(), key=lambda kv: -kv[1]) if n}


__all__ = ["Health", "doctor"]
