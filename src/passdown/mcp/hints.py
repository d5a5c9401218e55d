"""Advice that names commands, in words for who has our tools and no command line."""

import json
import re
import shlex
from collections.abc import Mapping
from typing import Any

ID = r"(?P<id>[0-9a-z]{6,16}|ID)"
OPTIONS = r"(?: --?[\w-]+(?:[ =](?:'[^']*'|\"[^\"]*\"|[\w@%+=:,./#-]+))*)*"
TOOLS: Mapping[str, str] = {  # a command, as advice spells it, and what a caller of tools does instead; `{id}` is the record's
    rf"passdown edit {ID} --set (?P<detail>[\w-]+)=\S+": "`record` it again with the detail `{detail}` and `supersedes` {id}",
    rf"passdown edit {ID}{OPTIONS}": "`record` what holds now, with `supersedes` {id}",
    rf"passdown supersede {ID}": "`record` with `supersedes` {id}",
    rf"passdown resolve {ID}": "`record` the outcome with `resolves` [{id}]",
    rf"passdown archive {ID}": "ask the user to archive {id}",
    rf"passdown share(?: {ID})?": "ask the user to share it",
    r"passdown resume --budget (?P<budget>\d+)": "`resume` with budget {budget}",
    r"passdown resume": "`resume`",
    r"passdown search(?: \"…\")?": "`search`",
    r"passdown list(?: --all)?": "`search`",
    r"passdown show": "`get`",
    r"passdown why": "`get` with a path",
    r"passdown verify": "`verify`",
    r"passdown handoff": "`handoff`",
    r"passdown sessions": "`sessions`",
}
_ALL = [(re.compile(rf"`?{pattern}(?![\w-])`?"), instead) for pattern, instead in TOOLS.items()]
_NOTE = re.compile(rf"`?passdown note [a-z-]+ \"[^\"\n]*\"{OPTIONS}`?")


def for_tools(text: str) -> str:
    """The text with the commands that have a tool named by it; others (`passdown init`) are for the user to run, and stay."""
    if "passdown " not in text:
        return text
    text = _NOTE.sub(lambda found: _record(found[0].strip("`")), text)
    for pattern, instead in _ALL:
        text = pattern.sub(lambda found, instead=instead: instead.format(**found.groupdict()), text)  # type: ignore[misc]
    return text


def _record(command: str) -> str:
    """`passdown note KIND TEXT --detail VALUE …` as a call of `record`."""
    _, _, kind, words, *options = shlex.split(command)
    call: dict[str, Any] = {"kind": kind, "text": words}
    while options:
        name, value = options.pop(0).removeprefix("--"), ""
        while options and not options[0].startswith("--"):
            value = f"{value} {options.pop(0)}".strip()
        if name == "file":
            call.setdefault("files", []).append(value)
        elif name == "user":
            call["by_user"] = True
        else:
            call.setdefault("details", {})[name] = value
    return f"`record` {json.dumps(call, ensure_ascii=False)}"


__all__ = ["for_tools"]
