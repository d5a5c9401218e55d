"""`passdown pause`: a file in the private store, while it is there hooks neither capture nor say anything."""

import os

from passdown.hooks.moment import iso
from passdown.hooks.place import line
from passdown.model.count import count

NAME = os.path.join("hooks", "paused")  # seconds since 1970 until which it holds; 0 for as long as it is there


def paused(private: str, now: float) -> bool:
    """Words that are no time hold as long as they stand there."""
    until = line(os.path.join(private, NAME))
    return bool(until) and (not (end := count(until)) or now < end)


__all__ = ["NAME", "iso", "paused"]
