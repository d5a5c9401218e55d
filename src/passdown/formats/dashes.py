"""`title - path:12 - why`: what stands behind a title, with dashes between, as templates of handoffs have it. A title that has such a dash itself is bold.

Law: `apart(joined(title, pieces), len(pieces)) == (title, pieces)`, or `joined` gives "".
"""

import re
from collections.abc import Sequence

from passdown.formats.places import PLACE, is_place
from passdown.model.record import KINDS

BOLD = re.compile(r"^\*\*(?P<title>(?:(?!\*\*).)+?):?\*\*(?:(?:\s+[-–—]|:)\s+(?P<rest>\S.*))?$")
DASH = re.compile(r"`[^`]*`|(?P<dash>\s-\s+(?=\S))")  # a dash in a code span is none


def apart(words: str, most: int) -> tuple[str, list[str]]:
    """The title, and at most so many pieces behind it."""
    bold = BOLD.match(words)
    if bold:
        return bold["title"], split(bold["rest"], most - 1) if bold["rest"] else []
    title, *pieces = split(words, most)
    return title, pieces


def split(words: str, most: int) -> list[str]:
    """The words cut at the first few dashes."""
    out: list[str] = []
    start = 0
    for found in DASH.finditer(words):
        if found["dash"] and len(out) < most and found.start() > start:
            out.append(words[start: found.start()])
            start = found.end()
    return [*out, words[start:]]


def joined(title: str, pieces: Sequence[str], most: int) -> str:
    """The title with the pieces behind it, plain or bold, so that `apart` gives them back; "" when neither does."""
    behind = "".join(f" - {piece}" for piece in pieces)
    return next((line for line in (f"{title}{behind}", f"**{title}**{behind}") if apart(line, most) == (title, list(pieces))), "")


def assigned(pieces: Sequence[str], names: Sequence[str]) -> list[str]:
    """Which detail each piece behind a title is: the next one that it can be, `text` for what can be none."""
    out: list[str] = []
    for piece in pieces:
        strange = [part for part in re.split(r"[;,]\s*", piece) if not is_place(part)]
        fits = [n for n in names if (n != "file" or not strange) and (n != "link" or "/" in piece or PLACE.fullmatch(piece))]
        out.append(fits[0] if fits else "text")
        names = names[names.index(fits[0]) + 1:] if fits else []
    return out


def dashed_names(kind: str, dashed: Sequence[str]) -> list[str]:
    """Which of the details may stand behind the title of a record of this kind."""
    return [n for n in dashed if n in ("file", "text") or any(f.name == n for f in KINDS[kind].fields)]


__all__ = ["apart", "assigned", "dashed_names", "joined", "split"]
