"""Edits that flow back: what somebody rewrote in an item of ours becomes part of its record, by three sides.

The sides are what was last rendered, what stands in the document, and the record. Where only the document changed, the record takes over exactly the parts that
differ, so that what a style does not say of a record stays. Where both changed, neither is touched.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

import msgspec
from msgspec.structs import replace

from passdown.formats.base import Found, Layout, Material
from passdown.formats.document import unified
from passdown.formats.grammar import BULLET, CHECKED
from passdown.formats.marked import MARK, TIGHT, Chunk, chunks, seal, unmarked
from passdown.formats.outline import LINE, fences
from passdown.formats.sectioned import ARCHIVE, parse, update
from passdown.formats.vocabulary import FILES, LABELS, LEADS
from passdown.model.anchor import Anchor
from passdown.model.record import KINDS, Detail, Record

WHOLE = 1_000_000  # lines: no record is left out for want of room
_STANDING = re.compile(r"[✔~✗][^;\n|]*")  # how a place stands: measured, nobody's words
_KEY = re.compile(r"\bpd:([\w.-]+)")
_TITLE_QUOTES = "“”"
_KNOWN = frozenset(word for name in (*LEADS, *LABELS, *FILES) for word in name.split()) | {"x", "for", "user"}  # what an update writes, or not, by itself


class Taken(msgspec.Struct, frozen=True):
    """A record as it is with the edit. changed: names of the parts that the edit changes, () when the record says all of it already.

    whole: the record has every word that was added, so that the item may be written anew.
    """

    record: Record
    changed: tuple[str, ...] = ()
    whole: bool = False


class Clash(msgspec.Struct, frozen=True):
    """An edit that is not taken over. said: what the document says. why: for people. taken: the record with the edit, None when that cannot be."""

    record: Record
    said: Record
    why: str
    taken: Record | None = None


def edits(layout: Layout, text: str, material: Material, known: Mapping[str, Record], unchanged: Container[str] = ()) -> Iterator[Taken | Clash]:
    """What became of each of our items that was rewritten by hand, in the document's order.

    known: records of any status by id; edits of others are passed over. unchanged: ids of records that are as they were when the document was last written,
    where that is known; else the seal tells: it is that of the record as it would be rendered now.
    """
    edited = {f.record.id: f.record for f in reversed(parse(layout, text)) if f.edited and f.section != ARCHIVE and f.record.id in known}
    if not edited:
        return
    now = update(layout, "", material, WHOLE).text
    rendered = {f.record.id: f.record for f in parse(layout, now)}
    was, would_be = seals(text), seals(now)
    here, there = _ours(unified(text)), _ours(now)
    for id_, said in reversed(edited.items()):
        record, mine = known[id_], rendered.get(id_)
        if mine is None:
            if record.status != "active":
                yield Clash(record, said, f"the record is {record.status}")
            continue
        added = _words(here.get(id_)) - _words(there.get(id_)) - _KNOWN
        boxes = _box(there.get(id_)), _box(here.get(id_))
        yield _judged(record, mine, said, added, boxes, alone=id_ in unchanged or was.get(id_) == would_be.get(id_))


def _judged(record: Record, mine: Record, said: Record, added: frozenset[str], boxes: tuple[str, str], *, alone: bool) -> Taken | Clash:
    """added: words that stand in the document and were not rendered. boxes: the tick box as rendered, and as it stands (`_box`).

    alone: the record did not change since the document was written.
    """
    new = taken(record, mine, said)
    if new and record.kind == "task" and boxes == ("x", " "):
        new = replace(new, status="active", details={**new.details, "state": "open"})  # a section of what is done says `done` of every line
    if new is None:
        return Clash(record, said, "the document does not say all of the record, and the edit touches that")
    if alone and boxes[0] != boxes[1] and (new.status, new.detail("state")) == (record.status, record.detail("state")):
        return Clash(record, said, f"what this tick says of {_a(record.kind)} cannot be known: say it in words, or `passdown edit {record.id}`")
    if alone or new == record:
        return Taken(new, parts(record, new), added <= _split(_all(new)))
    return Clash(record, said, "both were changed since the document was written", new)


def _box(one: Chunk | None) -> str:
    """What the tick box of an item holds, `x` also for a tick in front of its words; "" where there is none."""
    words = unmarked(one.text) if one else ""
    bullet = BULLET.match(words)
    return "x" if CHECKED.match(words[bullet.end():] if bullet else words) else (bullet["box"] or "").lower() if bullet else ""


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def taken(record: Record, mine: Record, said: Record) -> Record | None:
    """The record with what the document says otherwise than it was rendered; None when that cannot be told. Places are not looked at again."""
    text = patched(record.text, _plain(mine.text), _plain(said.text))
    if not text:
        return None
    kind = said.kind if said.kind != mine.kind else record.kind
    details = _details(record, mine, said, kind)
    status = said.status if said.status != mine.status else record.status
    if kind == "task" and details.get("state") == "done" != record.detail("state"):
        status = "resolved"
    return replace(record, kind=kind, text=text, details=details, status=status, anchors=_anchors(record, mine, said))


def parts(old: Record, new: Record) -> tuple[str, ...]:
    """The names of what differs: `kind`, `text`, `status`, `file`, names of details."""
    names = ["kind"] * (old.kind != new.kind) + ["text"] * (old.text != new.text) + ["status"] * (old.status != new.status)
    names += [n for n in dict.fromkeys((*old.details, *new.details)) if old.details.get(n) != new.details.get(n)]
    return (*names, *["file"] * (old.anchors != new.anchors))


def _plain(text: str) -> str:
    """Without the quotation marks of a quote that nobody has confirmed."""
    first, newline, rest = text.partition("\n")
    return first.strip(_TITLE_QUOTES) + newline + rest


def _details(record: Record, mine: Record, said: Record, kind: str) -> dict[str, Detail]:
    details = dict(record.details)
    for name in dict.fromkeys((*mine.details, *said.details)):
        if mine.details.get(name) != said.details.get(name):
            details.pop(name, None)
            details |= {name: said.details[name]} if name in said.details else {}
    was, own = ([f.name for f in KINDS[k].fields] for k in (record.kind, kind))
    return {n: details[n] for n in (*own, *(n for n in details if n not in own and n not in was)) if n in details}


def _anchors(record: Record, mine: Record, said: Record) -> tuple[Anchor, ...]:
    """The record's places without those that were struck out, and those that were added, as nobody has seen them yet."""
    before, after = [a.place for a in mine.anchors], [a.place for a in said.anchors]
    kept = [a for a in record.anchors if a.place not in before or a.place in after]
    return (*kept, *(a for a in said.anchors if a.place not in before and a.place not in [k.place for k in kept]))


def patched(text: str, before: str, after: str) -> str | None:
    """`text` with the lines that `after` has otherwise than `before`; None when these lines do not stand in it."""
    if before in (after, text):
        return text if before == after else after
    rows, old, new = text.split("\n"), before.split("\n"), after.split("\n")
    at = {a + n: b + n for a, b, size in SequenceMatcher(None, old, rows, autojunk=False).get_matching_blocks() for n in range(size)}
    for tag, first, last, begin, end in reversed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if tag != "equal":
            place = _place(at, first, last)
            if place is None:
                return None
            rows[place: place + last - first] = new[begin:end]
    return "\n".join(rows).strip()


def _place(at: Mapping[int, int], first: int, last: int) -> int | None:
    """Where lines first to last (not included) of the old text stand in the rows; for an insertion, behind the line before it."""
    if first == last:
        return at[first - 1] + 1 if first - 1 in at else None
    places = [at.get(n) for n in range(first, last)]
    start = places[0]
    return start if start is not None and places == list(range(start, start + last - first)) else None


def seals(text: str) -> dict[str, str]:
    """Of each key the seal of its first mark."""
    found: dict[str, str] = {}
    for mark in MARK.finditer(text):
        found.setdefault(mark[1], mark[2])
    return found


def resealed(text: str, ids: Container[str]) -> str:
    """The document in which items of these records count as untouched, so that an update writes them as it would."""
    for one in _ours(unified(text)).values():
        if one.key in ids and not one.intact:
            text = re.sub(rf"<!-- pd:{one.key} [0-9a-f]{{6}} -->", f"<!-- pd:{one.key} {seal(unmarked(one.text))} -->", text, count=1)
    return text


def _ours(text: str) -> dict[str, Chunk]:
    """Of each key the first chunk."""
    return {c.key: c for c in reversed(chunks(text)) if c.key}


def _words(one: Chunk | None) -> frozenset[str]:
    return _split(_STANDING.sub("", unmarked(one.text))) if one else frozenset()


def _all(record: Record) -> str:
    """Everything that a record says, in one text."""
    return " ".join((record.text, record.kind, record.status, *map(record.detail, record.details), *(a.place for a in record.anchors)))


def _split(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


def marks(text: str) -> tuple[str, ...]:
    """All marks as `key seal`, each once, in order."""
    return tuple(dict.fromkeys(f"{mark[1]} {mark[2]}" for mark in MARK.finditer(text)))


def descends(text: str, written: Container[str]) -> bool:
    """Whether the document is the one that was written with these marks, edited since: an older or newer version of it has others."""
    return all(mark in written for mark in marks(text))


def ours(text: str) -> frozenset[str]:
    """The keys of all marks, and the ids in comments of commands."""
    return frozenset(_KEY.findall(text))


def itemised(text: str) -> frozenset[int]:
    """The numbers, from 1, of lines that begin a list item or a table row, or stand in a fenced block: those of free paragraphs are not among them."""
    lines = LINE.findall(unified(text))
    return frozenset(n for n, (line, fenced) in enumerate(zip(lines, fences(lines), strict=True), 1) if fenced or TIGHT.match(line.lstrip()))


def foreign(found: Sequence[Found], text: str) -> list[Found]:
    """What lines of others say, the archive aside. text: the document."""
    keys = ours(text)
    return [f for f in found if f.record.id not in keys and f.section != ARCHIVE]


__all__ = ["Clash", "Taken", "descends", "edits", "foreign", "itemised", "marks", "ours", "parts", "patched", "resealed", "seals", "taken"]
