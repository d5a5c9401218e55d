"""One thing that a check says: used by redaction, verification, doctor and every later lint."""

from typing import Literal

import msgspec

Severity = Literal["info", "warning", "error"]


class Finding(msgspec.Struct, frozen=True):
    """code: stable, lower case with dashes, documented. where: path, record id or session id. fix: what to do, a command if there is one."""

    code: str
    severity: Severity
    where: str
    message: str
    fix: str = ""


__all__ = ["Finding", "Severity"]
