"""Money, tokens and lengths of time as people write them: `$3.50`, `200k`, `10 min`.

Each `read_*` gives a number or None for what is no such amount, each `write_*` the shortest text that reads back as that number, rounded up to two digits
behind the point.
"""

import math
import re
from collections.abc import Mapping

NUMBER = r"(?:\d{1,3}(?:[,_]\d{3})+|\d+)(?:\.\d+)?"
MONEY = rf"(?:\$\s?({NUMBER})|({NUMBER})(?:\s?(?:\$|USD))?)"
TOKENS = rf"({NUMBER})\s?([kKmM])?(?:\s?tokens?)?"
UNITS: Mapping[str, int] = {  # seconds
    "s": 1, "sec": 1, "second": 1, "seconds": 1, "m": 60, "min": 60, "minute": 60, "minutes": 60, "h": 3_600, "hour": 3_600, "hours": 3_600,
    "d": 86_400, "day": 86_400, "days": 86_400}
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
PART = rf"{NUMBER}\s?(?:{_UNIT})"
TIME = rf"{PART}(?:\s?{PART})*"
LARGEST = 1e12
TIMES: Mapping[str, int] = {"": 1, "k": 1_000, "m": 1_000_000}


def read_money(text: str) -> float | None:
    """US dollars: `$3.50`, `3.5`, `12 USD`."""
    match = re.fullmatch(MONEY, text.strip())
    return _number(match[1] or match[2]) if match else None


def read_tokens(text: str) -> int | None:
    """`200000`, `200k`, `1.5M`, `200,000 tokens`."""
    match = re.fullmatch(TOKENS, text.strip())
    number = _number(match[1], TIMES[(match[2] or "").lower()]) if match else None
    return None if number is None else round(number)


def read_time(text: str) -> float | None:
    """Seconds: `90 s`, `10 min`, `1h 30m`. A number alone is none: nobody could say of what."""
    text = text.strip()
    if not re.fullmatch(TIME, text):
        return None
    parts = [_number(number, UNITS[unit]) for number, unit in re.findall(rf"({NUMBER})\s?({_UNIT})(?![a-z])", text)]
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) and sum(known) <= LARGEST else None


def write_money(dollars: float) -> str:
    """`$3.50`; whole dollars without cents."""
    return f"${_up(dollars):.2f}".removesuffix(".00")


def write_tokens(tokens: int) -> str:
    """`200k`, `1.5M`."""
    for sign, size in (("M", 1_000_000), ("k", 1_000)):
        if tokens >= size:
            return f"{_up(tokens / size):.2f}".rstrip("0").rstrip(".") + sign
    return str(tokens)


def write_time(seconds: float) -> str:
    """`45 s`, `10 min`, `1.5 h`."""
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= size:
            return f"{_up(seconds / size):.2f}".rstrip("0").rstrip(".") + f" {unit}"
    return f"{_up(seconds):.2f}".rstrip("0").rstrip(".") + " s"


def _number(text: str, times: int = 1) -> float | None:
    value = float(re.sub("[,_]", "", text)) * times
    return value if value <= LARGEST else None


def _up(value: float) -> float:
    """Rounded up to two digits; what is two digits but for the way computers count stays."""
    return math.ceil(round(value * 100, 6)) / 100


__all__ = ["MONEY", "TIME", "TOKENS", "read_money", "read_time", "read_tokens", "write_money", "write_time", "write_tokens"]
