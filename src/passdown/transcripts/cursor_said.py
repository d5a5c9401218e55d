"""What Cursor puts around a user's words, and how its tools tell the outcome: the same in its transcripts, its CLI's store and the IDE's.

Hosts that only put tags around what they say (OpenCode's log) are told apart the same way.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from passdown.model.event import Event, Injected, Prompt, ToolResult
from passdown.transcripts.base import OUTPUT_CHARS, TEXT_CHARS, clip
from passdown.transcripts.fields import first, obj, string

QUERY = re.compile(r"<user_query>(.*?)(?:</user_query>|\Z)", re.DOTALL)
WRAPPED = re.compile(r"<([a-z][a-z_-]*)(?:\s[^<>]*)?>.*?</\1>\s*", re.DOTALL)
TIMESTAMP = re.compile(r"<timestamp>\s*\w+, (\w{3})\w* (\d{1,2}), (\d{4}), (\d{1,2}):(\d\d)\s*([AP]M)\s*\(UTC([+-]\d{1,2})?(?::(\d\d))?\)\s*</timestamp>")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EXIT = re.compile(r"\A\s*Exit code: (-?\d+)")
STANDING = ("user_info", "project_layout", "rules", "agent_skills", "system_reminder", "mcp_instructions", "agent_transcripts", "git_status")


def user_said(text: str, *, at: str = "", row: int = 0, images: int = 0) -> list[Event]:
    """What the host put around the user's words, then the words. at: used when the text does not tell the time itself."""
    at = spoken_at(text) or at
    query = QUERY.search(text)
    around = QUERY.sub("", text) if query else text
    wrapped = [m for m in WRAPPED.finditer(around) if m[1] != "timestamp"]
    out: list[Event] = [Injected(at=at, row=row, text=clip(m[0].strip(), OUTPUT_CHARS), source=m[1]) for m in wrapped]
    words = query[1].strip() if query else WRAPPED.sub("", around).strip()
    if words or images:
        out.append(Prompt(at=at, row=row, text=clip(words, TEXT_CHARS), images=images))
    return out


def spoken_at(text: str) -> str:
    """UTC from Cursor's `<timestamp>`, such as `Friday, Jan 30, 2026, 2:21 PM (UTC-8)`; "" when there is none."""
    m = TIMESTAMP.search(text)
    if not m or m[1] not in MONTHS:
        return ""
    hours = int(m[7] or 0)
    zone = timezone(timedelta(hours=hours, minutes=int(m[8] or 0) * (-1 if hours < 0 else 1)))
    try:
        then = datetime(int(m[3]), MONTHS.index(m[1]) + 1, int(m[2]), int(m[4]) % 12 + (12 if m[6] == "PM" else 0), int(m[5]), tzinfo=zone)
        return then.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return ""


def result_of(said: Any, call: str, status: str = "", *, at: str = "", row: int = 0) -> ToolResult:
    """The outcome of a call. said: text, or an object (also as JSON text) with output and exit code. status: the host's word for how it ended, if any."""
    facts = obj(said)
    output = first(facts, "output", "contents", "content", "error", "message") if facts else string(said)
    shown = output or (string(said) if not facts else "")
    code = _exit_code(facts, shown)
    failed = status in ("error", "cancelled", "rejected") or code not in (None, 0) or facts.get("rejected") is True or facts.get("applyFailed") is True
    known = bool(failed or status == "completed" or code == 0)
    return ToolResult(at=at, row=row, call=call, ok=not failed if known else None, exit_code=code, output=clip(shown, OUTPUT_CHARS), size=len(shown))


def _exit_code(facts: dict[str, Any], output: str) -> int | None:
    for name in ("exitCode", "exitCodeV2", "exit_code"):
        code = facts.get(name)
        if isinstance(code, int) and not isinstance(code, bool):
            return code
    told = EXIT.match(output)
    return int(told[1][:12]) if told else None


__all__ = ["result_of", "spoken_at", "user_said"]
