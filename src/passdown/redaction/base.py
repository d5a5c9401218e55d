r"""What a rule is made of: the value, and the pieces that patterns of several families share.

Patterns keep to what RE2 and `re` read alike, on bytes (UTF-8): no look-around, no back-reference, `\b` and `\w` are ASCII.
The one group of each is what gets replaced. None may match across a NUL, so that texts can be joined by it and searched
at once. Lower bounds are kept below the documented lengths, so that a secret that was cut off is found as well.
"""

from collections.abc import Callable
from typing import NamedTuple

from passdown.redaction.checks import Check, varied

EDGE = r"(?:\b|\\[nrtbf]|\\u[0-9a-fA-F]{4}|%[0-9A-Fa-f]{2}|\x1b\[[0-9;]*m)"  # a beginning, also after an escape of JSON, URLs and terminals
QUOTE = r"""(?:\\*["'`]|&quot;|&#3[49];|%22|\\u0022)"""
BARE = r"""[^\s"'`\\,;<>\x00]{7,}[^\s"'`\\,;<>\x00.)\]}:]"""  # a value without quotes does not end in punctuation
IS = r"[ \t]*(?:: ?(?:str|string) ?=|:=|=>|[=:]|%3[AaDd]|\\u003[ad])[ \t]*"
TYPED = r"""[^\s"'`\\,;<>|&(){}\x00]{3,}[^\s"'`\\,;<>|&(){}\x00.\]:]"""  # a value on a command line
ARGUMENTS = r"""(?:[^\n\x00|;&`\\]|\\\n)*?"""  # those of one command
UUID = "[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}"
A_UUID = "{h8}-{h4}-{h4}-{h4}-{h12}"  # in samples

Naming = Callable[[str, str], str]


class Rule(NamedTuple):
    """code: stable, part of the marker. sample: `fakes.fake`'s template. check: what the pattern cannot say.

    gate: stands in every text in which `pattern` matches; for a pattern whose beginning every text holds. "": the pattern itself.
    edge: it begins where a word does. naming: gives the code of a pattern that stands for many, from lead and value.
    """

    code: str
    pattern: str
    sample: str
    check: Check = varied
    gate: str = ""
    edge: bool = False
    naming: Naming | None = None


class Format(NamedTuple):
    """One kind of secret with a template of it; `passdown scan` and the tests count these."""

    code: str
    sample: str


def token(code: str, form: str, sample: str, check: Check = varied, gate: str = "") -> Rule:
    """A secret that is known by its own form, wherever a word begins."""
    return Rule(code, f"({form})" if not gate else rf"{EDGE}({form})", sample, check, gate, edge=not gate)


__all__ = ["ARGUMENTS", "A_UUID", "BARE", "EDGE", "IS", "QUOTE", "TYPED", "UUID", "Format", "Naming", "Rule", "token"]
