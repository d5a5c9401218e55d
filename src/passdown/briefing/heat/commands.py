"""Hot commands: what the work is run, tested and shipped with."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

import msgspec

from passdown.briefing.heat.recency import ANYWHERE, Bearing, Heat, Hot, late, often, ranked, weighted
from passdown.model.command_line import segments
from passdown.model.session import CommandFact, Session

DECAY = 0.8
HOT = Hot(2, 0.35, 6)
SPAN = 6  # commands of a session that count as just run
ONCE = 0.4  # of a command that only one session ran
OF_ONE_VERB, REPEATED = 2, 0.4  # signatures of one program and verb; what is left of the heat of the others
ELSEWHERE = re.compile(r"^cd [/~]|^/|(?:^|\s)-C [/~]|^git -C")
AWAY = 0.2  # of a command about another directory of its author's machine
QUOTED = re.compile(r"\"[^\"]*(?:\"|$)|'[^']*(?:'|$)")
REST = re.compile(r"\s(?:[012&]?[<>]|<<).*$")
INLINE = re.compile(r"[()<>{}$`…]|\\n|^[=+]")
ASSIGNED = re.compile(r"[A-Za-z_]\w*=")
PROGRAM = re.compile(r"[a-z][\w.-]*")
PLAIN_WORDS = 2
SWITCHES = frozenset(("-v", "-vv", "-q", "-x", "-s", "-y", "-race", "-short", "-cover", "--silent", "--verbose", "--quiet", "--watch", "--fix", "-am", "-a"))
# Programs that everybody knows and that say nothing about this project.
TRIVIAL = frozenset((
    "ls", "cat", "head", "tail", "grep", "rg", "find", "cd", "pwd", "echo", "wc", "sed", "awk", "which", "mkdir", "rm", "cp", "mv", "touch", "chmod",
    "sort", "uniq", "tree", "stat", "file", "date", "less", "true", "false", "test", "export", "source", "set", "printf", "diff", "xargs", "nl", "jq",
    "sleep", "kill", "open", "strings", "od", "xxd", "for", "while", "if", "until", "do", "done", "then", "else", "fi", "command", "[", "#"))
LOOKS = frozenset(("ls", "cat", "head", "tail", "grep", "rg", "wc", "sed", "awk"))  # also behind a wrapper
QUIET_GIT = frozenset((
    "status", "diff", "log", "show", "branch", "add", "blame", "rev-parse", "ls-files", "stash", "checkout", "switch", "rm", "mv", "restore", "config"))


class HotCommand(msgspec.Struct, frozen=True):
    """command: the simple command out of the line in which it was run last; brief: its program and first two plain words, an ellipsis for the rest.

    hot, share: see `recency.ranked`. session: the id of that in which it was run last.
    """

    command: str
    brief: str
    share: float
    hot: bool
    fact: CommandFact
    session: str


def commands(sessions: Sequence[Session], bearing: Bearing = ANYWHERE) -> list[HotCommand]:
    """Telling commands, one a signature, hottest first, a few at most of one program and verb. `sessions` come newest first."""
    heat = Heat()
    newest: dict[str, tuple[str, CommandFact, str]] = {}
    count: dict[str, int] = {}
    for _, session, weight, long in weighted(sessions, bearing, DECAY):
        for rank, (signature, runs) in enumerate(ran(session, newest).items()):
            worth = often(runs) * min(1.0, runs) * late(rank, SPAN)
            heat.add(signature, weight * worth, long)
            count[signature] = count.get(signature, 0) + 1
    seldom = {s: ONCE if n == 1 and len(sessions) > 1 else 1.0 for s, n in count.items()}
    near, lasting = ({s: value * seldom[s] for s, value in of.items()} for of in (heat.near, heat.lasting))
    return [HotCommand(newest[s][0], brief(newest[s][0]), share, hot, *newest[s][1:]) for s, share, hot in ranked(diverse(near), lasting, HOT)]


def brief(command: str) -> str:
    """The command up to its second plain word, without switches that take no value; an ellipsis stands for the rest."""
    folder, gone_to, command = command.rpartition(" && ")
    words = command.split(" ")
    kept, plain = words[:1], 0
    for word in words[1:]:
        if plain == PLAIN_WORDS:
            break
        if word not in SWITCHES and "=" not in word and word != "…":
            kept.append(word)
            plain += not word.startswith("-")
    return folder + gone_to + " ".join(kept) + (" …" if len(kept) < len(words) else "")


def ran(session: Session, newest: dict[str, tuple[str, CommandFact, str]]) -> dict[str, float]:
    """How often each signature was run, the latest first; `newest` learns how it was typed last. One that failed is run again: it counts."""
    runs: dict[str, float] = {}
    for fact in session.commands:
        for signature, typed in telling(fact.command).items():
            runs[signature] = runs.get(signature, 0.0) + fact.runs * (AWAY if ELSEWHERE.search(fact.command) else 1.0)
            newest.setdefault(signature, (typed, fact, session.id))
    return runs


def diverse(heat: dict[str, float]) -> dict[str, float]:
    """The heat of signatures, where the third `gh api …` says little that is new."""
    seen: dict[str, int] = {}
    out = {}
    for signature in sorted(heat, key=lambda s: (-heat[s], s)):
        verb = " ".join(signature.split(" ")[:2])
        seen[verb] = seen.get(verb, 0) + 1
        out[signature] = heat[signature] * (1.0 if seen[verb] <= OF_ONE_VERB else REPEATED)
    return out


@lru_cache(maxsize=4_096)
def telling(command: str) -> Mapping[str, str]:
    """The simple commands of a line that tell something, by their signature: program and first two plain words. A `cd` into a folder goes before each."""
    found: dict[str, str] = {}
    folder = ""
    for words in simple(command):
        program = words[0].rsplit("/", 1)[-1].lower()
        if program == "git" and words[1:2] == ["-C"]:
            words = [words[0], *words[3:]]
        if program == "cd" and len(words) == 2:
            folder = f"cd {words[1]} && "
        plain = [w for w in words[1:] if not w.startswith(("-", "$", "<", "(", ")", "…"))][:2]
        if plain and PROGRAM.fullmatch(program) and program not in TRIVIAL and not quiet(program, plain) and not any(map(INLINE.search, plain)):
            found.setdefault(" ".join([program, *plain]).lower(), folder + " ".join(words))
    return MappingProxyType(found)


def quiet(program: str, plain: list[str]) -> bool:
    """A look, also through a wrapper: `git status`, `rtk git log`, `env cat`."""
    words = [program, *plain]
    if plain[0] in LOOKS:
        return True
    return any(word == "git" and after in QUIET_GIT for word, after in pairwise(words))


def simple(command: str) -> Iterator[list[str]]:
    """Words of each simple command, without assignments and redirections; what was quoted is an ellipsis: it differs from run to run."""
    for segment in segments(QUOTED.sub("…", command.replace("\\\n", " ").split("<<")[0])):
        words = REST.sub("", " ".join(segment.split())).split()
        while words and ASSIGNED.match(words[0]):
            words.pop(0)
        if words:
            yield words


__all__ = ["HotCommand", "commands", "telling"]
