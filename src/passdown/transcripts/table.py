"""The readers, by the name of the format: that of the agent, with `-json` behind it for an older or exported form; each is imported when first asked for."""

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from passdown.transcripts.base import Reader

MODULES: Mapping[str, str] = {
    "entire": "entire",  # the first: it holds rows of the others
    "claude-code": "claude_code", "codex": "codex", "copilot-cli": "copilot_cli", "specstory": "specstory",
    "gemini-cli": "gemini_cli", "gemini-cli-json": "gemini_cli_json", "qwen-code": "qwen_code", "vscode-copilot": "vscode_copilot",
    "windsurf": "windsurf", "aider": "aider", "swe-agent": "sweagent", "claude-code-json": "claude_code_json", "atif": "atif",
    "cursor": "cursor", "cursor-cli": "cursor_cli", "cursor-ide": "cursor_ide", "opencode": "opencode", "opencode-log": "opencode_log", "cline": "cline",
    "chat": "chat"}  # the last: any text may look like a chat
AGENTS: tuple[str, ...] = tuple(MODULES)


def reader(agent: str) -> Reader:
    """The reader of the format `agent`, one of `AGENTS`. Raises KeyError for another name."""
    return cast(Reader, import_module(f"passdown.transcripts.readers.{MODULES[agent]}"))


__all__ = ["AGENTS", "reader"]
