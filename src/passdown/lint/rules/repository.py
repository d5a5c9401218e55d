"""What the document says of git, held against git."""

import re
from collections.abc import Iterator

from passdown.lint.base import Problem, Reading, Rule, World
from passdown.lint.fields import fields
from passdown.lint.words import shown

BRANCH = frozenset(("branch", "current branch", "git branch", "working branch"))
COMMIT = frozenset(("last commit", "head", "commit", "latest commit", "head commit"))
DIRTY = frozenset(("uncommitted changes", "git status", "uncommitted", "working tree", "work tree", "working directory"))
NAME = re.compile(r"[\w./#@+-]*\w")
SHA = re.compile(r"\b[0-9a-f]{7,40}\b")
CLEAN = re.compile(r"(?i)^\W*(?:no\b|none\b|clean\b|nothing\b)")
CHANGED = re.compile(r"(?i)^\W*(?:yes\b|dirty\b|\d+ (?:changed|modified|files?|uncommitted)|uncommitted\b)")


def stated(reading: Reading) -> Iterator[tuple[int, str, str]]:
    """Fields, in fenced blocks too: `Branch: main` often stands in one."""
    yield from fields(reading)
    for number, line in enumerate(reading.lines, 1):
        match = re.match(r"\s*(Branch|Last commit|Uncommitted changes|Git status):\s+(.+)", line, re.IGNORECASE) if reading.fenced[number - 1] else None
        if match:
            yield number, match[1].lower(), match[2].strip()


def current(reading: Reading, world: World) -> bool:
    """Whether it says how things are now: kept up to date, or written today."""
    return reading.living or world.today in reading.path.rsplit("/", 1)[-1]


def branch(reading: Reading, world: World) -> Iterator[Problem]:
    if world.git is None or not world.git.branch or not current(reading, world):
        return
    for number, name, value in stated(reading):
        match = NAME.match(value.strip("`* "))
        if name in BRANCH and match and match[0] != world.git.branch and len(value.split()) == 1:
            yield Problem(number, f"it says branch `{match[0][:80]}`, git is on `{world.git.branch[:80]}`", "`passdown handoff` writes what git says.")


def commit(reading: Reading, world: World) -> Iterator[Problem]:
    if world.git is None or world.git.commit is None or not current(reading, world):
        return
    shas = [c.sha for c in world.git.commits] or [world.git.commit.sha]
    for number, name, value in stated(reading):
        match = SHA.search(value)
        if name not in COMMIT or not match or shas[0].startswith(match[0]):
            continue
        behind = next((n for n, sha in enumerate(shas) if sha.startswith(match[0])), 0)
        since = f"{behind} commit{'s' if behind > 1 else ''} before" if behind else "not"
        yield Problem(number, f"the last commit is said to be {match[0]}, which is {since} the last: {shas[0][:7]}", "`passdown handoff` writes what git says.")


def dirty(reading: Reading, world: World) -> Iterator[Problem]:
    said = [(number, value) for number, name, value in stated(reading) if name in DIRTY]
    clean, other = (next((one for one in said if words.match(one[1])), None) for words in (CLEAN, CHANGED))
    if clean and other:
        told = f"it says {shown(clean[1])} in line {clean[0]} and {shown(other[1])} in line {other[0]}"
        yield Problem(max(clean, other)[0], told, "Say what `git status` says.")
    if world.git is None or not current(reading, world):
        return
    changed = [path for path, _ in world.git.changed if path != reading.path and not path.startswith(".passdown/")]
    for number, value in said:
        if CLEAN.match(value) and changed:
            yield Problem(number, f"it says {shown(value)}, git has {len(changed)} uncommitted path{'s' if len(changed) > 1 else ''} (`{changed[0][:80]}`)",
                          "Commit them, or say what they are.")
        elif CHANGED.match(value) and not world.git.changed:
            yield Problem(number, f"it says {shown(value)}, git has no uncommitted change", "`passdown handoff` writes what git says.")


RULES = (
    Rule("git-branch", "warning", "The document names another branch than git.", branch, "A, C"),
    Rule("git-commit", "warning", "The document names another last commit than git.", commit, "A"),
    Rule("git-dirty", "warning", "The document says clean where git has changes, or the other way round.", dirty, "A, C"),
)

__all__ = ["RULES"]
