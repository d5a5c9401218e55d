"""Commands that were run and how they ended: outcomes, checks, commits, and errors with what made them go away."""

import re
from typing import Any

from passdown.extract import checks
from passdown.extract.commands import COMMAND_CHARS, commits, probes, purpose, signature
from passdown.extract.wording import clip, closing_line, plain, telling_line
from passdown.model.event import Notice, ToolResult
from passdown.model.session import CheckFact, CommandFact, CommitFact, ErrorFact

COMMANDS, CHECKS, ERRORS, COMMITS, STEPS = 300, 60, 100, 200, 60  # kept of each
FIXED_CHARS = 300
COMMITTED = re.compile(r"^\[(?P<branch>[^\s\]]+(?: [^\s\]]+)*?)(?: \(root-commit\))? (?P<sha>[0-9a-f]{7,40})\] (?P<subject>.+)$", re.MULTILINE)
MESSAGE = re.compile(r"""-m\s+(?:"\$\(cat <<-?\s*['"]?\w+['"]?\n\s*(?P<here>[^\n]+)|"(?P<double>(?:[^"\\\n]|\\.)+)|'(?P<single>[^'\n]+))""")
ELSEWHERE = re.compile(r"cd (?:[/~]|[A-Za-z]:)")  # a line that runs in another repository keeps its directory
# Failures that are none of the work: refused by the user or by permissions, or the host's own rules for its tools.
NO_FAILURE = re.compile(
    r"doesn't want to (?:proceed|take this action)|Request interrupted|user rejected|rejected by user|denied by the user|haven't granted|Permission to use \w+|"
    r"String to replace not found|has been modified since|unexpectedly modified|has not been read yet|matches of the string to replace|InputValidationError|"
    r"Unknown skill|No such tool|No changes to make|Sibling tool call errored|Cancelled: parallel tool call", re.IGNORECASE)
NEVER_RAN = re.compile(r"\s*(?:<tool_use_error>)?(?:Sibling tool call errored|Cancelled: parallel tool call|\[Request interrupted)")

State = dict[str, Any]


def empty() -> State:
    """Rows of commands and checks by signature, latest last; errors by what failed; commits in order; steps: [n, kind, text] of what was done lately."""
    return {"commands": {}, "checks": {}, "errors": {}, "commits": [], "steps": []}


def _latest(rows: dict[str, Any], key: str, row: Any) -> None:
    rows.pop(key, None)
    rows[key] = row


def started(state: State, line: str, at: str) -> None:
    """A run begins: [command, runs, failures, ok, exit code, at, purpose, closing line]."""
    key = signature(line)
    rows = state["commands"]
    row = rows.get(key) or [line, 0, 0, None, None, "", purpose(line), ""]
    row[0], row[1], row[3], row[4], row[5] = clip(line, COMMAND_CHARS), row[1] + 1, None, None, at or row[5]
    _latest(rows, key, row)
    if len(rows) > COMMANDS:  # what only looked goes first
        del rows[next((k for k, r in rows.items() if r[6] == "other" and k != key), next(iter(rows)))]


def ended(state: State, line: str, event: ToolResult, branch: str) -> None:
    """A run ended. A check that failed is a failure even when a pipe hid the exit code."""
    if NEVER_RAN.match(event.output):
        return
    key = signature(line)
    found = checks.read(line, event.output, event.ok)
    ok = event.ok if all(c.ok for c in found) else False
    _checked(state, line, found, event, ok=ok)
    if row := state["commands"].get(key):
        row[2:5] = [row[2] + (ok is False), ok, event.exit_code]
        row[7] = next((c.line for c in found if c.line), "") or closing_line(event.output)
    if (event.commit or (ok is not False and commits(line))) and not ELSEWHERE.match(line):
        _committed(state, line, event, branch)
    outcome(state, key, event, ok=ok, error=not probes(line))
    if ok is not False and purpose(line) in ("set-up", "run", "build"):
        step(state, event.n, "ran", clip(line, 80))


def _checked(state: State, line: str, found: list[CheckFact], event: ToolResult, *, ok: bool | None) -> None:
    """The latest word of each tool under each command. A pass in which a tool says nothing takes back its earlier failure."""
    rows, key = state["checks"], signature(line)
    said = {c.tool for c in found}
    if ok:
        for name, row in list(rows.items()):
            if name.endswith(f"\n{key}") and row[0] not in said and not row[2]:
                _latest(rows, name, [row[0], row[1], True, -1, -1, -1, "", event.at])
    for c in found:
        shown = key if commits(line) else clip(c.command, COMMAND_CHARS)
        _latest(rows, f"{c.tool}\n{key}", [c.tool, shown, c.ok, c.passed, c.failed, c.skipped, c.line, event.at])
    while len(rows) > CHECKS:
        del rows[next(iter(rows))]


def outcome(state: State, what: str, event: ToolResult, *, ok: bool | None, error: bool = True) -> None:
    """`what` failed or passed: opens an error, or closes it with what was done since."""
    errors = state["errors"]
    if ok is False and error and not NO_FAILURE.search(event.output[:500]):
        _latest(errors, what, [clip(what, COMMAND_CHARS), telling_line(event.output), event.at, event.n, ""])
        if len(errors) > ERRORS:
            del errors[next((k for k, r in errors.items() if r[4]), next(iter(errors)))]
    elif ok is not False and what in errors and not errors[what][4]:
        errors[what][4] = _since(state, errors[what][3])


def step(state: State, n: int, kind: str, text: str) -> None:
    """Something was done that may make an error go away: kind `edited` or `ran`."""
    state["steps"] = [*state["steps"], [n, kind, text]][-STEPS:]


def _since(state: State, n: int) -> str:
    said = []
    for kind in ("edited", "ran"):
        done = list(dict.fromkeys(text for at, k, text in state["steps"] if at > n and k == kind))
        if done:
            more = f" and {len(done) - 3} more" if len(done) > 3 else ""
            said.append(f"{kind} {', '.join(done[-3:])}{more}")
    return clip("; ".join(said), FIXED_CHARS) or "passed when it was run again"


def _committed(state: State, line: str, event: ToolResult, branch: str) -> None:
    """The commits that a git command made, from what it printed, else from what the transcript or the message says (sha "" when neither tells)."""
    made = [[m["sha"], clip(m["subject"], 200), event.at, "" if m["branch"].startswith("detached") else m["branch"]]
            for m in COMMITTED.finditer(plain(event.output))]
    found = MESSAGE.search(line)
    subject = clip((found["here"] or found["double"] or found["single"]).strip(), 200) if found else ""
    if event.commit and not any(_same(event.commit, row[0]) for row in made):
        made.append([event.commit, subject, event.at, branch])
    if not made and event.ok and subject:
        made.append(["", subject, event.at, branch])
    before = [row for row in state["commits"] if not any(_same(row[0], new[0]) for new in made)]
    if made and "--amend" in line:
        before = before[:-1]
    state["commits"] = [*before, *made][-COMMITS:]


def _same(a: str, b: str) -> bool:
    return bool(a and b) and (a.startswith(b) or b.startswith(a))


def command_facts(state: State) -> tuple[CommandFact, ...]:
    return tuple(CommandFact(*row) for row in reversed(state["commands"].values()))


def check_facts(state: State) -> tuple[CheckFact, ...]:
    """The latest first."""
    return tuple(CheckFact(*row) for row in reversed(state["checks"].values()))


def linked(state: State, event: Notice, branch: str) -> None:
    """A commit that names the session: its text is `<name> <subject>`. One that the session's own commands made is known already."""
    sha, _, subject = event.text.partition(" ")
    if sha and not any(_same(sha, row[0]) for row in state["commits"]):
        state["commits"] = [*state["commits"], [sha, subject, event.at, branch]][-COMMITS:]


def commit_facts(state: State) -> tuple[CommitFact, ...]:
    return tuple(CommitFact(*row) for row in state["commits"])


def error_facts(state: State) -> tuple[ErrorFact, ...]:
    """Open ones first, in each part the latest first."""
    rows = list(reversed(state["errors"].values()))
    return tuple(ErrorFact(*row) for row in sorted(rows, key=lambda r: bool(r[4])))


__all__ = ["check_facts", "command_facts", "commit_facts", "empty", "ended", "error_facts", "linked", "outcome", "started", "step"]
