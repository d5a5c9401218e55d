"""What a handed-on document must not hold besides secrets: personal data, and whole files.

E-mail addresses and telephone numbers in international form are masked; other personal data (names, addresses) no rule can tell.
"""

import re

EMAIL = re.compile(r"(?<![\w.+/:@-])[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}\b(?!:)")  # not `git@host:path`
PHONE = re.compile(r"(?<![\w+])\+\d{1,3}[ .()/-]{0,2}\d(?:[ .()/-]{0,2}\d){6,12}(?![\w.])")
NOBODY = re.compile(
    r"(?i)@(?:[\w-]+\.)*(?:example\.(?:com|org|net)|[\w-]+\.(?:test|example|invalid|local)|localhost|users\.noreply\.github\.com)$|^(?:no-?reply|git)@")
CODE_LINES = 12  # of a fenced block; a longer one is a file, and a file is read where it lies
SHOWN_LINES = 4
_FENCED = re.compile(r"^([ \t]*)(```+|~~~+)([^\n]*)\n(.*?)^[ \t]*\2[ \t]*$", re.MULTILINE | re.DOTALL)


def personal(text: str) -> list[str]:
    """The personal data in a text, in order."""
    return [m[0] for m in EMAIL.finditer(text) if not NOBODY.search(m[0])] + [m[0] for m in PHONE.finditer(text)]


def masked(text: str) -> str:
    """The text with `[e-mail]` and `[phone]` in place of them. Addresses of nobody (example.com, no-reply) stay."""
    if "@" in text:
        text = EMAIL.sub(lambda m: m[0] if NOBODY.search(m[0]) else "[e-mail]", text)
    return PHONE.sub("[phone]", text) if "+" in text else text


def without_files(text: str) -> str:
    """The text with long fenced blocks cut to their first lines."""
    return _FENCED.sub(_cut, text) if "```" in text or "~~~" in text else text


def _cut(block: re.Match[str]) -> str:
    lines = block[4].split("\n")[:-1]
    if len(lines) <= CODE_LINES:
        return block[0]
    shown = "\n".join([*lines[:SHOWN_LINES], f"{block[1]}… {len(lines) - SHOWN_LINES} more lines: read the file"])
    return f"{block[1]}{block[2]}{block[3]}\n{shown}\n{block[1]}{block[2]}"


__all__ = ["masked", "personal", "without_files"]
