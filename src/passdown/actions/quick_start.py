"""Do the commands of a quick start resolve: is the program there, the script in the manifest, the file in the tree? With `run`, do they work?"""

import json
import re
import shlex
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from passdown import shell
from passdown.actions.material import MANIFEST_BYTES, start_of
from passdown.formats.checklist import Resolved

TIMEOUT_S = 120.0
BUILTINS = frozenset(("echo", "export", "set", "source", ".", "cd", "exec", "time", "test", "true", "eval", "alias", "ulimit", "wait"))
WRAPPERS = {"uv": "run", "poetry": "run", "pipenv": "run", "rye": "run", "bundle": "exec", "npx": "", "sudo": "", "env": "", "time": "", "exec": ""}
OWN_PROGRAMS = (".venv/bin", "venv/bin", "node_modules/.bin", ".venv/Scripts", "bin")
RUNNERS = frozenset(("npm", "pnpm", "yarn", "bun"))
LIFECYCLE = frozenset(("test", "start", "stop", "restart"))
TARGET = re.compile(r"^([\w./-]+)[^\S\n]*:(?!=)", re.MULTILINE)


def resolved(root: Path, commands: Sequence[tuple[str, str]], *, run: bool) -> tuple[Resolved, ...]:
    """Each command looked up, in order; with `run` also run, from the project's root, until the first one fails."""
    out: list[Resolved] = []
    for group, command in commands:
        found = look_up(root, command)
        if run and found.ok is not False and all(o.ok is not False for o in out):
            found = tried(root, group, command)
        out.append(found)
    return tuple(out)


def tried(root: Path, group: str, command: str) -> Resolved:
    """A command that was run. One that is meant to keep running has worked when it still runs after a while."""
    serves = group.lower() == "run"
    done = shell.run(command, root, shell.STARTED_S if serves else TIMEOUT_S)
    if done.code is None:
        return Resolved(command, serves, "runs" if serves else f"did not end within {TIMEOUT_S:.0f} s", ran=True)
    return Resolved(command, done.code == 0, "ok" if done.code == 0 else f"exited with {done.code}: {done.last}", ran=True)


def look_up(root: Path, command: str) -> Resolved:
    """Every simple command of the line, each from the directory that `cd` leads to."""
    at = root
    for words in simple(command):
        if words[0] == "cd" and len(words) > 1:
            at = at / words[1]
            if not at.is_dir():
                return Resolved(command, False, f"has no directory {words[1]}")
            continue
        problem = lacks(root, at, words)
        if problem:
            return Resolved(command, False, problem)
    return Resolved(command, True, "resolves")


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


def lacks(root: Path, at: Path, words: Sequence[str]) -> str:
    """Why a simple command cannot work, "" when nothing speaks against it."""
    program, rest = words[0], [w for w in words[1:] if not w.startswith("-")]
    if program in BUILTINS:
        target = rest[0] if rest and program in ("source", ".") else ""
        return f"has no file {target}" if target and not (at / target).expanduser().exists() else ""
    if "/" in program:
        return "" if (at / program).expanduser().exists() else f"has no file {program}"
    if not shutil.which(program) and not any((base / folder / program).exists() for folder in OWN_PROGRAMS for base in (at, root)):
        return f"needs `{program}`, which is not installed here"
    if program in WRAPPERS and rest and WRAPPERS[program] in ("", rest[0]):
        return ""
    return no_script(at, program, rest) or no_target(at, program, rest)


def no_script(at: Path, program: str, rest: Sequence[str]) -> str:
    """A script that `package.json` does not have."""
    if program not in RUNNERS or not rest or not (rest[0] in ("run", "run-script") or rest[0] in LIFECYCLE):
        return ""
    name = rest[1] if rest[0].startswith("run") and len(rest) > 1 else rest[0]
    try:
        scripts = json.loads(start_of(at / "package.json", MANIFEST_BYTES) or "{}").get("scripts", {})
    except (ValueError, AttributeError):
        return ""
    return "" if name in scripts else f"needs the script {name}, which package.json does not have"


def no_target(at: Path, program: str, rest: Sequence[str]) -> str:
    """A target that the Makefile does not have, or a Python file that is not there."""
    if program == "make" and rest:
        text = next((t for n in ("GNUmakefile", "makefile", "Makefile") if (t := start_of(at / n, MANIFEST_BYTES))), "")
        return "" if rest[0] in TARGET.findall(text) or "%" in text else f"needs the target {rest[0]}, which the Makefile does not have"
    if program in ("python", "python3", "node", "bash", "sh") and rest and rest[0].endswith((".py", ".js", ".mjs", ".sh")):
        return "" if (at / rest[0]).exists() else f"has no file {rest[0]}"
    return ""


__all__ = ["look_up", "resolved"]
