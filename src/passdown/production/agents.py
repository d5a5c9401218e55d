"""Agents' command lines in headless mode: the prompt is the whole standard input or one argument, the session's id stands in what they print.

Sources, as their own `--help` and documents say it in 2026: Claude Code 2.x (`claude -p --output-format json`), Codex CLI (`codex exec --json`),
Gemini CLI (`gemini -p`), Copilot CLI (`copilot -p`), Cursor (`cursor-agent -p`). Another one is a phase with `run`, which may be any command line.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

PROMPT = '"$(cat "$PASSDOWN_PROMPT")"'
COMMANDS: Mapping[str, str] = MappingProxyType({
    "claude": f"claude -p {PROMPT} --output-format json",
    "codex": f"codex exec --json {PROMPT}",
    "gemini": f"gemini -p {PROMPT}",
    "copilot": f"copilot -p {PROMPT}",
    "cursor": f"cursor-agent -p {PROMPT}",
})
ALIASES: Mapping[str, str] = MappingProxyType({"claude-code": "claude", "copilot-cli": "copilot", "gemini-cli": "gemini", "cursor-agent": "cursor"})
SESSION = re.compile(r'"(?:session_id|thread_id|sessionId)"\s*:\s*"([0-9A-Za-z-]{8,64})"')


def command(agent: str) -> str:
    """Its command line; a name that is not in the table is a program that takes the prompt behind `-p`."""
    name = ALIASES.get(agent, agent)
    return COMMANDS.get(name, f"{name} -p {PROMPT}")


def session_in(output: str) -> str:
    """The id of the session that an agent printed; "" when it printed none."""
    found = SESSION.search(output)
    return found[1] if found else ""


__all__ = ["command", "session_in"]
