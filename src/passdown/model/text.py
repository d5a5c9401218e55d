"""The type of text that may leave the process.

`RedactedText` is made by `redaction.scan` alone (a test walks the source and fails on any other call); every writer and
every printer takes nothing else, so the type checker finds a forgotten scan. It costs nothing at run time.
"""

import re
from typing import NewType

RedactedText = NewType("RedactedText", str)

UNPRINTED = re.compile(  # sequences for a terminal, controls but for tab and line end, marks that turn the direction of what follows
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])?|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """`text` without what a terminal, a program's arguments or a reader's eye would take for something else than words."""
    return UNPRINTED.sub("", text) if UNPRINTED.search(text) else text


__all__ = ["RedactedText", "printable"]
