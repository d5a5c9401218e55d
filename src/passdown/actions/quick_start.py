"""Do the commands of a quick start resolve: is the program there, the script in the manifest, the file in the tree? With `run`, do they work?"""

import shutil
from collections.abc import Sequence
from pathlib import Path

from passdown import shell
from passdown.actions.material import MANIFEST_BYTES, start_of
from passdown.formats.checklist import Resolved
from passdown.verification import commands

TIMEOUT_S = 120.0
BUILTINS = frozenset(("echo", "export", "set", "source", ".", "cd", "exec", "time", "test", "true", "eval", "alias", "ulimit", "wait"))
OWN_PROGRAMS = (".venv/bin", "venv/bin", "node_modules/.bin", ".venv/Scripts", "bin")


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
    for words in commands.simple(command):
        if words[0] == "cd" and len(words) > 1:
            at = at / words[1]
            if not at.is_dir():
                return Resolved(command, False, f"has no directory {words[1]}")
            continue
        problem = lacks(root, at, words)
        if problem:
            return Resolved(command, False, problem)
    return Resolved(command, True, "resolves")


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
    return commands.missing(words, lambda path: start_of(at / path, MANIFEST_BYTES), lambda path: (at / path).expanduser().exists())


__all__ = ["look_up", "resolved"]
