"""The type of text that may leave the process.

`RedactedText` is made by `redaction.scan` alone (a test walks the source and fails on any other call); every writer and
every printer takes nothing else, so the type checker finds a forgotten scan. It costs nothing at run time.
"""

from typing import NewType

RedactedText = NewType("RedactedText", str)

__all__ = ["RedactedText"]
