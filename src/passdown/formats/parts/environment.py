"""What a session leaves behind as measured: git, the last build, the last tests, each with its age."""

import re
from collections.abc import Iterator
from datetime import datetime

from passdown.formats.base import Item, Material
from passdown.formats.parts.wording import bare, code, counted, line, listed
from passdown.formats.parts.worktree import ASIDE, uncommitted
from passdown.model.session import CommandFact, Session

UNKNOWN = "UNKNOWN"
BUILD = ("SUCCESS", "FAILURE")
TESTS = ("PASSING", "FAILING")


def environment(material: Material) -> Iterator[Item]:
    """Git, build and test status, a line each."""
    yield listed("git", [f"**Git Status:** {git_status(material)}"])
    yield listed("build", [f"**Build Status:** {status(material, 'build', BUILD)}"])
    yield listed("test", [f"**Test Status:** {status(material, 'test', TESTS)}"])


def git_status(material: Material) -> str:
    """CLEAN or DIRTY, and what git says; UNKNOWN outside a work tree."""
    git = material.git
    if git is None:
        return f"{UNKNOWN} - not in a git work tree"
    changed = f"DIRTY - {uncommitted(git)}" if git.changed else f"CLEAN ({ASIDE})"
    last = f"at {git.commit.sha[:7]} “{line(git.commit.subject, 100)}”" if git.commit else "without a commit"
    where = f"on {code(git.branch, 120)}" if git.branch else "on no branch (detached head)"
    return f"{changed}, {where} {last}{f'; remote: {git.remote}' if git.remote else ''}"


def status(material: Material, purpose: str, words: tuple[str, str]) -> str:
    """How the last command of this purpose ended (words: for success, for failure), how long ago, and what was changed since."""
    found = last_run(material, purpose)
    if found is None:
        return f"{UNKNOWN} - no {purpose} was seen to run"
    session, fact = found
    said = next((c.line for c in session.checks if c.command == fact.command and c.line), fact.said)
    ended = f" ({line(said, 160)})" if said else f" (exit code {fact.exit_code})" if fact.exit_code else ""
    changed = counted(sum(1 for s in material.sessions for f in s.files if (f.edits or f.created) and f.last > fact.last), "file")
    since = "" if changed.startswith("0 ") else f"; {changed} edited since"
    return f"{words[0] if fact.ok else words[1]} - {code(bare(fact.command))}{ended}, {age(fact.last, material.now)} before this was written{since}"


def last_run(material: Material, purpose: str) -> tuple[Session, CommandFact] | None:
    """The latest run of this purpose of which it is known how it ended."""
    runs = [(s, f) for s in material.sessions for f in s.commands if f.purpose == purpose and f.ok is not None and not elsewhere(f.command, material.root)]
    return max(runs, key=lambda r: r[1].last, default=None)


def elsewhere(command: str, root: str) -> bool:
    """Whether a command was run in a directory that is not in the project, as `cd /other && make` is."""
    found = re.match(r"\(?cd\s+[\"']?([~/][^\s\"';&)]*)", command)
    return bool(found) and not (bool(root) and f"{found[1]}/".startswith(f"{root}/") if found else True)


def age(then: str, now: str) -> str:
    """`12 min`, `5 h`, `3 days`, between two UTC times."""
    try:
        minutes = max(0, int((datetime.fromisoformat(now) - datetime.fromisoformat(then)).total_seconds()) // 60)
    except ValueError:
        return "some time"
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} days"


def span(seconds: int) -> str:
    """`40 min`, `2 h 05 min`."""
    minutes = max(1, round(seconds / 60))
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


__all__ = ["UNKNOWN", "age", "environment", "git_status", "span", "status"]
