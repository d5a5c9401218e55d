"""Leaving out the middle of a long text, before it is scanned for secrets: nobody knows half a secret, nor one without the words before it."""

import re
from itertools import chain

LEFT_OUT = "\n[… {} characters left out …]\n"
EDGE_CHARS = 300  # how far the first half is cut back to the end of a line or a word
NEAR_CHARS = 60  # on either side of a cut in a long line: in them stand the words that make a secret of what is beside them
SPACE = re.compile(r"\s")
STRUCTURE = re.compile(r'["\]}],|,["\[{]|[^\x00-\x7f]')  # where a line has no white space: between the members of JSON, and beside letters that no token has
ANNOUNCES = re.compile(
    r"pass|pwd|\bpw\b|secret|token|key|auth|cred|bearer|basic|cookie|sess|sid\b|user|\blog|sign|identified|machine|curl|http|echo|\||jenkins|seal|enable"
    r"|community|psk|mnemonic|seed|phrase|://|\s-[a-z]|aws|splunk|genie|ngrok|sql|ldap|[\"'][dk][\"']|[\w.]:[^\s/]*@|\b\d+:", re.IGNORECASE)


def clip(text: str, limit: int) -> str:
    """`text`, or its first and last half of `limit` characters around a line that says how much was left out.

    What is left ends and begins with a whole line, or, where lines are long, with a word that no secret was announced before. A half that is one long word
    is left out whole.
    """
    if len(text) <= limit:
        return text
    head, tail = text[: _first(text, limit // 2)], text[_last(text, len(text) - limit // 2):]
    return head + LEFT_OUT.format(len(text) - len(head) - len(tail)) + tail


def _first(text: str, most: int) -> int:
    """The end of a line or a word, at most `most`."""
    near = max(0, most - EDGE_CHARS)
    if (at := text.rfind("\n", near, most)) >= 0:
        return at
    borders = [*STRUCTURE.finditer(text, 0, most), *SPACE.finditer(text, near, most)]
    return next((border.start() for border in reversed(borders) if _quiet(text, border.start(), border.start())), 0)


def _last(text: str, least: int) -> int:
    """The end of a line or a word, at least `least`."""
    if (at := text.find("\n", least, (least + len(text)) // 2)) >= 0:
        return at
    borders = chain(SPACE.finditer(text, least), STRUCTURE.finditer(text, least))
    return next((border.start() for border in borders if _quiet(text, border.start(), border.start() + NEAR_CHARS)), len(text))


def _quiet(text: str, at: int, end: int) -> bool:
    """Whether nothing near a place, up to `end`, announces a secret."""
    return not ANNOUNCES.search(text, max(0, at - NEAR_CHARS), end)


__all__ = ["clip"]
