"""What failed in the last session and has not passed since: a command and why, once each."""

import re
from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from passdown.briefing.heat.commands import telling
from passdown.briefing.words import shorten
from passdown.model.session import ErrorFact, Session

ERRORS = 2  # beside the checks
CAUSE_CHARS = 140
# A command that was not understood or not allowed says nothing of how the project stands.
LOOKED = r"(?:^|&& )(?:\w+ )?git (?:-C \S+ )?[a-z]"
MISTYPED = (
    r"(?i)unrecognized |unknown (?:command|option|sub)|command not found|no such (?:file|option|command)|^(?:hint|usage|fatal):|not a git command"
    r"|parse error near|syntax error near|^\(eval\)|no \w+ files listed|\buser (?:doesn't|does not) want"
    r"|\b(?:rejected|denied|declined|refused|interrupted) by (?:the )?user|tool use was rejected|the user's next message"
    r"|permission (?:to use|denied by)|try '?--help|for more information, try|^\W*\[[^\]]*\]\W*$")
# What says that all went well, or only how many, is no cause of a failure.
PASSES = (
    r"(?i)^\W*\d* ?(?:issues?|errors?|problems?|failures?|item \d+ failed)\W*$"
    r"|\b0 (?:fail|error|issue|warning|problem)|^ok\b|^\W*(?:all )?\d* ?(?:tests? )?pass(?:ed)?\b(?!.*\b[1-9]\d* fail)")
REST = r"(?s)\s*(?:2>&1|&>|\d?>|<<|\|\s*(?:tail|head|grep|cat|tee|less|sed)\b).*$"
GONE_TO = r"^cd \S+ && "
CHECKS = frozenset(("test", "lint", "build"))
EVERYTHING = frozenset(("", "./...", "."))


class Failure(msgspec.Struct, frozen=True):
    """command: as it was run, without pipes and redirections. causes: what it said, what counts first. at: UTC ISO. check: of a test run or build."""

    command: str
    causes: tuple[str, ...]
    at: str
    check: bool

    @property
    def signatures(self) -> frozenset[str]:
        return frozenset(telling(self.command))


def standing(last: Session, sessions: Sequence[Session]) -> list[Failure]:
    """Failures of the last session that nothing made go away, checks first. sessions: newest first, the last one among them."""
    found: dict[str, Failure] = {}
    for failure in failures(last):
        known = found.get(failure.command)
        if known is None:
            found[failure.command] = failure
        elif failure.causes and failure.causes[0] not in known.causes:
            found[failure.command] = Failure(known.command, (*known.causes, *failure.causes)[:2], known.at, known.check)
    found = {command: replace(f, causes=causes) for command, f in found.items() if (causes := tuple(c for c in f.causes if not re.search(PASSES, c)))}
    return [f for f in found.values() if not passed_since(f.command, f.at, sessions)]


def failures(last: Session) -> Iterator[Failure]:
    for check in last.checks:
        if not check.ok:
            yield Failure(core(check.command), (shorten(check.line, CAUSE_CHARS),) if check.line else (), check.at, check=True)
    for error in [e for e in last.errors if not e.fixed_by and not of_typing(e)][:ERRORS]:
        yield Failure(core(error.what), (shorten(error.message, CAUSE_CHARS),) if error.message else (), error.at, check=False)


def of_typing(error: ErrorFact) -> bool:
    """Whether it says how a command was typed, or that it was not let through, and not how the project stands."""
    return re.search(MISTYPED, error.message) is not None or re.search(LOOKED, error.what) is not None


def core(command: str) -> str:
    """The command line by itself: its first line, without where its output goes."""
    return re.sub(REST, "", re.sub(GONE_TO, "", command.strip().split("\n", 1)[0])).strip() or command.strip()


def passed_since(command: str, at: str, sessions: Sequence[Session]) -> bool:
    """Whether all that a line runs passed later, by itself or as a part of a run of everything."""
    parts = set(telling(command)) or {core(command)}
    failed = core(command)
    purpose = next((f.purpose for s in sessions for f in s.commands if core(f.command) == failed), "")
    for session in sessions:
        if session.ended and at and session.ended < at:
            break
        for fact in session.commands:
            if fact.ok and fact.last > at:
                if fact.purpose == purpose in CHECKS and as_wide(fact.command, command):
                    return True
                parts -= covered(parts, fact.command)
    return not parts


def as_wide(later: str, failed: str) -> bool:
    """Whether a later check looks at all that the failed one looked at: no word more in it that could narrow it down."""
    words, before = core(later).split(), core(failed).split()
    return words[:1] == before[:1] and len(words) <= len(before) and not any("/" in w or "::" in w or w.startswith("-") for w in words if w not in before)


def covered(parts: set[str], command: str) -> set[str]:
    """Those of the signatures that a command runs too."""
    runs = set(telling(command)) or {core(command)}
    whole = {" ".join(run.split(" ")[:2]) for run in runs if " ".join(run.split(" ")[2:]) in EVERYTHING}
    return {part for part in parts if part in runs or " ".join(part.split(" ")[:2]) in whole}


__all__ = ["MISTYPED", "PASSES", "Failure", "core", "passed_since", "standing"]
