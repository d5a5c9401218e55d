"""OpenCode: our own plug-in speaks for it (`integrations/plug_ins/opencode.js`), in our names of fields.

OpenCode keeps its sessions in one SQLite database (1.2 and later, seen 2026-11): a pointer names it and the session in it, as `agentstores` does.
"""

import os

from passdown.hooks.payload import quoted, text
from passdown.hooks.place import variable

ANSWERED = ("SessionStart", "UserPromptSubmit")
REMINDED = False  # the plug-in puts the start's text into each request, after a compaction too
RULES = ""


def read(given: dict[str, object], word: str) -> dict[str, object]:  # noqa: ARG001  the payload names the event
    return {**given, "transcript_path": text(given, "transcript_path") or f"{database()}#{text(given, 'session_id')}"}


def database() -> str:
    data = variable("XDG_DATA_HOME") or os.path.join(os.path.expanduser("~"), ".local", "share")
    return variable("OPENCODE_DB") or os.path.join(data, "opencode", "opencode.db")


def envelope(event: str, said: str) -> str:  # noqa: ARG001  the plug-in knows what it asked for
    return f'{{"context":{quoted(said)}}}\n'


__all__ = ["ANSWERED", "REMINDED", "RULES", "envelope", "read"]
