"""What was done, what is in the middle of being done, and what is to be done."""

from collections.abc import Iterator

from passdown.formats.base import Item, Material
from passdown.formats.parts.wording import body, cell, code, counted, key, line, listed, named, places, quote, row, some, title
from passdown.model.record import Record
from passdown.model.session import Session

HEAD = "| Feature | Files Modified | Key Details |\n|---------|----------------|-------------|"
FILES_IN_ROW = 4
PRIORITIES = ("high", "medium", "low", "")
ERRORS, TODOS, CHANGED = 4, 8, 8


def completed(material: Material) -> Iterator[Item]:
    """Table rows: what was said to be done, sessions that left no commit, commits; the latest first within each."""
    for record in (*material.done, *material.records):
        if is_done(record):
            files = some((code(p) for p in dict.fromkeys(a.path for a in record.anchors)), FILES_IN_ROW)
            told = record.detail("outcome") or record.detail("why") or " ".join(body(record))
            yield Item(record.id, row(cell(title(record, 160), 170), files or "–", cell(f"{(record.updated or record.created)[:10]} {told}", 200)))
    yield from uncommitted(material)
    yield from commits(material)


def is_done(record: Record) -> bool:
    return record.kind == "milestone" or (record.kind == "task" and (record.detail("state") == "done" or record.status == "resolved"))


def uncommitted(material: Material) -> Iterator[Item]:
    """Sessions that changed files and made no commit that we know of."""
    for session in material.sessions[:10]:
        files = [f for f in session.files if (f.edits or f.created) and not outside(f.path)]
        if files and not session.commits:
            why = next((f.why for f in files if f.why), "")
            names = some((code(f.path) for f in files), FILES_IN_ROW)
            yield Item(key("session", session.id), row(cell(quote(session.title or session.goal, 100), 100), names, cell(f"{session.ended[:10]}: {why}", 200)))


def outside(path: str) -> bool:
    return path.startswith(("/", "~", "..")) or ":" in path[:3]


def commits(material: Material) -> Iterator[Item]:
    """Commits that git knows with their files, then those that only a session tells of; why, where the session said so."""
    known = material.git.commits if material.git else ()
    whys = {f.path: f.why for s in reversed(material.sessions) for f in s.files if f.why}
    for commit in known:
        why = next((whys[p] for p in commit.files if p in whys), "")
        details = ", ".join(filter(None, (commit.sha[:7], commit.day)))
        yield Item(key("commit", commit.sha[:7]), row(cell(commit.subject, 100), some(map(code, commit.files), FILES_IN_ROW) or "–", cell(f"{details}{': ' + why if why else ''}", 180)))
    said = {c.sha[:7] for c in known} | {c.subject for c in known}
    for session in material.sessions:
        for fact in reversed(session.commits):
            if not {fact.sha[:7], fact.subject} & said:
                yield Item(key("commit", fact.sha or fact.subject), row(cell(fact.subject, 100), "–", cell(f"{fact.sha[:7]} {fact.at[:10]}, not in this clone", 180)))


def in_progress(material: Material) -> Iterator[Item]:
    """Begun tasks, blockers, questions; then what the last session left: its list, errors, failing checks, where it stopped."""
    for record in material.records:
        if record.kind == "task" and record.detail("state") == "in progress":
            percent = record.detail("percent").rstrip("% ")
            yield listed(record.id, [f"**In progress{f' ({percent} %)' if percent else ''}:** {title(record)}", *body(record),
                                     *named(record, stopped="Stopped at", next="Next step", why="Why", ticket="Ticket"), *places(record, material)])
    for record in (r for r in material.records if r.kind == "blocker"):
        yield listed(record.id, [f"**Blocked:** {title(record)}", *body(record), *named(record, impact="Impact", why="Why", next="Next step", expected="Expected"),
                                 *places(record, material)])
    for record in (r for r in material.records if r.kind == "question" and not r.detail("answer")):
        yield listed(record.id, [f"**Waiting for the user:** {title(record)}", *body(record), *named(record, context="It decides")])
    if material.sessions:
        yield from left_behind(material, material.sessions[0])
    yield from stopped(material)


def left_behind(material: Material, last: Session) -> Iterator[Item]:
    """What the last session measurably did not finish."""
    for todo in [t for t in last.todos if t.status == "in_progress"][:TODOS]:
        yield listed(key("todo", todo.text), [f"Begun (agent's own list, {last.ended[:10]}): {line(todo.text, 200)}"])
    for check in [c for c in last.checks if not c.ok][:ERRORS]:
        yield listed(key("check", check.command), [f"Failing: {code(check.command)} ({check.at[:10]}): {line(check.line, 200)}"])
    for error in [e for e in last.errors if not e.fixed_by][:ERRORS]:
        yield listed(key("error", error.what, error.message), [f"Error not fixed when the session ended: {code(error.what, 120)}", f"{line(error.message, 240)}"])


def stopped(material: Material) -> Iterator[Item]:
    """Uncommitted paths, and the line of the last change."""
    git = material.git
    if git and git.changed:
        where = f"Stopped at: {git.stopped}" if git.stopped else ""
        names = some((code(p) for p, _ in git.changed), CHANGED)
        yield listed("stopped", list(filter(None, (f"Not committed: {counted(len(git.changed), 'path')} ({names})", where))))


def pending(material: Material) -> Iterator[Item]:
    """Open tasks by priority, the agent's own open list, ways that were not tried yet."""
    tasks = [r for r in material.records if is_pending(r) and not speculative(r)]
    for record in sorted(tasks, key=lambda r: (PRIORITIES.index(r.detail("priority")), not r.detail("ticket"))):
        ticket = record.detail("ticket")
        words = [f"[{record.detail('priority') or 'no priority'}]", f"`@{ticket}` -" if "/" in ticket and "://" not in ticket else f"{ticket}:" if ticket else "", title(record)]
        yield listed(record.id, [" ".join(filter(None, words)), *body(record), *named(record, next="Next step", stopped="Stopped at", why="Why", horizon="When"),
                                 *places(record, material)])
    for record in (r for r in material.records if r.kind == "approach" and r.detail("outcome") == "untried"):
        yield listed(record.id, [f"[not tried yet] {title(record)}", *named(record, why="Why")])
    if material.sessions:
        last = material.sessions[0]
        for todo in [t for t in last.todos if t.status == "pending"][:TODOS]:
            yield listed(key("todo", todo.text), [f"[agent's own list, {last.ended[:10]}] {line(todo.text, 200)}"])


def is_pending(record: Record) -> bool:
    return record.kind == "task" and record.status == "active" and record.detail("state") in ("", "open")


def speculative(record: Record) -> bool:
    """Work for some day that no ticket asks for."""
    return record.kind == "task" and record.detail("horizon") == "future" and not record.detail("ticket")


__all__ = ["HEAD", "completed", "in_progress", "is_done", "is_pending", "outside", "pending", "speculative"]
