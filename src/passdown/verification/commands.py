"""What a command line needs of the repository: scripts, targets, files. Pure: who asks hands in how to look."""

import json
import re
import shlex
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

Read = Callable[[str], str]  # a file's text by its path from the command's directory, "" when it is not there
Exists = Callable[[str], bool]

RUNNERS = frozenset(("npm", "pnpm", "yarn", "bun"))
LIFECYCLE = frozenset(("test", "start", "stop", "restart"))
INTERPRETERS = frozenset(("python", "python3", "node", "bash", "sh", "zsh", "ruby", "perl", "php", "deno", "tsx", "ts-node", "source", "."))
ON_PATHS = frozenset(("pytest", "ruff", "mypy", "eslint", "jest", "vitest", "black", "rspec", "phpunit", "mocha", "prettier", "pyright", "tsc"))
WRAPPERS = {"uv": "run", "poetry": "run", "pipenv": "run", "rye": "run", "bundle": "exec", "npx": "", "sudo": "", "env": "", "time": "", "exec": ""}
DIRECTORY = frozenset(("--prefix", "-C", "--dir", "--cwd"))  # of RUNNERS, with the directory in which they are to work
WORKSPACES = frozenset(("-w", "--workspace", "--workspaces", "-ws", "-W", "--filter", "-F", "--filter-prod", "-r", "--recursive"))  # as of 2026-11-21
OTHER_MAKEFILE = ("-C", "-f", "-I", "--directory", "--file", "--makefile")
MAKEFILES = ("GNUmakefile", "makefile", "Makefile")
JUSTFILES = ("justfile", "Justfile", ".justfile")
TARGET = re.compile(r"^([\w./ -]+?)[^\S\n]*::?(?!=)", re.MULTILINE)
UNKNOWN = re.compile(r"^\s*[-s]?(?:include|import|mod)\b|^[^\t#=:\n]*\$[({][^=\n]*:(?!=)|^\$\((?:eval|call|foreach)\b", re.MULTILINE)  # makes targets
RECIPE = re.compile(r"^@?([\w-]+)(?:[^\S\n]+[^:\n]*)?:(?!=)", re.MULTILINE)
FILE = re.compile(r"(?:[\w.@+-]+/)+[\w.@+-]+|[\w.@+-]+\.[A-Za-z]\w{0,4}")
SCRIPT = re.compile(r"\.(?:py|js|mjs|cjs|ts|sh|rb|pl|php)$")
VALUED = frozenset(("-k", "-m", "-c", "-n", "-p", "-o", "-W", "-e", "-x", "--cov", "--config", "-C", "--prefix", "--dir", "--cwd", "--filter",
                    "--ignore", "--deselect"))


def simple(command: str) -> Iterator[list[str]]:
    """Words of each simple command, without assignments."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars="();|&<>")
    lexer.whitespace_split = True
    try:
        words = list(lexer)
    except ValueError:
        words = command.split()
    part: list[str] = []
    for word in [*words, ";"]:
        if word and not word.strip("();|&"):
            if part:
                yield part
            part = []
        elif part or not re.match(r"[A-Za-z_]\w*=", word):
            part.append(word)


def lacks(command: str, read: Read, exists: Exists, cwd: str = "") -> str:
    """What a command line needs and the repository does not have, in words; "" when nothing speaks against it. cwd: relative to the root."""
    at = cwd.strip("/")
    for words in simple(command):
        if words[0] == "cd" and len(words) > 1:
            if words[1].startswith(("/", "~", "$", "..", "-")):
                return ""  # outside: nothing is known of it
            at = below(at, words[1])
            if not exists(at):
                return f"has no directory {words[1]}"
        elif problem := missing(words, lambda path, at=at: read(below(at, path)), lambda path, at=at: exists(below(at, path))):  # type: ignore[misc]
            return problem
    return ""


def below(at: str, path: str) -> str:
    """A path from a directory as one from the root."""
    parts = [p for p in f"{at}/{path}".split("/") if p not in ("", ".")]
    return "/".join(parts)


def missing(words: Sequence[str], read: Read, exists: Exists) -> str:
    """What one simple command needs and does not find."""
    words = unwrapped(words)
    if not words:
        return ""
    program, rest = words[0], list(words[1:])
    if FILE.fullmatch(program.removeprefix("./")) and "/" in program:
        return "" if exists(program) else f"has no file {program}"
    plain = operands(rest)
    if program in RUNNERS:
        at = directory(rest)
        return "" if chosen(rest) or at.startswith(("/", "~", "$", "..")) else no_script(plain, lambda path: read(below(at, path)))
    if program in ("make", "gmake"):
        return "" if any(word.startswith(OTHER_MAKEFILE) for word in rest) else no_target(plain, read, MAKEFILES, TARGET, "Makefile")
    if program == "just":
        return no_target(plain, read, JUSTFILES, RECIPE, "justfile")
    return no_file(program, rest, plain, exists)


def unwrapped(words: Sequence[str]) -> Sequence[str]:
    """The command that `sudo`, `npx` and their like are given, however many of them; none where it is not to be seen."""
    at = 0
    while at < len(words) and words[at] in WRAPPERS:
        verb = WRAPPERS[words[at]]
        at += 1
        if verb and words[at: at + 1] != [verb]:
            return ()
        at += bool(verb)
        while at < len(words) and (words[at].startswith("-") or "=" in words[at]):
            at += 1
    return words[at:]


def operands(rest: Sequence[str]) -> list[str]:
    """Words that are neither options nor their values."""
    found, skip = [], False
    for word in rest:
        if not skip and not word.startswith("-"):
            found.append(word)
        skip = word in VALUED
    return found


def chosen(rest: Sequence[str]) -> bool:
    """Whether a runner looks for a script in packages of its own choice."""
    return any(word.partition("=")[0] in WORKSPACES for word in rest) or rest[:1] == ["workspace"] or rest[:1] == ["workspaces"]


def directory(rest: Sequence[str]) -> str:
    """The directory in which a runner is told to work, "" for its own."""
    for word, following in zip_longest(rest, rest[1:], fillvalue=""):
        option, equals, value = word.partition("=")
        if option in DIRECTORY:
            return value if equals else following
    return ""


def no_script(plain: Sequence[str], read: Read) -> str:
    """A script that `package.json` does not have."""
    if not plain or not (plain[0] in ("run", "run-script") or plain[0] in LIFECYCLE):
        return ""
    name = plain[1] if plain[0].startswith("run") and len(plain) > 1 else plain[0]
    try:
        scripts = json.loads(read("package.json") or "null")["scripts"]
    except (ValueError, TypeError, KeyError):
        scripts = {}
    return "" if name in scripts or name == "run" or SCRIPT.search(name) else f"needs the script {name}, which package.json does not have"


def no_target(plain: Sequence[str], read: Read, names: Sequence[str], targets: re.Pattern[str], said: str) -> str:
    """A target that the Makefile or justfile does not have; of one that includes others, or has patterns or variables for targets, nothing is known."""
    text = next((t for name in names if (t := read(name))), "")
    if not plain or "=" in plain[0] or "%" in text or UNKNOWN.search(text):
        return ""
    known = {word for found in targets.findall(text) for word in found.split()}
    return "" if plain[0] in known else f"needs the target {plain[0]}, which the {said} does not have"


def no_file(program: str, rest: Sequence[str], plain: Sequence[str], exists: Exists) -> str:
    """A file or folder that it is to run or to look at."""
    if program in ("python", "python3") and list(rest[:1]) == ["-m"]:
        return no_file(rest[1], rest[2:], operands(rest[2:]), exists) if len(rest) > 1 else ""
    named: Sequence[str] = ()
    if program in INTERPRETERS and "-c" not in rest and "-e" not in rest:
        named = [word for word in plain[:1] if SCRIPT.search(word) or "/" in word]
    elif program in ON_PATHS:
        named = [word.partition("::")[0] for word in plain]
    lost = next((word for word in named if FILE.fullmatch(word.removeprefix("./").rstrip("/")) and not word.startswith("..") and not exists(word)), "")
    return f"has no file {lost}" if lost else ""


__all__ = ["WRAPPERS", "lacks", "missing", "simple"]
