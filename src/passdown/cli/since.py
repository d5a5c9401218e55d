"""The option `--since`: a day, a time, or how long ago."""

import re
from datetime import timedelta

from passdown.errors import UsageError
from passdown.project import Project, clock_at

AGE = re.compile(r"(\d{1,5})\s*(min|h|d|w)")
UNITS = {"min": "minutes", "h": "hours", "d": "days", "w": "weeks"}
HELP = "only those said since then: 2026-11-20, or 90min, 2h, 3d, 2w ago"


def since(text: str, project: Project) -> str:
    """UTC ISO of `2026-11-20`, `2026-11-20T09:12:00Z` or `3d` before now; "" for "". Raises `UsageError`."""
    match = AGE.fullmatch(text.strip())
    if match:
        return (project.clock.time() - timedelta(**{UNITS[match[2]]: int(match[1])})).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        return clock_at(text).iso() if text else ""
    except UsageError:
        raise UsageError(f"`{text}` is no time", "Write --since 2026-11-20 or --since 3d.") from None


__all__ = ["HELP", "since"]
