"""Values that a decision pins: `minSdk stays at 26`, `MSRV stays 1.74`, `configX is 0`."""

import re

_PIN = re.compile(
    r"\b([A-Za-z_][\w.-]{2,60})(?:\s+(?:stays?|remains?|is|are|at|of|=|:|on|to|kept|fixed|pinned|capped|limited)){1,3}\s*(?:at |to |on |=)?\s*"
    r"v?(\d+(?:\.\d+){0,2})\b", re.IGNORECASE)


def pins(text: str) -> tuple[tuple[str, str], ...]:
    """Name in lower case and the value that it is to have."""
    return tuple((m[1].lower().rstrip("."), m[2]) for m in _PIN.finditer(text))


__all__ = ["pins"]
