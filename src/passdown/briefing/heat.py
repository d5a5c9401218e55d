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
    """Weight of what one session did to a file. One that it made counts once, however often it went on writing it."""
    if fact.created:
        return 3.0
    edits = 3.0 * (1 + math.log(fact.edits)) if fact.edits else 0.0
    return edits + (1 + math.log(fact.reads) if fact.reads else 0.0)


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
    """Telling commands, one a signature, hottest first: the simple command out of the line in which it was run last."""
    worth: dict[str, float] = {}
    newest: dict[str, tuple[str, CommandFact]] = {}
    for age, session in enumerate(sessions[:SESSIONS]):
        runs: dict[str, float] = {}
        for fact in session.commands:
            for signature, told in telling(fact.command).items():
                runs[signature] = runs.get(signature, 0.0) + of_command(fact)
                newest.setdefault(signature, (told, fact))
        for signature, weight in runs.items():
            worth[signature] = worth.get(signature, 0.0) + COMMAND_DECAY**age * (1 + math.log(max(1.0, weight))) * min(1.0, weight)
    hot = sorted(worth.items(), key=lambda kv: (-kv[1], kv[0]))
    return [HotCommand(newest[signature][0], value, newest[signature][1]) for signature, value in hot]


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
    """How many runs a command counts for in one session; failed ones, and those about another directory of its author's machine, count less."""
    elsewhere = ELSEWHERE.search(fact.command) is not None
    return (fact.runs - 0.5 * fact.failures) * (0.2 if elsewhere else 1.0)


def telling(command: str) -> dict[str, str]:
    """The parts of a command line that tell something, by their signature: program and first two plain words. A `cd` into a folder goes before each."""
    found: dict[str, str] = {}
    folder = ""
    for words in parts(command):
        program = words[0].rsplit("/", 1)[-1].lower()
        if program == "cd" and len(words) == 2:
            folder = f"cd {words[1]} && "
        plain = [w for w in words[1:] if not w.startswith(("-", "$", "<", "(", ")"))][:2]
        if plain and program not in TRIVIAL and not (program == "git" and plain[0] in QUIET_GIT):
            found.setdefault(" ".join([program, *plain]).lower(), folder + " ".join(map(quoted, words)))
    return found


def quoted(word: str) -> str:
    """A word as one would type it; a here-document or substitution that was cut off becomes an ellipsis."""
    if "$(" in word or "\n" in word or word.strip("\\'\"") == "":
        return "…"
    return word if re.fullmatch(r"[\w@%+=:,./*{}\[\]~^!#-]+", word) else f"'{word}'" if "'" not in word else f'"{word}"'


def signatures(command: str) -> Iterator[str]:
    """Signatures of the parts of a command line that tell something."""
    return iter(telling(command))


def parts(command: str) -> Iterator[list[str]]:
    """Words of each simple command in the first lines of a command line, without assignments and redirections."""
    for line in command.replace("\\\n", " ").split("<<")[0].split("\n")[:3]:
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
