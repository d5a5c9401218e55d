"""Gemini CLI before it wrote lines: `~/.gemini/tmp/<project>/chats/session-*.json`, one JSON document, rewritten as a whole.

Source: google-gemini/gemini-cli as of 2026-08, which still reads and converts these files, and small documents that others made for their tests,
seen 2026-11; a documented schema, no real session was read. Row 0 is the session's metadata, then a row a message, each as in `gemini_cli`.
"""

from passdown.transcripts.base import Evidence
from passdown.transcripts.document import cut_at, top_keys
from passdown.transcripts.readers.gemini_cli import AGENT, Reading, start

ROW_START = cut_at("messages")
EVIDENCE: Evidence = "schema"
LOCATIONS = (".gemini/tmp/*/chats/session-*.json",)


def recognises(head: bytes) -> bool:
    """Whether it begins as an object that names session and project, and has messages as far as it can be seen."""
    keys = top_keys(head)
    return "messages" in keys and not keys.isdisjoint(("projectHash", "startTime", "lastUpdated")) and keys.isdisjoint(("schema_version", "info", "agentId"))


__all__ = ["AGENT", "LOCATIONS", "ROW_START", "Reading", "recognises", "start"]
