"""Which lines of a document are ours: each item carries a comment with its key and a seal, six digits of the hash of its text.

The document is thus its own third side of a three-way merge (what we last wrote, what stands there, what we would write): a text
that does not match its seal was rewritten by hand. No sidecar can be lost, copied to another clone or fall behind the file.
Lines without a mark are somebody else's.
"""

import hashlib
import re
from collections.abc import Iterator

import msgspec

from passdown.formats.base import Item
from passdown.formats.outline import BOUNDARY, FENCE, HEADING, LINE, fences
from passdown.formats.quoting import bare, written
from passdown.model.handed import inert_throughout

MARK = re.compile(r"[ \t]?<!-- pd:([\w.-]+) ([0-9a-f]{6}) -->")
TIGHT = re.compile(r"(?:[-*+][ \t]|\d{1,3}[.)][ \t]|\|)")  # list items and table rows stand without an empty line between them
OPENS = re.compile(rf"{TIGHT.pattern}|#{{1,6}}(?:[ \t\n]|\Z)|```|~~~")  # also where our mark is all that follows
RULE = re.compile(r"-{3,}|\*{3,}|_{3,}")  # a line across: it would be none with a mark behind it
SEPARATOR = re.compile(r"\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+(?:[ \t]*:?-{3,}:?[ \t]*)?$")


class Chunk(msgspec.Struct, frozen=True):
    """A piece of a section: an item, a paragraph, a list entry, a table row, a fenced block, or empty lines. Chunks put together are the section.

    key: of the mark, "" for somebody else's. intact: the text matches its seal.
    """

    text: str
    key: str = ""
    intact: bool = False

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @property
    def tight(self) -> bool:
        return bool(TIGHT.match(self.text))


def seal(text: str) -> str:
    """Six digits that stand for the text without its mark; blanks at line ends and the last line end do not count."""
    lines = [line.rstrip() for line in _cell_closed(text.rstrip()).split("\n")]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:6]


def unmarked(text: str) -> str:
    """The text without marks, and without what makes a quotation of it (`quoting`); a line that held nothing but a mark goes too."""
    first, newline, rest = text.partition("\n")
    return bare(rest if MARK.fullmatch(first.strip()) else MARK.sub("", first) + newline + rest)


def keys(text: str) -> frozenset[str]:
    """The keys of all marks in a text."""
    return frozenset(found[1] for found in MARK.finditer(text))


def rewritten(text: str) -> Iterator[str]:
    """The keys of our items that somebody rewrote."""
    return (c.key for c in chunks(text) if c.key and not c.intact)


def owner(key: str) -> str:
    """What a key is about: `ID` of `ID.why`, which is a piece of a record that is said in several."""
    return key.partition(".")[0]


def chunk(item: Item) -> Chunk:
    """The item with its mark: at the end of its first line, within the last cell of a table row, on a line of its own above a fenced block."""
    text = written(defused(inert_throughout(item.text)))  # whoever reads the document may be an agent
    mark = f"<!-- pd:{item.key} {seal(bare(text))} -->"
    first, newline, rest = text.partition("\n")
    if FENCE.match(first) or RULE.fullmatch(first):
        marked = f"{mark}\n{text}"
    elif first.startswith("|"):
        marked = f"{first.rstrip()[:-1].rstrip()} {mark} |{newline}{rest}"
    else:
        marked = f"{first} {mark}{newline}{rest}"
    return Chunk(marked + "\n", item.key, True)


def defused(text: str) -> str:
    """A text that stays one chunk: what would begin another one is indented, empty lines outside fenced blocks go, marks in it are none."""
    first, *rest = text.replace("<!-- pd:", "<! -- pd:").strip("\n").split("\n")
    opened = FENCE.match(first)
    out, fence, opener = [first.rstrip()], opened[1] if opened else "", first
    for line in rest:
        match = FENCE.match(line)
        if fence:
            out.append(("  " + line if BOUNDARY.match(line) else line).rstrip())
            fence = "" if match and match[1].startswith(fence) and not line.strip().strip(fence[0]) else fence
        elif line.strip():
            out.append(("  " + line if OPENS.match(line) else line).rstrip())
            fence, opener = match[1] if match else "", out[-1]
    indent = opener[: len(opener) - len(opener.lstrip())]  # closed further out, the block would end what holds it
    return "\n".join([*out, indent + fence] if fence else out)


def chunks(body: str) -> list[Chunk]:
    """A section's body cut into chunks."""
    out: list[str] = []
    begun = False
    lines = LINE.findall(body)
    for line, fenced in zip(lines, fences(lines), strict=True):
        if fenced == "in":
            out[-1] += line
        elif not line.strip():
            begun = _blank(out, line)
        elif begun and not _starts(line, out[-1], bool(fenced)):
            out[-1] += line
        else:
            out.append(line)
            begun = True
    return [_read(text) for text in out]


def _blank(out: list[str], line: str) -> bool:
    """Puts empty lines together; what follows them begins a new chunk."""
    if out and not out[-1].strip():
        out[-1] += line
    else:
        out.append(line)
    return False


def _starts(line: str, before: str, fenced: bool) -> bool:
    if HEADING.match(line) or HEADING.match(before.rstrip("\r\n")):
        return True
    if fenced:
        return not (line.startswith((" ", "\t")) or MARK.fullmatch(before.strip()))
    return bool(TIGHT.match(line) or ("<!--" in line and MARK.search(line)))


def _read(text: str) -> Chunk:
    found = MARK.search(text.partition("\n")[0]) if "<!--" in text else None
    if not found:
        return Chunk(text)
    return Chunk(text, found[1], seal(unmarked(text)) == found[2])


def _cell_closed(text: str) -> str:
    """A table row with one blank before its last bar, as it has when its mark is taken out."""
    return re.sub(r"[ \t]*\|$", " |", text) if text.startswith("|") else text


__all__ = ["MARK", "SEPARATOR", "Chunk", "chunk", "chunks", "defused", "keys", "owner", "rewritten", "seal", "unmarked"]
