"""An item that speaks to whoever reads the document, told as a quotation: flagged, its words in code spans, a line for each line of it.

A quotation is how an item is written, as its mark is: whoever reads a document reads it without (`marked.unmarked`), and the seal is that of the bare words.
So laws, merge and edits know nothing of it, and a document from before is told in quotations with its next update.
"""

import re

from passdown.formats.outline import FENCE
from passdown.model.handed import FLAG
from passdown.model.suspect import suspect

WARNING = FLAG.split()[0]  # before each further line, so that none begins with words of others
MARK = r"[ \t]?<!-- pd:[\w.-]+ [0-9a-f]{6} -->"
BREAK = "<br>"  # an empty line within an item
_LEAD = r"(?P<lead>[ \t]*(?:(?:[-*+]|\d{1,4}[.)])[ \t]+(?:\[[ xX~-]\][ \t]+)?)?)"
_BARE = re.compile(rf"{_LEAD}(?P<words>.*)", re.DOTALL)
_INDENTED = re.compile(r"(?P<lead>[ \t]*)(?P<words>.*)", re.DOTALL)
_SPAN = rf"(?P<ticks>`+) (?P<words>.*) (?P=ticks)(?P<mark>(?:{MARK})?)[ \t\r]*"
_FIRST = re.compile(rf"{_LEAD}{re.escape(FLAG)}{_SPAN}")
_FURTHER = re.compile(rf"(?P<lead>[ \t]*){WARNING} {_SPAN}")
_CELL = re.compile(rf"(?P<lead>[ \t]*)(?:{re.escape(FLAG)})?{_SPAN}")
_FENCED = re.compile(r"[ \t]*(?:`{3,}|~{3,})")
_BLOCK = re.compile(rf"(?P<fence>{_FENCED.pattern})text {re.escape(FLAG)}(?P<info>.*)")
_BAR = re.compile(r"(?<!\\)\|")
_RUN = re.compile(r"`+")


def written(text: str) -> str:
    """The item as it stands in a document: as it is, or quoted; also where it looks as if it were quoted already, so that reading gives it back."""
    return quoted(text) if suspect(text) or bare(text) != text else text


def quoted(text: str) -> str:
    """The item's words in code spans behind the flag; of a table row each cell, of a fenced block the flag alone, behind its fence."""
    first, *rest = text.split("\n")
    if FENCE.match(first) and (fence := _FENCED.match(first)):
        return "\n".join([f"{fence[0]}text {FLAG}{first[fence.end():]}", *rest])
    if first.startswith("|"):
        cells = _BAR.split(first.strip().removeprefix("|").removesuffix("|"))
        said = [spanned(one.strip()) if re.search(r"\w", one) else one.strip() for one in cells]
        return "\n".join([f"| {FLAG}{' | '.join(said)} |", *map(_further, rest)])
    found = _BARE.fullmatch(first)
    lead, words = (found["lead"], found["words"]) if found else ("", first)
    return "\n".join([f"{lead}{FLAG}{spanned(words)}", *map(_further, rest)])


def spanned(words: str) -> str:
    """A code span that nothing in it ends."""
    ticks = "`" * (1 + max(map(len, _RUN.findall(words)), default=0))
    return f"{ticks} {words} {ticks}"


def _further(line: str) -> str:
    """A further line; an empty one, of a fenced block that is none in a quotation, has words too, or the item would end there."""
    found = _INDENTED.fullmatch(line)
    return f"{found['lead']}{WARNING} {spanned(found['words'])}" if found and found["words"] != BREAK else line


def bare(text: str) -> str:
    """The words of an item without flag and spans, its mark where it was; any other text as it is."""
    if FLAG not in text:
        return text
    first, newline, rest = text.partition("\n")
    if re.fullmatch(MARK, first) and newline:  # above a fenced block
        return f"{first}\n{bare(rest)}"
    if block := _BLOCK.fullmatch(first):
        return block["fence"] + block["info"] + newline + rest
    if first.startswith(f"| {FLAG}"):
        cells = _BAR.split(first.rstrip().removeprefix("|").removesuffix("|"))
        first = "|" + "|".join(f" {_unspanned(_CELL, one.strip())} " for one in cells) + "|"
    elif _FIRST.fullmatch(first):
        first = _unspanned(_FIRST, first)
    else:
        return text
    return first + newline + "\n".join(_unspanned(_FURTHER, line) for line in rest.split("\n"))


def _unspanned(pattern: re.Pattern[str], line: str) -> str:
    found = pattern.fullmatch(line)
    return found["lead"] + found["words"] + found["mark"] if found else line


__all__ = ["WARNING", "bare", "quoted", "spanned", "written"]
