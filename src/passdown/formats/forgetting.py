"""A document without a record that is forgotten: its items, and what facts, headings and conditions took over from its words."""

import re

from passdown.formats.base import Item
from passdown.formats.marked import Chunk, chunk, chunks, unmarked
from passdown.formats.outline import HEADING
from passdown.formats.parts.conditions import terms
from passdown.formats.parts.wording import line
from passdown.model.ids import ID
from passdown.model.record import Record

GONE = "(forgotten)"
LEAST, CLIP = 8, 60  # characters of a title by which it is known elsewhere, and how many of a long one
_ALTERNATIVES = re.compile(r"(task=\"|<triggers>)([^\"<\n]*)")


def without(text: str, record: Record) -> str:
    """The document without the record.

    Facts that quoted it go whole: the next update measures them again. Headings lose its words; all other lines of somebody else stay.
    """
    return "".join(_left(one, record) for one in chunks(text))


def _left(one: Chunk, record: Record) -> str:
    words = line(record.title, CLIP).rstrip("…")
    quoted = len(words) >= LEAST and words in one.text
    if one.key == record.id or one.key.startswith(f"{record.id}."):
        return ""
    if not one.key and quoted and HEADING.match(one.text.rstrip("\r\n")):
        return re.sub(rf"{re.escape(words)}[^\n]*", GONE, one.text)
    if not one.key or ID.fullmatch(one.key):
        return one.text
    if quoted:
        return ""
    return _narrowed(one, frozenset(terms(record))) if _ALTERNATIVES.search(one.text) else one.text


def _narrowed(one: Chunk, gone: frozenset[str]) -> str:
    """Conditions and triggers without the words by which the record was asked for, sealed anew unless somebody rewrote them."""
    text = _ALTERNATIVES.sub(lambda m: m[1] + "|".join(word for word in m[2].split("|") if word not in gone), unmarked(one.text))
    return chunk(Item(one.key, text.rstrip("\n"))).text if one.intact else one.text


__all__ = ["GONE", "without"]
