"""Text that may leave the process: its type, and what of it a terminal or an eye would take for something else than words.

`RedactedText` is made by `redaction.scan` alone (a test walks the source and fails on any other call); every writer and
every printer takes nothing else, so the type checker finds a forgotten scan. It costs nothing at run time.
"""

import re
from typing import NewType

RedactedText = NewType("RedactedText", str)

# Expressions are text until one is needed: `re` keeps what it has compiled.
_STRING = r"[^\x00-\x08\x0a-\x1f\x7f-\x9f]{0,4096}(?:\x07|\x1b\\|\x9c)"  # what ends nowhere takes nothing with it
_SEQUENCE = (  # ECMA-48: control sequences, then strings (OSC, DCS, SOS, PM, APC), then what is escaped; each also by its single C1 character
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]", rf"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f]){_STRING}", r"\x1b[ -/]*[0-Z\\^-~]")
_A_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f]"
CONTROL = "|".join((*_SEQUENCE, _A_CONTROL))
# Nothing is seen of them, or they turn the direction of what follows: format characters, fillers, separators of lines and of what belongs together, tags.
_HIDDEN = ("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
           "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff")
# Where they belong: a joiner behind a letter of scripts that join, or a sign; one variation selector behind a sign or a digit of a key.
_MEANT = (
    r"(?<=[\u0600-\u109f\u1780-\u17b3\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
    r"|(?<=[#*0-9©®\u200d\u203c-\u3299\U0001f000-\U0001faff])[\ufe0e\ufe0f]")
A_HIDDEN = f"[{_HIDDEN}]"
HIDDEN = f"({_MEANT})|{A_HIDDEN}(?:(?!{_MEANT}){A_HIDDEN})*"
MARKED = "‹U+"
MARK = r"‹U\+[0-9A-F]{4,6}(?: and \d+ more)?›"


def printable(text: str) -> str:
    """`text` without sequences for a terminal and controls but tab and line end; what is invisible or turns directions is marked: `‹U+202E›`.

    A run of them is one mark (`‹U+E0049 and 41 more›`). Printed twice it is the same.
    """
    if text.isascii() and text.isprintable():
        return text
    if re.search(_A_CONTROL, text):
        text = re.sub(CONTROL, "", text)
    return text if text.isascii() or not re.search(A_HIDDEN, text) else re.sub(HIDDEN, _marked, text)


def escaped(document: str) -> str:
    """A JSON document with the same values, in which no such character stands as it is."""
    if document.isascii() and not re.search(_A_CONTROL, document):
        return document
    visible = re.sub(_A_CONTROL, lambda found: _escape(found[0]), document)
    return re.sub(HIDDEN, lambda found: found[1] or _escape(found[0]), visible)


def _escape(characters: str) -> str:
    units = characters.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at:at + 2].hex()}" for at in range(0, len(units), 2))


def _marked(found: re.Match[str]) -> str:
    if found[1]:
        return found[1]
    more = f" and {len(found[0]) - 1} more" if len(found[0]) > 1 else ""
    return f"‹U+{ord(found[0][0]):04X}{more}›"


__all__ = ["A_HIDDEN", "CONTROL", "HIDDEN", "MARK", "MARKED", "RedactedText", "escaped", "printable"]
