"""Commands of a quick start, and of what is to be verified: can they be run?"""

import re
from collections.abc import Iterator

from passdown.formats.command_lines import NOTED
from passdown.lint.base import Problem, Reading, Rule, World

SECTION = re.compile(
    r"(?i)\b(?:quick ?start|how to (?:run|start|verify|test)|set-?up|verify|verification|commands?|running|getting started|run (?:and|&) verify)\b")
SHELL = frozenset(("", "bash", "sh", "shell", "console", "zsh", "terminal"))
PROMPT = re.compile(r"^\s*(?:\$|%|>)\s+")
OUTPUT = re.compile(r"^\s*(?:[├└│✓✔✗→#]|\d+[.)]\s|[-*+]\s|\{|\}|\[|<)|:$|^\s+\S|^[A-Z][a-z]+\b.*\s")
MOST = 40
FEW, ELSEWHERE = 4, 0.7  # commands, and their share, from which on the document speaks of another tree


def unresolved(reading: Reading, world: World) -> Iterator[Problem]:
    """Where nearly all commands cannot be run, the document speaks of another tree, and that is said once."""
    if world.resolves is None:
        return
    every = list(commands(reading))
    lost = [(number, command, why) for number, command in every for found, why in [world.resolves(command)] if found is False]
    if len(lost) >= FEW and len(lost) >= ELSEWHERE * len(every):
        number, command, why = lost[0]
        yield Problem(number, f"{len(lost)} of {len(every)} commands cannot be run here; the first, `{command[:120]}`, {why}",
                      "Correct them, or say where they are to be run.")
        return
    for number, command, why in lost:
        yield Problem(number, f"`{command[:120]}` {why}", "Correct the command, or say what has to be there first.")


def commands(reading: Reading) -> Iterator[tuple[int, str]]:
    """Line and text of each command in fenced shell blocks of such sections, at most a few dozen."""
    kinds = {s.number: s.kind for s in reading.layout.sections} if reading.layout else {}
    heads = iter((*reading.headings, None))
    following, wanted, shell, count = next(heads), False, False, 0
    by_line = {line: kinds.get(part.number) == "command" for line, part in reading.parts}
    for number, line in enumerate(reading.lines, 1):
        if following is not None and following.line == number:
            wanted = bool(SECTION.search(following.name)) or by_line.get(number, False)
            following = next(heads)
        state = reading.fenced[number - 1]
        if state == "open":
            shell = line.strip("`~ \t").split(" ")[0].lower() in SHELL
        elif state == "in" and wanted and shell and count < MOST and (command := command_of(line)):
            count += 1
            yield number, command


def command_of(line: str) -> str:
    """The command of a line, "" for a comment, output, or one that goes on from or to another line."""
    text = NOTED.sub("", PROMPT.sub("", line)).split("  #")[0].strip()
    if not text or text.strip("`~") == "" or OUTPUT.search(text) or text.endswith("\\") or re.search(r"<[\w -]+>|\.\.\.|…|\$\{?\w|<<|YYYY", text):
        return ""
    return text


RULES = (Rule("command-unresolved", "warning", "A command that cannot be run here: its program, script, target or file is missing.", unresolved, "A"),)

__all__ = ["RULES"]
