"""Which files and commands the work is about: recency times frequency over the latest sessions."""

import math
import re
import shlex
from collections.abc import Iterator, Sequence

import msgspec

from passdown.model.session import CommandFact, FileFact, Session

FILE_DECAY = 0.7  # a session counts this much of the one after it
COMMAND_DECAY = 0.8
SESSIONS = 30  # older ones weigh less than 0.00003

GIVEN = frozenset(("CLAUDE.md", "CLAUDE.local.md", "AGENTS.md", "GEMINI.md", ".github/copilot-instructions.md"))  # agents read these anyway
OF_ONE_VERB = 4
ELSEWHERE = re.compile(r"^cd [/~]|^/|(?:^|\s)-C [/~]|^git -C")
# Programs that everybody knows and that say nothing about this project.
TRIVIAL = frozenset((
    "ls", "cat", "head", "tail", "grep", "rg", "find", "cd", "pwd", "echo", "wc", "sed", "awk", "which", "mkdir", "rm", "cp", "mv", "touch", "chmod",
    "sort", "uniq", "tree", "stat", "file", "date", "less", "true", "false", "test", "export", "source", "set", "printf", "diff", "xargs", "nl", "jq",
    "sleep", "kill", "open", "strings", "od", "xxd", "for", "while", "if", "until", "do", "done", "then", "fi", "[", "#"))
QUIET_GIT = frozenset((
    "status", "diff", "log", "show", "branch", "add", "blame", "rev-parse", "ls-files", "stash", "checkout", "switch", "rm", "mv", "restore", "config"))


class HotFile(msgspec.Struct, frozen=True):
    """worth: summed over sessions. fact: of the newest session that touched it. edited, of: in how many of the sessions looked at."""

    path: str
    worth: float
    fact: FileFact
    edited: int
    of: int
    age: int  # sessions since the last touch, 0 for the newest


class HotCommand(msgspec.Struct, frozen=True):
    command: str
    worth: float
    fact: CommandFact


def of_fact(fact: FileFact) -> float:
    """Weight of what one session did to a file."""
    edits = 3.0 * (1 + math.log(fact.edits)) if fact.edits else 0.0
    reads = 1.0 * (1 + math.log(fact.reads)) if fact.reads else 0.0
    return edits + reads + (2.0 if fact.created else 0.0)


def files(sessions: Sequence[Session]) -> list[HotFile]:
    """Files inside the project that still count, hottest first. Deleted ones are left out. `sessions` come newest first."""
    worth: dict[str, float] = {}
    newest: dict[str, tuple[int, FileFact]] = {}
    edited: dict[str, int] = {}
    for age, session in enumerate(sessions[:SESSIONS]):
        for fact in session.files:
            if fact.path.startswith(("/", "~", "..")) or ":" in fact.path[:3] or fact.path in GIVEN:
                continue
            worth[fact.path] = worth.get(fact.path, 0.0) + FILE_DECAY**age * of_fact(fact)
            newest.setdefault(fact.path, (age, fact))
            edited[fact.path] = edited.get(fact.path, 0) + bool(fact.edits or fact.created)
    seen = min(len(sessions), SESSIONS)
    hot = [HotFile(p, w, newest[p][1], edited[p], seen, newest[p][0]) for p, w in worth.items() if not newest[p][1].deleted]
    return sorted(hot, key=lambda f: (-f.worth, f.path))


def commands(sessions: Sequence[Session]) -> list[HotCommand]:
    """Telling commands, one a signature, hottest first; each in the form that was run last."""
    worth: dict[str, float] = {}
    newest: dict[str, CommandFact] = {}
    for age, session in enumerate(sessions[:SESSIONS]):
        for fact in session.commands:
            for signature in set(signatures(fact.command)):
                worth[signature] = worth.get(signature, 0.0) + COMMAND_DECAY**age * of_command(fact)
                newest.setdefault(signature, fact)
    hot: dict[str, HotCommand] = {}
    for signature, value in sorted(worth.items(), key=lambda kv: (-kv[1], kv[0])):
        fact = newest[signature]
        hot.setdefault(fact.command, HotCommand(fact.command, value, fact))
    return list(hot.values())


def diverse(hot: list[HotCommand]) -> list[HotCommand]:
    """At most four commands of one program and verb: the fifth `gh api …` says nothing new."""
    seen: dict[str, int] = {}
    out = []
    for item in hot:
        first = " ".join(next(signatures(item.command), item.command).split(" ")[:2])
        seen[first] = seen.get(first, 0) + 1
        out += [item] if seen[first] <= OF_ONE_VERB else []
    return out


def of_command(fact: CommandFact) -> float:
    """Weight of a command in one session; one that failed, or that is about another directory of its author's machine, weighs less."""
    elsewhere = ELSEWHERE.search(fact.command) is not None
    return (1 + math.log(fact.runs)) * (0.5 if fact.ok is False else 1.0) * (0.2 if elsewhere else 1.0)


def signatures(command: str) -> Iterator[str]:
    """Program and first two plain words of each part of a command line that tells something."""
    for words in parts(command):
        program = words[0].rsplit("/", 1)[-1].lower()
        plain = [w for w in words[1:] if not w.startswith(("-", "$", "<", "(", ")"))][:2]
        if plain and program not in TRIVIAL and not (program == "git" and plain[0] in QUIET_GIT):
            yield " ".join([program, *plain]).lower()


def parts(command: str) -> Iterator[list[str]]:
    """Words of each simple command in the first lines of a command line, without assignments and redirections."""
    for line in command.split("<<")[0].split("\n")[:3]:
        try:
            lexer = shlex.shlex(line, posix=True, punctuation_chars=";|&")
            lexer.whitespace_split = True
            words = list(lexer)
        except ValueError:
            words = line.split()
        part: list[str] = []
        for word in [*words, ";"]:
            if word and not word.strip(";|&"):
                if part:
                    yield part
                part = []
            elif not (part == [] and "=" in word and word.split("=")[0].isidentifier()) and not word.lstrip("012").startswith((">", "<")):
                part.append(word)


__all__ = ["HotCommand", "HotFile", "commands", "files", "signatures"]
