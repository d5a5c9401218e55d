"""`passdown pause`: a file in the private store, while it is there hooks neither capture nor say anything."""

import os

from passdown.hooks.moment import iso
from passdown.hooks.place import line

NAME = os.path.join("hooks", "paused")  # seconds since 1970 until which it holds; 0 for as long as it is there
MAX_DIGITS = 12  # of a time: what else stands there, holds


def paused(private: str, now: float) -> bool:
    until = line(os.path.join(private, NAME))
    return bool(until) and (not until.isdecimal() or len(until) > MAX_DIGITS or int(until) == 0 or now < int(until))


__all__ = ["NAME", "iso", "paused"]
