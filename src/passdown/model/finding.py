"""One thing that a check says: used by redaction, verification, doctor and every later lint."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Finding:
    """code: stable, lower case with dashes, documented. where: path, record id or session id. fix: what to do, a command if there is one."""

    code: str
    severity: Severity
    where: str
    message: str
    fix: str = ""


__all__ = ["Finding", "Severity"]
