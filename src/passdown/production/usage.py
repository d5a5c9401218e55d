"""What a phase says it used: lines of JSON that it adds to the file PASSDOWN_USAGE, `{"money": 0.12, "tokens": 4100, "model": "name"}`."""

import math
from pathlib import Path

import msgspec

from passdown import files
from passdown.model.json_values import BROKEN_JSON
from passdown.workflows.ledger import MICRO, Used

MOST = 1e9  # dollars and tokens of one line; more is a mistake


class Said(msgspec.Struct, frozen=True):
    """One line."""

    money: float = 0.0
    tokens: int = 0
    model: str = ""


def place(folder: Path) -> Path:
    """The file, in the folder of an attempt."""
    return folder / "usage.jsonl"


def read(path: Path) -> dict[str, Used]:
    """Model → what was used of it. A line that is none, or is not finished, counts for nothing."""
    out: dict[str, Used] = {}
    for row in (files.read(path) or b"").splitlines():
        said = _line(row)
        if said:
            out[said.model] = out.get(said.model, Used()) + Used(round(said.money * MICRO), said.tokens)
    return out


def _line(row: bytes) -> Said | None:
    try:
        said = msgspec.json.decode(row, type=Said)
    except BROKEN_JSON:
        return None
    return said if math.isfinite(said.money) and 0 <= said.money <= MOST and 0 <= said.tokens <= MOST * 1000 else None


__all__ = ["place", "read"]
