"""The facts of a session as prose for people: what it was for, what came of it, what is left open."""

from collections.abc import Iterable, Iterator

from passdown.model.session import CheckFact, CommandFact, ErrorFact, FileFact, Session

QUOTE_CHARS = 1_500
LINE_CHARS = 240
ITEMS = 40  # of a list; the rest is counted, and all of it stands under Facts
TOLD_COMMANDS = frozenset(("test", "build", "lint", "run", "set-up"))


def body(session: Session) -> str:
    """Heading and sections; a section without content is left out."""
    parts = [f"# {one_line(session.title or session.goal or session.id, 120)}\n"]
    for heading, lines in sections(session):
        text = "\n".join(lines)
        if text:
            parts.append(f"\n## {heading}\n\n{text}\n")
    return "".join(parts)


def sections(session: Session) -> Iterator[tuple[str, Iterable[str]]]:
    """(heading, lines) in order."""
    todos = session.todos
    yield "Goal", quote(session.goal)
    yield "Asked later", items(f"- {one_line(a)}" for a in session.asks)
    yield "Plan", quote(session.plan)
    yield "Files changed", items(file_lines(session))
    yield "Commands", items(command_line(c) for c in session.commands if c.purpose in TOLD_COMMANDS)
    yield "Tests and checks", items(check_line(c) for c in session.checks)
    yield "Commits", items(f"- {code(c.sha) if c.sha else '(sha not shown)'} {one_line(c.subject)}" for c in session.commits)
    yield "Open to-dos", items(f"- [ ] {one_line(t.text)}{' (in progress)' if t.status == 'in_progress' else ''}" for t in todos if t.status != "completed")
    yield "Done", items(f"- [x] {one_line(t.text)}" for t in todos if t.status == "completed")
    yield "Errors", items(error_line(e) for e in session.errors)
    yield "Sub-agents", items(f"- {one_line(a.task or a.id)} ({a.calls} calls)" for a in session.subagents)
    yield "Last words", quote(session.last_words)
    yield "Time and cost", spent(session)


def one_line(text: str, limit: int = LINE_CHARS) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def code(text: str) -> str:
    """`text` as a code span on one line."""
    line = one_line(text)
    return f"`` {line} ``" if "`" in line else f"`{line}`"


def quote(text: str) -> list[str]:
    """Lines of a block quotation, [] for an empty text."""
    if len(text) > QUOTE_CHARS:
        text = text[:QUOTE_CHARS].rstrip() + " …"
    return [f"> {line}".rstrip() for line in text.strip().split("\n")] if text.strip() else []


def items(lines: Iterable[str]) -> list[str]:
    every = list(lines)
    return every[:ITEMS] + ([f"- … and {len(every) - ITEMS} more"] if len(every) > ITEMS else [])


def file_lines(session: Session) -> Iterator[str]:
    """A line each; what was said before the edits of several is said with the first."""
    said: set[str] = set()
    for fact in session.files:
        if fact.edits or fact.created or fact.deleted:
            yield file_line(fact, fact.why if fact.why not in said else "")
            said.add(fact.why)


def file_line(fact: FileFact, why: str) -> str:
    fate = "deleted" if fact.deleted else "created" if fact.created else "changed"
    times = f", {fact.edits} edits" if fact.edits > 1 else ""
    return f"- {code(fact.path)} {fate}{times}{f': {one_line(why)}' if why else ''}"


def command_line(fact: CommandFact) -> str:
    outcome = "outcome not known" if fact.ok is None else "ok" if fact.ok else "failed" if fact.exit_code is None else f"failed ({fact.exit_code})"
    runs = f", {fact.runs} runs" + (f", {fact.failures} failed" if fact.failures else "") if fact.runs > 1 else ""
    return f"- {code(fact.command)} → {outcome}{runs}{': ' + one_line(fact.said) if fact.said else ''}"


def check_line(fact: CheckFact) -> str:
    return f"- {'✔' if fact.ok else '✗'} {fact.tool}: {one_line(fact.line) or 'passed'} ({code(fact.command)})"


def error_line(fact: ErrorFact) -> str:
    return f"- {code(fact.what)}: {one_line(fact.message)}" + (f" → {one_line(fact.fixed_by)}" if fact.fixed_by else " (open)")


def spent(session: Session) -> list[str]:
    tokens = sum(u.input + u.output + u.cache_read + u.cache_write for u in session.usage)
    costs = [u.cost for u in session.usage if u.cost is not None]
    said = []
    if session.wall_s:
        said.append(f"{duration(session.active_s)} of work in {duration(session.wall_s)}")
    if tokens:
        models = ", ".join(one_line(u.model) for u in session.usage)
        partly = " for the models with a known price" if len(costs) < len(session.usage) else ""
        said.append(f"{tokens:,} tokens ({models})" + (f", ${sum(costs):.2f} at list price{partly}" if costs else ""))
    return [f"- {one}" for one in said]


LONGEST_S = 10**9  # that is said: more is no duration, whoever wrote it


def duration(seconds: int) -> str:
    hours, minutes = divmod(round(min(seconds, LONGEST_S) / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


__all__ = ["body", "code", "one_line"]
