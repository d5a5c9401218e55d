"""What was done, what is in the middle of being done, and what is to be done."""

from collections.abc import Iterable, Iterator

from passdown.formats.base import Item, Material
from passdown.formats.parts.wording import body, cell, code, counted, key, line, listed, named, places, quote, row, some, telling, title
from passdown.model.record import Record
from passdown.model.session import Session

HEAD = "| Feature | Files Modified | Key Details |\n|---------|----------------|-------------|"
FILES_IN_ROW = 4
PRIORITIES = ("high", "medium", "low", "")
ERRORS, TODOS, CHANGED = 4, 8, 8


def completed(material: Material) -> Iterator[Item]:
    """Table rows: what was said to be done, sessions without a commit here, commits; the latest first within each."""
    for record in (*material.done, *material.records):
        if is_done(record):
            told = record.detail("outcome") or record.detail("why") or " ".join(body(record))
            files = named_files(dict.fromkeys(a.path for a in record.anchors), material)
            yield Item(record.id, row(cell(title(record, 160), 170), files, cell(f"{(record.updated or record.created)[:10]} {told}", 200)))
    yield from by_session(material)
    yield from commits(material)


def is_done(record: Record) -> bool:
    return record.kind == "milestone" or (record.kind == "task" and (record.detail("state") == "done" or record.status == "resolved"))


def by_session(material: Material) -> Iterator[Item]:
    """A row for each session that changed files or made commits which git does not show here (none were made, or they lie in another clone)."""
    known = material.git.commits if material.git else ()
    shown = {c.sha[:7] for c in known} | {c.subject for c in known}
    for session in material.sessions:
        files = [f.path for f in session.files if (f.edits or f.created) and not outside(f.path)]
        lost = [c for c in session.commits if not {c.sha[:7], c.subject} & shown]
        if (files or session.commits) and len(lost) == len(session.commits):
            why = next((f.why for f in session.files if f.why and f.path in files), "")
            subjects = some((f"“{c.subject}”" for c in reversed(lost)), 3)
            made = f"{counted(len(lost), 'commit')} not in this clone: {subjects}" if lost else telling(why)
            yield Item(key("session", session.id), row(
                cell(quote(session.title or session.goal, 100), 100), named_files(files, material), cell(f"{session.ended[:10]}: {made}", 260)))


def named_files(paths: Iterable[str], material: Material) -> str:
    """The first few as code; those that are there no more say so."""
    return some((code(p) if p in material.existing else f"{code(p)} (not here)" for p in paths), FILES_IN_ROW) or "–"


def outside(path: str) -> bool:
    return path.startswith(("/", "~", "..")) or ":" in path[:3]


def commits(material: Material) -> Iterator[Item]:
    """Commits that git knows, with what the session that made them said of their files."""
    whys = {name: {f.path: f.why for f in s.files if f.why} for s in material.sessions for c in s.commits for name in (c.sha[:7], c.subject)}
    for commit in material.git.commits if material.git else ():
        said = whys.get(commit.sha[:7]) or whys.get(commit.subject) or {}
        why = next((w for p in commit.files if (w := telling(said.get(p, "")))), "")
        details = f"{commit.sha[:7]}, {commit.day}{': ' + why if why else ''}"
        yield Item(key("commit", commit.sha[:7]), row(cell(commit.subject, 100), named_files(commit.files, material), cell(details, 180)))


def in_progress(material: Material) -> Iterator[Item]:
    """Begun tasks, blockers, questions; then what the last session left: its list, errors, failing checks, where it stopped."""
    for record in material.records:
        if record.kind == "task" and record.detail("state") == "in progress":
            percent = record.detail("percent").rstrip("% ")
            yield listed(record.id, [f"**In progress{f' ({percent} %)' if percent else ''}:** {title(record)}", *body(record),
                                     *named(record, stopped="Stopped at", next="Next step", why="Why", ticket="Ticket"), *places(record, material)])
    for record in (r for r in material.records if r.kind == "blocker"):
        yield listed(record.id, [
            f"**Blocked:** {title(record)}", *body(record), *named(record, impact="Impact", why="Why", next="Next step", expected="Expected"),
            *places(record, material)])
    for record in (r for r in material.records if r.kind == "question" and not r.detail("answer")):
        yield listed(record.id, [f"**Waiting for the user:** {title(record)}", *body(record), *named(record, context="It decides")])
    if material.sessions:
        yield from left_behind(material.sessions[0])
    yield from stopped(material)


def left_behind(last: Session) -> Iterator[Item]:
    """What the last session measurably did not finish."""
    for todo in [t for t in last.todos if t.status == "in_progress"][:TODOS]:
        yield listed(key("todo", todo.text), [f"Begun (agent's own list, {last.ended[:10]}): {line(todo.text, 200)}"])
    for check in [c for c in last.checks if not c.ok][:ERRORS]:
        yield listed(key("check", check.command), [f"Failing: {code(check.command)} ({check.at[:10]}): {line(check.line, 200)}"])
    for error in [e for e in last.errors if not e.fixed_by][:ERRORS]:
        yield listed(key("error", error.what, error.message), [f"Error not fixed when the session ended: {code(error.what, 120)}", line(error.message, 240)])


def stopped(material: Material) -> Iterator[Item]:
    """Uncommitted paths, and the line of the last change."""
    git = material.git
    own = [path for path, _ in git.changed if not path.startswith(".passdown/")] if git else []
    if git and own:
        where = f"Stopped at: {git.stopped}" if git.stopped else ""
        yield listed("stopped", list(filter(None, (f"Not committed: {counted(len(own), 'path')} ({some(map(code, own), CHANGED)})", where))))


def pending(material: Material) -> Iterator[Item]:
    """Open tasks by priority, the agent's own open list, ways that were not tried yet."""
    tasks = [r for r in material.records if is_pending(r) and not speculative(r)]
    for record in sorted(tasks, key=lambda r: (PRIORITIES.index(r.detail("priority")), not r.detail("ticket"))):
        words = [f"[{record.detail('priority') or 'no priority'}]", ticket_of(record), title(record)]
        yield listed(record.id, [
            " ".join(filter(None, words)), *body(record), *named(record, next="Next step", stopped="Stopped at", why="Why", horizon="When"),
            *places(record, material)])
    for record in (r for r in material.records if r.kind == "approach" and r.detail("outcome") == "untried"):
        yield listed(record.id, [f"[not tried yet] {title(record)}", *named(record, why="Why")])
    if material.sessions:
        last = material.sessions[0]
        if unbuilt(last):
            yield Item("plan", f"- [plan of the last session, {last.ended[:10]}, no commit yet] “{quote(last.plan, 400)}”")
        for todo in [t for t in last.todos if t.status == "pending"][:TODOS]:
            yield listed(key("todo", todo.text), [f"[agent's own list, {last.ended[:10]}] {line(todo.text, 200)}"])


def ticket_of(record: Record) -> str:
    """The reference to its ticket: a file as the seed writes it, `@path`."""
    ticket = line(record.detail("ticket"), 120)
    return f"`@{ticket}` -" if "/" in ticket and "://" not in ticket else f"{ticket}:" if ticket else ""


def unbuilt(session: Session) -> bool:
    """Whether the session ended with a plan that it made no commit for."""
    return bool(session.plan) and not session.commits


def is_pending(record: Record) -> bool:
    return record.kind == "task" and record.status == "active" and record.detail("state") in ("", "open")


def speculative(record: Record) -> bool:
    """Work for some day that no ticket asks for."""
    return record.kind == "task" and record.detail("horizon") == "future" and not record.detail("ticket")


__all__ = ["HEAD", "completed", "in_progress", "is_done", "is_pending", "outside", "pending", "speculative", "unbuilt"]
