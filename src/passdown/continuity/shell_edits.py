"""Files that a command line changes, read off its words: agents edit by shell where their own tool fails them."""

import re
from collections.abc import Iterator

from passdown.extract.shell import NAMES_FILE
from passdown.model.command_line import HEREDOC, program, simple

QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'", re.DOTALL)
INTO = re.compile(r"(?<![\d&<>=-])>{1,2}\s*([^\s;&|<>()]+)")
SCRIPT = re.compile(r"\bwrite_text\(|\.write\(|writeFile(?:Sync)?\(|open\([^)]*,\s*['\"][wa]")
PATTERN = re.compile(r"[*?$`{\[]")  # what the shell would expand
INTERPRETERS = frozenset(("python", "python3", "node", "bun", "ruby", "perl"))
NAMED = re.compile(r"(?<=['\"])[\w@~+./-]+(?=['\"])")


def changed(command: str) -> list[str]:
    """Paths as spelled, each once; what is not plain is left alone."""
    written = (path for path in _written(command) if NAMES_FILE.fullmatch(path) and not path.startswith("/dev/"))
    return list(dict.fromkeys((*_moved(command), *written)))


def _moved(command: str) -> Iterator[str]:
    """Files and folders that get another place or go by git, by their new name where they have one."""
    for words in simple(command):
        plain = [w for w in words[1:] if not w.startswith("-") and not PATTERN.search(w)]
        if program(words[0]) == "git" and plain[:1] in (["mv"], ["rm"]):
            yield from plain[1:]
        elif program(words[0]) in ("mv", "cp") and len(plain) > 1:
            yield plain[-1]


def _written(command: str) -> Iterator[str]:
    """Words that may be files that are written."""
    if ">" in command:
        yield from INTO.findall(QUOTED.sub("''", HEREDOC.sub(r"\1", command)))
    for words in simple(command):
        name = program(words[0])
        if (name in ("sed", "perl") and any(re.match(r"-\w*i", w) for w in words[1:])) or name == "tee":
            yield from (w for w in words[1:] if not w.startswith("-"))
    if SCRIPT.search(command) and not INTERPRETERS.isdisjoint(program(words[0]) for words in simple(command)):
        yield from NAMED.findall(command)


__all__ = ["changed"]
