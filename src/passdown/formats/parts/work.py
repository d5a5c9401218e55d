"""What was done, what is in the middle of being done, and what is to be done."""

from collections.abc import Iterable, Iterator

from passdown.formats.base import Item, Material
from passdown.formats.grammar import TICKET
from passdown.formats.parts.asked import subject
from passdown.formats.parts.entry import entry
from passdown.formats.parts.knowledge import explained
from passdown.formats.parts.wording import cell, code, counted, key, line, listed, quote, row, some, telling, title, trimmed
from passdown.formats.parts.worktree import names
from passdown.model.record import Record
from passdown.model.session import Session

HEAD = "| Feature | Files Modified | Key Details |\n|---------|----------------|-------------|"
FILES_IN_ROW = 4
TITLE, REASON = 160, 200  # characters of a cell
PRIORITIES = ("high", "medium", "low", "")
ERRORS, TODOS, CHANGED = 4, 8, 8


def completed(material: Material) -> Iterator[Item]:
    """Table rows: what was said to be done, sessions without a commit here, commits; the latest first within each. Below, what no row can hold."""
    done = [r for r in (*material.done, *material.records) if is_done(r)]
    yield from (finished(r, material) for r in done if in_a_row(r))
    yield from by_session(material)
    yield from commits(material)
    yield from (entry(trimmed(r), material, "task", given={"state": "done"}, mark="- [x] ") for r in done if not in_a_row(r))


def in_a_row(record: Record) -> bool:
    """Whether feature, files and one reason say all of it."""
    whole = len(record.title) <= TITLE and len(record.detail("why")) <= REASON and len(record.anchors) <= FILES_IN_ROW
    return whole and "\n" not in record.text + record.detail("why") and {n for n in record.details if record.detail(n) != "done"} <= {"why"}


def finished(record: Record, material: Material) -> Item:
    """`| feature | files | day: why |`; a milestone says that it is one."""
    there = [f"{code(a.place)}{'' if a.path in material.existing or material.standing.get(a.place) else ' (not here)'}" for a in record.anchors]
    when = (record.updated or record.created)[:10] + (" (milestone)" if record.kind == "milestone" else "")
    why = record.detail("why")
    return Item(record.id, row(cell(title(record, TITLE), TITLE + 2), ", ".join(there) or "–", f"{when}: {cell(why, REASON)}" if why else when))


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
            why = next((f.why for f in session.files if telling(f.why) and f.path in files), "")
            subjects = some((f"“{c.subject}”" for c in reversed(lost)), 3)
            made = f"{counted(len(lost), 'commit')} not in this clone: {subjects}" if lost else telling(why)
            came = f"{session.ended[:10]}: {made}" if made else session.ended[:10]
            yield Item(key("session", session.id), row(
                cell(subject(session, 100), 100), named_files(files, material), cell(came, 260)))


def named_files(paths: Iterable[str], material: Material) -> str:
    """The first few as code; those that are there no more say so."""
    return some((code(p) if p in material.existing else f"{code(p)} (not here)" for p in paths), FILES_IN_ROW) or "–"


def outside(path: str) -> bool:
    return path.startswith(("/", "~", "..")) or ":" in path[:3]


def commits(material: Material) -> Iterator[Item]:
    """Commits that git knows, with what the session that made them said of their files: once, with the latest, before whose files it was said."""
    told: set[str] = set()
    whys = {name: {f.path: f.why for f in s.files if f.why} for s in material.sessions for c in s.commits for name in (c.sha[:7], c.subject)}
    for commit in material.git.commits if material.git else ():
        said = whys.get(commit.sha[:7]) or whys.get(commit.subject) or {}
        why = next((w for p in commit.files if (w := telling(said.get(p, ""))) and w not in told), "")
        told.add(why)
        details = f"{commit.sha[:7]}, {commit.day}{': ' + why if why else ''}"
        yield Item(key("commit", commit.sha[:7]), row(cell(commit.subject, 100), named_files(commit.files, material), cell(details, 180)))


def in_progress(material: Material) -> Iterator[Item]:
    """Begun tasks, blockers, questions; then what the last session left: its list, errors, failing checks, where it stopped."""
    for record in material.records:
        if record.kind == "task" and record.detail("state") == "in progress":
            percent = record.detail("percent") if record.detail("percent").isdecimal() else ""
            yield entry(trimmed(record), material, "task", given={"state": "in progress", "percent": percent},
                        lead=f"**In progress{f' ({percent} %)' if percent else ''}:** ")
    for record in (r for r in material.records if r.kind == "blocker"):
        yield entry(trimmed(record), material, "task", lead="**Blocked:** ")
    for record in sorted((r for r in material.records if r.kind == "question"), key=lambda r: bool(r.detail("answer"))):
        lead = "**Question:** " if record.detail("answer") else "**Waiting for the user:** "
        yield entry(trimmed(record), material, "task", lead=lead, words={"context": "It decides"})
    if material.sessions:
        yield from left_behind(material.sessions[0], material)
    yield from stopped(material)


def left_behind(last: Session, material: Material) -> Iterator[Item]:
    """What the last session measurably did not finish."""
    for todo in [t for t in last.todos if t.status == "in_progress"][:TODOS]:
        yield listed(key("todo", todo.text), [f"Begun (agent's own list, {last.ended[:10]}): {line(todo.text, 200)}"])
    for check in [c for c in last.checks if not c.ok][:ERRORS]:
        yield listed(key("check", check.command), [f"Failing: {code(check.command)} ({check.at[:10]}): {line(check.line, 200)}"])
    for error in [e for e in last.errors if not e.fixed_by and not explained(e.what, material)][:ERRORS]:
        yield listed(key("error", error.what, error.message), [f"Error not fixed when the session ended: {code(error.what, 120)}", line(error.message, 240)])


def stopped(material: Material) -> Iterator[Item]:
    """Uncommitted paths, and the line of the last change."""
    git = material.git
    if git and git.changed:
        where = f"Stopped at: {git.stopped}" if git.stopped else ""
        yield listed("stopped", list(filter(None, (f"Not committed: {counted(len(git.changed), 'path')} ({names(git, CHANGED)})", where))))


def pending(material: Material) -> Iterator[Item]:
    """Open tasks by priority, the agent's own open list, ways that were not tried yet."""
    tasks = [r for r in material.records if is_pending(r) and not speculative(r)]
    for record in sorted(tasks, key=lambda r: (PRIORITIES.index(r.detail("priority")), not r.detail("ticket"))):
        ticket = ticket_of(record)
        told = {"priority": record.detail("priority"), "state": "open", "ticket": record.detail("ticket") if ticket else ""}
        yield entry(trimmed(record), material, "task", given=told, lead=f"[{record.detail('priority') or 'no priority'}] {ticket}")
    for record in (r for r in material.records if r.kind == "approach" and r.detail("outcome") == "untried"):
        yield entry(trimmed(record), material, "approach", given={"outcome": "untried"}, lead="[not tried yet] ")
    if material.sessions:
        last = material.sessions[0]
        if unbuilt(last):
            yield Item("plan", f"- [plan of the last session, {last.ended[:10]}, no commit yet] “{quote(last.plan, 400)}”")
        for todo in [t for t in last.todos if t.status == "pending"][:TODOS]:
            yield listed(key("todo", todo.text), [f"[agent's own list, {last.ended[:10]}] {line(todo.text, 200)}"])


def ticket_of(record: Record) -> str:
    """The reference to its ticket in front of a title: a file as the seed writes it, `@path`; "" for one that is no path or short number."""
    ticket = record.detail("ticket")
    said = f"`@{ticket}` - " if "/" in ticket and "://" not in ticket else f"{ticket}: "
    return said if TICKET.fullmatch(said) else ""


def unbuilt(session: Session) -> bool:
    """Whether the session ended with a plan that it made no commit for."""
    return bool(session.plan) and not session.commits


def is_pending(record: Record) -> bool:
    return record.kind == "task" and record.status == "active" and record.detail("state") in ("", "open")


def speculative(record: Record) -> bool:
    """Work for some day that no ticket asks for."""
    return record.kind == "task" and record.detail("horizon") == "future" and not record.detail("ticket")


__all__ = ["HEAD", "completed", "in_progress", "is_done", "is_pending", "outside", "pending", "speculative", "unbuilt"]
