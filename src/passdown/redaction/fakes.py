"""Fake secrets, made when they are needed: tests, the demonstration and canaries use them, and no literal stands in any file."""

import re
from collections.abc import Callable
from random import Random
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits

from passdown.redaction.rules import Rule

_FIELD = re.compile(r"\{([ahlud])(\d+)\}")
_ALPHABETS = {"a": ascii_letters + digits, "h": digits + "abcdef", "l": ascii_lowercase + digits, "u": ascii_uppercase + "234567", "d": digits}


def fake(rule: Rule, random: Random) -> str:
    """A text of the rule's shape with a secret that nobody issued; `{a20}` in its sample stands for 20 random letters and digits."""
    return _FIELD.sub(_filler(random), rule.sample)


def _filler(random: Random) -> Callable[[re.Match[str]], str]:
    return lambda field: "".join(random.choices(_ALPHABETS[field[1]], k=int(field[2])))


__all__ = ["fake"]
