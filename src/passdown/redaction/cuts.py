"""A beginning or an end of a text that is too long to keep: cut behind redaction, because no scanner knows half a secret.

Only what lies near the cut is scanned with it, so that a text of any length costs no more than what is kept of it.
"""

from passdown.model.text import RedactedText
from passdown.redaction.scan import redact

MARGIN = 16_384  # characters beyond the cut that are scanned with the rest: no secret is longer


def head(text: str, count: int) -> RedactedText:
    """The first `count` characters of the redacted text."""
    return RedactedText(redact(text[: count + MARGIN])[:count])


def tail(text: str, count: int) -> RedactedText:
    """The last `count` characters of the redacted text."""
    safe = redact(text[-(count + MARGIN):])
    return RedactedText(safe[max(0, len(safe) - count):])


__all__ = ["MARGIN", "head", "tail"]
