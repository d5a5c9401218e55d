"""What a command line does to files, read off its words: nothing is run, and what is not plain is left alone."""

import re
import shlex
from collections.abc import Iterator

import msgspec

from passdown.model.command_line import program, segments

WORKING = re.compile(r"(?:^|[\s;&|(])(?:rm|mv|cat|sed|head|tail|nl|less|bat)\s")
PRINTERS = frozenset(("cat", "sed", "head", "tail", "nl", "less", "bat"))
NAMES_FILE = re.compile(r"[\w@~+./-]*[\w-]\.\w{1,8}|(?:[\w@~+./-]*/)?(?:Makefile|Dockerfile|LICENSE|justfile|Gemfile|Procfile)")


class Effects(msgspec.Struct):
    """Paths as spelled. `trees` are removed with all that is below them; `moved` are (from, to)."""

    read: list[str] = msgspec.field(default_factory=list)
    removed: list[str] = msgspec.field(default_factory=list)
    trees: list[str] = msgspec.field(default_factory=list)
    moved: list[tuple[str, str]] = msgspec.field(default_factory=list)


def _arguments(segment: str) -> Iterator[str]:
    """Plain arguments: no options, nothing the shell would expand, and none behind a redirection."""
    try:
        words = shlex.split(segment)
    except ValueError:
        return
    for word in words[1:]:
        if word.startswith((">", "<", "2>", "1>", "&>")):
            return
        if word and not word.startswith("-") and not any(c in word for c in "*?$`{[~<>"):
            yield word


def effects(command: str) -> Effects:
    """What the line reads, removes and moves. A line that changes directory on its way is not followed."""
    out = Effects()
    if not WORKING.search(command):
        return out
    for segment in segments(command):
        name = program(segment)
        if name in ("cd", "pushd"):
            return out
        if segment.startswith(("git rm ", "git mv ")):
            segment, name = segment[4:], segment[4:6]
            if "--cached" in segment:
                continue
        if name in PRINTERS or name in ("rm", "mv"):
            _one(name, segment, out)
    return out


def _one(name: str, segment: str, out: Effects) -> None:
    given = list(_arguments(segment))
    if name == "rm":
        deep = re.search(r"\s-\w*[rR]", segment) or "--recursive" in segment
        (out.trees if deep else out.removed).extend(given)
    elif name == "mv":
        if len(given) == 2 and NAMES_FILE.fullmatch(given[0]) and NAMES_FILE.fullmatch(given[1]):
            out.moved.append((given[0], given[1]))
    elif (name != "sed" or re.search(r"\s-n\b", segment)) and ">" not in segment.replace("2>", "") and "<<" not in segment:
        out.read.extend(a for a in given if NAMES_FILE.fullmatch(a))


__all__ = ["Effects", "effects"]
