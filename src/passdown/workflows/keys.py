"""What may stand in a plan file: the one table from which the parser reads, the JSON Schema is made and the docs are written.

Agents' names are the engine's; here one is a word.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

Shape = Literal["text", "texts", "names", "path", "paths", "folder", "entry", "word", "money", "tokens", "time", "number", "count", "flag", "choice", "env",
                "map", "phases"]


class Key(msgspec.Struct, frozen=True):
    """One key. shape: how its value is written. field: of the value in `workflows.model`, when it has another name there. of: the table of a map.

    least, most: of a number. short: a map may be written as this one key's value.
    """

    name: str
    shape: Shape
    says: str
    example: str = ""
    field: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    of: str = ""
    least: float = 0
    most: float = 1e12
    short: str = ""


PLAN = (
    Key("about", "text", "What is produced, in a sentence", "Episodes, from research to the final package"),
    Key("folder", "folder", "An item's folder in the repository, with `{item}` in it", "production/{item}"),
    Key("budget", "map", "What one item may use up, all phases together", of="budget"),
    Key("phases", "phases", "The phases by name; the order they run in follows from `needs`", required=True),
)
PHASE = (
    Key("run", "text", "A command line", "python3 tools/research.py"),
    Key("agent", "word", "A coding agent's command, started without a terminal; `prompt` says what it is to do", "claude"),
    Key("prompt", "text", "What an agent is to do", "Research the topic in brief.md"),
    Key("python", "entry", "A Python entry point", "studio.mix:main"),
    Key("needs", "names", "The phases that must be finished before", "[research]"),
    Key("inputs", "paths", "Files it reads: globs in the item's folder, else in the repository; when one changes, it runs again", "[research/*.md]"),
    Key("outputs", "paths", "Files it must leave: globs in the item's folder", "[production/script.md]"),
    Key("budget", "map", "What one attempt may use up: it is set aside before the attempt begins", of="budget"),
    Key("gate", "map", "The quality that it must reach", of="gate"),
    Key("retries", "map", "How often it is begun again when it failed; a number alone is `most`", of="retries", short="most"),
    Key("timeout", "time", "How long one attempt may take", "30 min", field="timeout_s"),
    Key("approval", "flag", "Whether a person must approve the result before the next phase", "true"),
    Key("env", "env", "Environment variables of its process", "{VOICE: calm}"),
)
BUDGET = (
    Key("money", "money", "US dollars", "$3.50"),
    Key("tokens", "tokens", "Tokens, as the agents count them", "200k"),
    Key("time", "time", "Wall time", "10 min", field="time_s"),
)
GATE = (
    Key("run", "text", "A command that prints a score, 0 to 10 or 0 to 1, as its last number or as JSON `{\"score\": …}`", "python3 tools/score.py"),
    Key("report", "path", "A file in the item's folder that holds the score", "production/quality.json"),
    Key("minimum", "number", "The score that is needed", "7.5", required=True, most=10),
    Key("below", "choice", "What to do with less: `retry` with the report as feedback, `stop`, or `ask` a person", "retry", choices=("retry", "stop", "ask")),
)
RETRIES = (
    Key("most", "count", "How often at most", "2", most=100),
    Key("backoff", "time", "The pause before the first of them", "10 s", field="backoff_s"),
    Key("factor", "number", "How many times longer each next pause is", "2", least=1, most=100),
    Key("longest", "time", "The longest pause", "5 min", field="longest_s"),
)
TABLES: Mapping[str, tuple[Key, ...]] = {"plan": PLAN, "phase": PHASE, "budget": BUDGET, "gate": GATE, "retries": RETRIES}
ONE_OF: Mapping[str, tuple[str, ...]] = {"phase": ("run", "agent", "python"), "gate": ("run", "report")}  # exactly one of these
TOGETHER: Mapping[str, tuple[tuple[str, str], ...]] = {"phase": (("agent", "prompt"), ("prompt", "agent"))}  # with the first, the second

NAME = r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}"  # of a plan, a phase
ENTRY = r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*:[A-Za-z_]\w*"
WORD = r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}"
VARIABLE = r"[A-Za-z_][A-Za-z0-9_]*"
FLAGS: Mapping[str, bool] = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
ITEM = "{item}"
MOST_PHASES = 100

__all__ = [
    "BUDGET", "ENTRY", "FLAGS", "GATE", "ITEM", "MOST_PHASES", "NAME", "ONE_OF", "PHASE", "PLAN", "RETRIES", "TABLES", "TOGETHER", "VARIABLE", "WORD",
    "Key", "Shape",
]
