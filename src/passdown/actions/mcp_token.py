"""The token of the MCP server over HTTP: made at its first start, in the user's own directory, for the user alone."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from passdown import files
from passdown.errors import Conflict, ExposedToken, UnreadableFile, UsageError
from passdown.project import user_home

NAME = "mcp-token"
BYTES = 32


def token() -> tuple[str, Path]:
    """The token and where it lies. Raises `ExposedToken` when others may read it, `UsageError` when it is none, `UnreadableFile`, `WriteFailed`."""
    path = user_home() / NAME
    with suppress(Conflict):  # it was made before, or by a server that starts right now
        files.write_bytes(path, secrets.token_urlsafe(BYTES).encode() + b"\n", expected=None)
    try:
        exposed, text = os.name == "posix" and path.stat().st_mode & 0o077, path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(path=path, reason=str(error)) from error
    if exposed:
        raise ExposedToken(path=path)
    if len(text) < BYTES:
        raise UsageError(f"{path} holds no token: it is {'too short for one' if text else 'empty'}", "Remove it; the next start makes a new one.")
    return text, path


__all__ = ["token"]
