"""Values of foreign JSON as what they should be: never a value of another type, never an error."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from passdown.model.json_values import BROKEN_JSON
from passdown.transcripts.base import UnreadableRowError

LOOSE = msgspec.json.Decoder().decode
MILLISECONDS = 10**11  # an epoch above this counts milliseconds


def row_object(line: bytes) -> dict[str, Any]:
    """The JSON object of a row. Raises `UnreadableRowError` when it is none."""
    try:
        row = LOOSE(line)
    except BROKEN_JSON as error:
        raise UnreadableRowError("not JSON") from error
    if not isinstance(row, dict):
        raise UnreadableRowError("not an object")
    return row


def obj(value: Any) -> dict[str, Any]:
    """An object, {} for anything else. Text that holds one as JSON counts: many agents keep arguments that way."""
    if isinstance(value, str) and value[:1] == "{":
        try:
            value = LOOSE(value)
        except BROKEN_JSON:
            return {}
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list, [] for anything else."""
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def number(value: Any) -> int:
    return int(value) if isinstance(value, int | float) and abs(value) < 10**15 else 0


def code_of(value: Any) -> int | None:
    """An exit code; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63 else None


def first(args: Mapping[str, Any], *names: str) -> str:
    """The first of these values that is a text with something in it."""
    return next((v for n in names if isinstance(v := args.get(n), str) and v), "")


def utc(value: Any) -> str:
    """A time as `YYYY-MM-DDTHH:MM:SS[.mmm]Z`: from ISO 8601 text with a zone, or an epoch in seconds or milliseconds; "" for anything else.

    Text without a zone is taken as UTC.
    """
    if isinstance(value, str) and value.endswith("Z") and len(value) in (20, 24):
        return value
    try:
        if isinstance(value, str):
            then = datetime.fromisoformat(value)
            then = then if then.tzinfo else then.replace(tzinfo=UTC)
        elif isinstance(value, int | float) and value > 0:
            then = datetime.fromtimestamp(value / 1000 if value > MILLISECONDS else value, UTC)
        else:
            return ""
        return then.astimezone(UTC).isoformat(timespec="milliseconds").replace(".000+00:00", "Z").replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError):
        return ""


__all__ = ["code_of", "first", "number", "obj", "objects", "row_object", "string", "utc"]
