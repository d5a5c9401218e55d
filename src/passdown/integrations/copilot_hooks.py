"""The file of hooks that Copilot CLI and VS Code share.

Entries are handlers, `bash` and `powershell`, `timeoutSec`. Copilot CLI's payload does not name the event, so the command does.
"""

from collections.abc import Mapping

from passdown.integrations.base import Group, with_word

EVENTS: Mapping[str, int] = {  # event -> timeout in seconds
    "sessionStart": 10, "userPromptSubmitted": 5, "agentStop": 10, "subagentStop": 10, "preCompact": 10, "sessionEnd": 5}
HOST = "copilot-cli"  # whoever runs it: VS Code is known by its payload


def hooks(command: str, version: tuple[int, ...] | None) -> Mapping[str, Group]:  # noqa: ARG001  versions pass over events that they do not know
    """See `base.Agent`."""
    one = command.replace("hook vscode-copilot", f"hook {HOST}")
    return {event: handler(with_word(one, event), timeout) for event, timeout in EVENTS.items()}


def handler(command: str, timeout_s: int) -> Group:
    """PowerShell calls a quoted path with `&`."""
    return {"type": "command", "bash": command, "powershell": f"& {command}", "timeoutSec": timeout_s}


__all__ = ["EVENTS", "hooks"]
