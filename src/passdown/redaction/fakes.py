"""Fake secrets, made when they are needed: tests, the demonstration and canaries use them, and no literal stands in any file."""

import re
from collections.abc import Callable, Mapping
from random import Random
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits

from passdown.redaction.base import Format, Rule
from passdown.redaction.checksums import base58_text, bech32_text, crc_of_body, stellar_text

_FIELD = re.compile(r"\{([a-zA-Z]+)(\d*)\}")
_ALPHABETS = {
    "a": ascii_letters + digits, "h": digits + "abcdef", "x": digits + "ABCDEF", "l": ascii_lowercase + digits, "u": ascii_uppercase + "234567",
    "U": ascii_uppercase + digits, "d": digits, "c": ascii_letters, "w": ascii_letters + digits + "_-", "b": ascii_letters + digits + "+/",
}
_WORDS = ("acid", "bridge", "canyon", "dolphin", "ember", "fabric", "garlic", "harbor", "island", "jungle", "kernel", "ladder", "magnet", "nephew", "orbit")


def fake(rule: Rule | Format, random: Random) -> str:
    """A text of the rule's shape with a secret that nobody issued; `{a20}` in its sample stands for 20 random letters and digits."""
    return with_secret(rule, random)[0]


def with_secret(rule: Rule | Format, random: Random) -> tuple[str, str]:
    """`fake`, and the longest of its invented parts: what may not be left."""
    fillings: list[str] = []

    def filled(field: re.Match[str]) -> str:
        fillings.append(_filling(field[1], int(field[2] or 0), random))
        return fillings[-1]

    text = _FIELD.sub(filled, rule.sample)
    return text, max(fillings, key=len)


def _filling(kind: str, count: int, random: Random) -> str:
    """Characters of the kind's alphabet, first and last a letter or digit; words; or a key with its checksum."""
    if kind == "p":
        return " ".join(random.choices(_WORDS, k=count))
    if kind in _MADE:
        return _MADE[kind](random)
    alphabet = _ALPHABETS[kind]
    plain = [c for c in alphabet if c.isalnum()]
    return "".join(random.choice(plain if at in (0, count - 1) else alphabet) for at in range(count))


_MADE: Mapping[str, Callable[[Random], str]] = {
    "wif": lambda random: base58_text(b"\x80" + random.randbytes(32) + b"\x01"),
    "xprv": lambda random: base58_text(bytes.fromhex("0488ade4") + bytes(9) + random.randbytes(32) + b"\0" + random.randbytes(32)),
    "nsec": lambda random: bech32_text("nsec", "".join(random.choices("qpzry9x8gf2tvdw0s3jn54khce6mua7l", k=52))),
    "stellar": lambda random: stellar_text(random.randbytes(32)),
    "crc": lambda random: (body := _filling("a", 30, random)) + crc_of_body(body),
}

__all__ = ["fake", "with_secret"]
