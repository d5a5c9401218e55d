"""Reading what a quality gate printed."""

import math
import re

import msgspec

from passdown.errors import BadGate
from passdown.model.json_values import BROKEN_JSON

NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.]*\w)")
MOST = 10.0


class Score(msgspec.Struct, frozen=True):
    """value: 0 to 10. said: what the gate printed, which is the feedback for the next attempt."""

    value: float
    said: str = ""


def read(text: str) -> Score:
    """The score in JSON `{"score": …}`, the whole text or its last line, or else the last number. Raises `BadGate` when there is none.

    `0.85` is a part of one, as is everything up to 1 that is written with a point; `8.5` and `1` are of ten.
    """
    written = _in_json(text)
    if written is None:
        numbers = NUMBER.findall(text)
        written = numbers[-1] if numbers else None
    if written is None:
        raise BadGate(problem="it gave no score: a number, or JSON like {{\"score\": 8.5}}".replace("{{", "{").replace("}}", "}"))
    value = float(written)
    scaled = value * MOST if "." in written and value <= 1 else value
    if not math.isfinite(scaled) or not 0 <= scaled <= MOST:
        raise BadGate(problem=f"its score {written} is not between 0 and 10")
    return Score(scaled, text)


def _in_json(text: str) -> str | None:
    """The score as it is written in JSON; None when the text is none, or has none. Raises `BadGate` for one that is no number."""
    for candidate in (text, text.strip().rpartition("\n")[2]):
        try:
            value = msgspec.json.decode(candidate)
        except BROKEN_JSON:
            continue
        if isinstance(value, dict) and "score" in value:
            if isinstance(value["score"], bool) or not isinstance(value["score"], int | float):
                raise BadGate(problem="its score is no number")
            return repr(value["score"])
    return None


def least(minimum: float) -> float:
    """A gate's minimum on the scale of 0 to 10; up to 1 it is a part of one."""
    return minimum * MOST if 0 < minimum <= 1 else minimum


__all__ = ["Score", "least", "read"]
