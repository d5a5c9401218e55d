"""What all documents of sections have in common: places, stamps, line ends."""

import re
from collections.abc import Container, Sequence

import msgspec

from passdown.formats.marked import Chunk
from passdown.formats.outline import Part
from passdown.model.ids import ID

STAMP = re.compile(r"[ \t]*\[UPDATED:[^\]\n]*\]", re.IGNORECASE)
BOM = "\ufeff"


def written_by_hand(present: Sequence[Chunk]) -> bool:
    """Whether somebody wrote this section: it has text, and none of our measured facts."""
    return any(not c.key and not c.blank for c in present) and not any(c.key and not ID.fullmatch(c.key) for c in present)


def stamped(heading: str, today: str) -> str:
    """The heading's line with `[UPDATED: today]` at its end, in place of an older one."""
    line = heading.rstrip("\n")
    return f"{STAMP.sub('', line).rstrip()} [UPDATED: {today}]\n"


def inserted(document: Sequence[Part], new: Part, last: int, inner: Container[int] = ()) -> list[Part]:
    """The parts with a new one before the first known one of a higher number; `last` is the number of the one that ends the document.

    inner: numbers of sections that may stand within others; another one that lies deeper, like a heading of somebody else's,
    would be swallowed by what is put before it.
    """
    at = next((n for n, p in enumerate(document) if p.number > new.number and (p.level <= new.level or p.number in inner)), None)
    if at is None:
        known = [n for n, p in enumerate(document) if p.number]
        at = len(document) if new.number == last or not known else known[-1] + 1
        while at < len(document) and document[at].level > new.level:
            at += 1
    before, after = list(document[:at]), list(document[at:])
    if before:
        before[-1] = msgspec.structs.replace(before[-1], body=_parted(before[-1]))
    body = new.body if not after or new.body.endswith("\n\n") else new.body.rstrip("\n") + "\n\n"
    return [*before, msgspec.structs.replace(new, body=body), *after]


def _parted(part: Part) -> str:
    """The body with an empty line at its end."""
    missing = 2 - (len(part.text) - len(part.text.rstrip("\n")))
    return part.body + "\n" * max(0, missing)


def lines_of(document: Sequence[Part], number: int) -> int:
    """How many lines a section has, heading included, empty lines at its end not."""
    return sum(len(p.text.rstrip().split("\n")) for p in document if p.number == number)


def unified(text: str) -> str:
    """The text without byte order mark, with LF when all its lines end in CRLF."""
    text = text.removeprefix(BOM)
    return text.replace("\r\n", "\n") if _is_crlf(text) else text


def restored(text: str, before: str) -> str:
    """The text with byte order mark and line ends as they were `before`, and one line end behind the last line unless there were more."""
    if not before.endswith("\n\n"):
        text = text.rstrip("\n") + "\n"
    mark, plain = (BOM, before.removeprefix(BOM)) if before.startswith(BOM) else ("", before)
    return mark + (text.replace("\n", "\r\n") if _is_crlf(plain) else text)


def _is_crlf(text: str) -> bool:
    return 0 < text.count("\r\n") == text.count("\n")


__all__ = ["inserted", "lines_of", "restored", "stamped", "unified", "written_by_hand"]
