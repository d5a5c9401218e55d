"""One section of a document brought up to date: what is not ours stays byte for byte, what is ours follows the material.

Of an item that carries our mark, told by its key:
- the same text is wanted: its bytes stay; another text, and nobody touched it: replaced in place; rewritten by hand: stays, and is told;
- wanted no more: a record or a rewritten line becomes obsolete (for the archive), a measured fact just goes;
- wanted and not there: put behind the one before it.
"""

from collections.abc import Mapping, Sequence

import msgspec

from passdown.formats.base import Item
from passdown.formats.marked import SEPARATOR, Chunk, chunk, chunks, unmarked
from passdown.model.ids import ID

GAP = Chunk("\n")


class Merged(msgspec.Struct, frozen=True):
    """obsolete: what the archive gets, in order. edited: keys of items that were rewritten by hand and stay."""

    body: str
    changed: bool
    obsolete: tuple[Chunk, ...] = ()
    edited: tuple[str, ...] = ()


def merged(body: str, items: Sequence[Item], alive: frozenset[str], head: str = "", *, archive: bool = True) -> Merged:
    """The section with these items. alive: keys that are said elsewhere in the document or were left out for want of room: not obsolete.

    head: a table's first two lines, needed above its first row unless the section has such a table already.
    archive: the document has one; without it, what somebody rewrote stays where it is.
    """
    present = chunks(body)
    wanted = {i.key: chunk(i) for i in items}
    present = [wanted[c.key] if c.key in wanted and _says(c, wanted[c.key]) else c for c in present]
    edited = tuple(c.key for c in _firsts(present).values() if c.key in wanted and not c.intact)
    kept, obsolete = _sorted_out(present, wanted, alive, archive=archive)
    ours = [c.key for c in present if c.key in wanted]
    kept = _updated(kept, wanted, [i.key for i in items] if len(ours) == len({*ours}) else ours)
    text = _joined(_added(kept, wanted, [i.key for i in items], head))
    return Merged(text, text != body, obsolete, edited)


def _joined(placed: Sequence[Chunk]) -> str:
    """One behind the other; the document's last line may have had no end, and may have changed places."""
    return "".join(c.text if c is placed[-1] or c.text.endswith("\n") else c.text + "\n" for c in placed)


def _says(one: Chunk, wanted: Chunk) -> bool:
    """Whether somebody rewrote an item into the very words that it should have now: then it is ours again."""
    return not one.intact and unmarked(one.text).rstrip() == unmarked(wanted.text).rstrip()


def _firsts(present: Sequence[Chunk]) -> dict[str, Chunk]:
    """Of each key the first chunk: a copied line is somebody else's."""
    found: dict[str, Chunk] = {}
    for one in present:
        if one.key:
            found.setdefault(one.key, one)
    return found


def _sorted_out(present: Sequence[Chunk], wanted: Mapping[str, Chunk], alive: frozenset[str], *, archive: bool) -> tuple[list[Chunk], tuple[Chunk, ...]]:
    """What stays, with copied marks taken for somebody else's, and what is obsolete."""
    kept: list[Chunk] = []
    obsolete: list[Chunk] = []
    seen: set[str] = set()
    for one in present:
        if not one.key or one.key in wanted:
            kept.append(Chunk(one.text) if one.key in seen else one)
            seen.add(one.key) if one.key else None
        elif not (archive or one.intact):
            kept.append(Chunk(one.text))
        else:
            if not one.intact or (one.key not in alive and ID.fullmatch(one.key)):
                obsolete.append(one)
            kept = without_last_gap(kept)
    return _tidied(kept), tuple(obsolete)


def without_last_gap(kept: list[Chunk]) -> list[Chunk]:
    """Where an item goes, the empty lines above it go with it, unless the section begins with them."""
    return kept[:-1] if len(kept) > 1 and kept[-1].blank else kept


def _tidied(kept: list[Chunk]) -> list[Chunk]:
    """Chunks that removal brought together get an empty line between them where they need one."""
    out: list[Chunk] = []
    for one in kept:
        if out and one.blank and out[-1].blank:
            continue
        if out and not one.blank and not out[-1].blank and not (one.tight and out[-1].tight) and (one.key or out[-1].key):
            out.append(GAP)
        out.append(one)
    return out


def _updated(kept: list[Chunk], wanted: Mapping[str, Chunk], order: Sequence[str]) -> list[Chunk]:
    """Our items in the wanted order over the places that they have, each with the text that counts.

    order: as they stand, where one stands there twice: put elsewhere, it would be the copy of the other.
    """
    slots = [n for n, one in enumerate(kept) if one.key]
    have = {kept[n].key: kept[n] for n in slots}
    if len({kept[n].tight for n in slots}) == 1:
        placed = [have[key] for key in dict.fromkeys(order) if key in have]
    else:
        placed = [kept[n] for n in slots]  # paragraphs and list items do not change places
    for n, one in zip(slots, placed, strict=True):
        kept[n] = one if one.text == wanted[one.key].text or not one.intact else wanted[one.key]
    return kept


def _added(kept: list[Chunk], wanted: Mapping[str, Chunk], order: Sequence[str], head: str) -> list[Chunk]:
    """The missing items, each behind the one before it in the wanted order."""
    at = _first_place(kept)
    if head and any(wanted[key].text.startswith("|") for key in order):
        kept, at = _with_head(kept, head, at)
    for key in order:
        found = next((n for n, one in enumerate(kept) if one.key == key), None)
        if found is None:
            kept, at = _put(kept, at, wanted[key])
        else:
            at = found + 1
    return kept


def _first_place(kept: Sequence[Chunk]) -> int:
    """Before our first item; else behind everything that is not an empty line."""
    ours = next((n for n, one in enumerate(kept) if one.key), None)
    if ours is not None:
        return ours
    said = [n for n, one in enumerate(kept) if not one.blank]
    return said[-1] + 1 if said else len(kept)


def _with_head(kept: list[Chunk], head: str, at: int) -> tuple[list[Chunk], int]:
    """Below the head of the table of this shape, which is put in when there is none."""
    bars = head.split("\n", 1)[0].count("|")
    for n, one in enumerate(kept):
        if SEPARATOR.match(one.text.strip()) and one.text.count("|") == bars:
            return kept, n + 1
    for line in head.split("\n"):
        kept, at = _put(kept, at, Chunk(line + "\n"))
    return kept, at


def _put(kept: list[Chunk], at: int, new: Chunk) -> tuple[list[Chunk], int]:
    """Chunks with `new` at a place, apart from its neighbours where it has to be, and the place behind it."""
    before, after = kept[:at], kept[at:]
    if before and not before[-1].text.endswith("\n"):
        before[-1] = msgspec.structs.replace(before[-1], text=before[-1].text + "\n")
    if not before or not (before[-1].blank or (before[-1].tight and new.tight)):
        before.append(GAP)
    if not after or not (after[0].blank or (after[0].tight and new.tight)):
        after.insert(0, GAP)
    return [*before, new, *after], len(before) + 1


__all__ = ["Merged", "merged", "without_last_gap"]
