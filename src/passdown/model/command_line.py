"""The one place where a command line is cut: into its simple commands, and those into words. Nothing is run or expanded."""

import functools
import re
import shlex

LINE_CHARS = 4_000  # of a command line that are looked at
HEREDOC = re.compile(r"(<<-?\s*[\"']?(\w+)[\"']?[^\n]*)\n.*?^\s*\2\s*$", re.MULTILINE | re.DOTALL)
SEGMENT = re.compile(r"""(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^'"\\&|;\n]|&(?!&)|(?<=>)\|)+""", re.DOTALL)
ENV = re.compile(r"^(?:\w+=(?:'[^']*'|\"[^\"]*\"|\S*)\s+)++")  # variables set for one command, before it
REDIRECTION = re.compile(r"(?:\d|&)?(?:>>?|<<?-?|<<<)&?")


@functools.lru_cache(maxsize=256)
def segments(command: str) -> tuple[str, ...]:
    """The simple commands of a line, in order and as they are written; bodies of here-documents left out."""
    command = command[:LINE_CHARS]
    if "<<" in command:
        command = HEREDOC.sub(r"\1", command)
    return tuple(s for part in SEGMENT.findall(command) if (s := part.strip(" \t()&")))


def simple(command: str) -> list[list[str]]:
    """Words of each simple command of a line, in order, unquoted; variables set before it, redirections and here-documents left out, [] for none."""
    return [words for segment in segments(command.replace("\\\n", " ")) if (words := _words(segment))]


def program(segment: str) -> str:
    """The name of the program that a simple command runs, without its directory."""
    words = ENV.sub("", segment, count=1).split(None, 1) if "=" in segment else segment.split(None, 1)
    return words[0].rsplit("/", 1)[-1] if words else ""


def _words(segment: str) -> list[str]:
    """Words without redirections and what they name; a text whose quotes are not closed is cut at blanks."""
    segment = ENV.sub("", segment, count=1) if "=" in segment else segment
    try:
        words = shlex.split(segment, comments=True)
    except ValueError:
        words = segment.split()
    kept: list[str] = []
    target = False  # the word is what a redirection before it names
    for word in words:
        redirection = REDIRECTION.match(word)
        if redirection is None and not target:
            kept.append(word)
        target = redirection is not None and redirection.end() == len(word)
    return kept


__all__ = ["ENV", "program", "segments", "simple"]
