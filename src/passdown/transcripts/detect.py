"""Which agent wrote a transcript: its content decides, never its name. What is known but not read is refused by name."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from passdown.errors import NotATranscript, UnsupportedTranscript
from passdown.model.json_values import BROKEN_JSON
from passdown.transcripts.table import AGENTS, reader

HEAD_BYTES = 64 * 1024
PLAIN_TEXT = "it is text without the marks of an agent's session"
MAGIC: Mapping[bytes, str] = {
    b"\x89PNG\r\n": "it is an image (PNG)", b"\xff\xd8\xff": "it is an image (JPEG)", b"GIF8": "it is an image (GIF)", b"%PDF-": "it is a PDF document",
    b"PK\x03\x04": "it is a ZIP archive", b"\x1f\x8b": "it is compressed (gzip): unpack it first", b"\x28\xb5\x2f\xfd": "it is compressed (zstd)",
    b"\x7fELF": "it is a program", b"MZ": "it is a program", b"RIFF": "it is a media file", b"\xff\xfe": "it is UTF-16 text, not UTF-8",
    b"\xfe\xff": "it is UTF-16 text, not UTF-8"}
SQLITE = b"SQLite format 3\x00"
NAMED_KEYS: tuple[tuple[frozenset[str], str], ...] = (  # keys that all stand at the top of a JSON document or of a line
    (frozenset(("protocol_version", "type")), "Kimi CLI"), (frozenset(("mapping", "create_time")), "ChatGPT (export)"),
    (frozenset(("agent_action_name", "trajectory_id")), "Windsurf (a hook's payload)"),
    (frozenset(("step_index", "source", "type")), "Antigravity"),
    (frozenset(("folder_paths", "summary", "data")), "Zed"), (frozenset(("env", "messages", "created")), "Amp"))
KEY = re.compile(rb'^[ \t]{0,4}"(\w+)"\s*:', re.MULTILINE)  # keys near the margin of a document that does not fit into the head
SQLITE_TABLES: Mapping[bytes, str] = {
    b"read_files": "Crush (SQLite store)",
    b"accumulated_": "Goose (SQLite store)", b"data_type": "Zed (SQLite store)", b"rollout_path": "Codex's index (its transcripts are the rollout files)"}


def detect(head: bytes, path: str = "the file", told: str = "") -> str:
    """The format, one of `table.AGENTS`. head: the first `HEAD_BYTES`, decompressed. path: for the message only.

    told: what the user says that it is. Only `chat`, which has no marks of its own, is taken on trust, where nothing else is recognised.

    Raises `UnsupportedTranscript` for a format that is known and not read, `NotATranscript` for anything else.
    """
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\0 \t\r\n")
    if not text:
        raise NotATranscript(path=path, reason="it is empty" if not head else "it holds only blanks")
    if head.startswith(SQLITE):
        agent = next((name for mark, name in SQLITE_TABLES.items() if mark in head), "")
        raise UnsupportedTranscript(path=path, agent=agent or "an agent that keeps a SQLite database")
    for magic, reason in MAGIC.items():
        if head.startswith(magic):
            raise NotATranscript(path=path, reason=reason)
    agent = _foreign(text)
    if agent:
        raise UnsupportedTranscript(path=path, agent=agent)
    for name in AGENTS:
        if reader(name).recognises(text):
            return name
    nature = _nature(text)
    if told == "chat" and nature == PLAIN_TEXT:
        return told
    raise NotATranscript(path=path, reason=nature)


def _foreign(text: bytes) -> str:
    """The name of a known format that is not read, "" for all others."""
    rows = _rows(text)
    for row in rows:
        agent = _foreign_row(row) if isinstance(row, dict) else _foreign_list(row) if isinstance(row, list) else ""
        if agent:
            return agent
    if not rows and text[:1] == b"{":  # one document, longer than the head
        return _by_keys(frozenset(k.decode() for k in KEY.findall(text)))
    if not rows and text[:1] == b"[" and re.search(rb'"(?:ask|say)"\s*:', text):
        return "Cline or Roo Code"
    return ""


def _rows(text: bytes) -> list[Any]:
    """The document, or the first lines that parse."""
    found = _parsed(text)
    if found is not None:
        return [found]
    return [row for line in text.splitlines()[:20] if (row := _parsed(line.strip(b"\0"))) is not None and isinstance(row, dict | list)]


def _parsed(text: bytes) -> Any:
    try:
        return msgspec.json.decode(text)
    except BROKEN_JSON:
        return None


def _by_keys(keys: frozenset[str]) -> str:
    return next((agent for needed, agent in NAMED_KEYS if needed <= keys), "")


def _foreign_row(row: dict[str, Any]) -> str:
    message = row.get("message")
    role = row.get("role")
    if isinstance(role, str) and (role.startswith("_") or "tool_calls" in row):
        return "Kimi CLI"
    if isinstance(message, dict) and str(message.get("type", "")).startswith(("Turn", "Step")) and "uuid" not in row:
        return "Kimi CLI"
    return _by_keys(frozenset(row))


def _foreign_list(row: list[Any]) -> str:
    first = row[0] if row and isinstance(row[0], dict) else {}
    if "ts" in first and ("ask" in first or "say" in first):
        return "Cline or Roo Code"
    if first.get("role") in ("user", "assistant") and "content" in first:
        return "Cline or Roo Code"
    return ""


def _nature(text: bytes) -> str:
    """What the file is, in words for its owner."""
    sample = text[:4096]
    control = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in sample)
    if control > len(sample) // 50:
        return "it is binary"
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as e:
        if e.start < len(sample) - 4:
            return "it is not UTF-8 text"
    if sample[:1] in (b"{", b"["):
        return "it is JSON without the marks of an agent's session"
    return PLAIN_TEXT


__all__ = ["HEAD_BYTES", "detect"]
