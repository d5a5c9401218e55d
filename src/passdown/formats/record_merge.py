"""Two versions of one record brought together, field by field.

Laws: `merge(b, x, x)` and `merge(b, b, x)` are `x`; swapping the sides changes nothing but the order of lists and of the sides in a conflict; every line
of text, detail, anchor, evidence and link that one side added or changed is in the result.
"""

from collections.abc import Iterator, Mapping
from functools import partial

import msgspec
from msgspec.structs import replace

from passdown.formats import three_way
from passdown.model.anchor import Anchor
from passdown.model.record import KINDS, TRUST, Detail, Record, Status

OURS, BETWEEN, THEIRS = "<<<<<<< ours", "=======", ">>>>>>> theirs"
RANK: tuple[Status, ...] = ("superseded", "resolved", "archived", "expired", "active")  # of two new ones the first counts
SHORT = frozenset(("percent", "as-of", "expires", "expected", "ticket", "before", "after", "spent", "cwd"))  # details of a word: the later one counts
SCALARS = ("kind", "session", "agent", "branch", "thread", "superseded_by", "extractor")


class Merged(msgspec.Struct, frozen=True):
    """clean: nothing is left to decide; else both sides stand in the record's text, between marks."""

    record: Record
    clean: bool


def merge(base: Record | None, ours: Record, theirs: Record) -> Merged:
    """Both changes in one record. base: their common ancestor, None when both added it. The two sides have the same id."""
    base = base or Record(ours.id, "", "", trust="extracted")
    later = max(ours, theirs, key=lambda record: (record.updated, record.text, repr(record)))
    details, disputed = _details(base.details, ours, theirs, later)
    text = three_way.value(base.text, ours.text, theirs.text, lambda: three_way.text(base.text, ours.text, theirs.text) or "")
    clean = bool(text) and not disputed
    fields = {name: three_way.value(getattr(base, name), getattr(ours, name), getattr(theirs, name), partial(getattr, later, name)) for name in SCALARS}
    record = replace(
        later, **fields, text=text if clean else _both(text, ours, theirs, later, disputed), details=details,
        status=three_way.value(base.status, ours.status, theirs.status, lambda: min(ours.status, theirs.status, key=RANK.index)),
        trust=three_way.value(base.trust, ours.trust, theirs.trust, lambda: min(ours.trust, theirs.trust, key=list(TRUST).index)),
        created=three_way.value(base.created, ours.created, theirs.created, lambda: min(ours.created, theirs.created)),
        updated=three_way.value(base.updated, ours.updated, theirs.updated, lambda: max(ours.updated, theirs.updated)),
        anchors=three_way.items(base.anchors, ours.anchors, theirs.anchors, _place, later.anchors),
        evidence=three_way.items(base.evidence, ours.evidence, theirs.evidence, repr, later.evidence),
        supersedes=three_way.items(base.supersedes, ours.supersedes, theirs.supersedes, str, later.supersedes))
    return Merged(record, clean)


def is_disputed(text: str) -> bool:
    """Whether a text has both sides of a merge that nobody has settled: ours, or those that git left."""
    lines = text.split("\n")
    return any(line.startswith("<<<<<<< ") for line in lines) and BETWEEN in lines and any(line.startswith(">>>>>>> ") for line in lines)


def _place(anchor: Anchor) -> tuple[str, int, int, str]:
    return anchor.path, anchor.first, anchor.last, anchor.symbol


def _details(base: Mapping[str, Detail], ours: Record, theirs: Record, later: Record) -> tuple[dict[str, Detail], tuple[str, ...]]:
    """The details of both, and the names of those that both changed so that somebody has to decide; such a one has the later value."""
    merged: dict[str, Detail] = {}
    disputed = []
    for name in dict.fromkeys((*ours.details, *theirs.details)):
        old, mine, other = (side.get(name, "") for side in (base, ours.details, theirs.details))
        if mine != other and old not in (mine, other) and mine and other and not _settles_itself(later.kind, name, mine, other):
            disputed.append(name)
        merged[name] = three_way.value(old, mine, other, partial(_detail, old, mine, other, later.details.get(name, "")))
    return {name: value for name, value in merged.items() if value}, tuple(disputed)


def _detail(old: Detail, mine: Detail, other: Detail, later: Detail) -> Detail:
    """Of one that both changed: lists together, else the later one; a change counts more than taking it out."""
    if isinstance(mine, tuple) and isinstance(other, tuple):
        return three_way.items(old if isinstance(old, tuple) else (), mine, other, str, mine)
    return later or mine or other


def _settles_itself(kind: str, name: str, mine: Detail, other: Detail) -> bool:
    choices = next((field.choices for field in KINDS[kind].fields if field.name == name), ()) if kind in KINDS else ()
    return name in SHORT or bool(choices) or (isinstance(mine, tuple) and isinstance(other, tuple))


def _both(text: str, ours: Record, theirs: Record, later: Record, disputed: tuple[str, ...]) -> str:
    """The text with both sides of what is disputed behind it, under a title that says something."""
    sides = ["\n".join(_side(record, disputed, whole=not text)) for record in (ours, theirs)]
    return "\n".join((text or later.title, "", OURS, sides[0], BETWEEN, sides[1], THEIRS))


def _side(record: Record, disputed: tuple[str, ...], *, whole: bool) -> Iterator[str]:
    for name in disputed:
        value = record.details[name]
        yield from (f"{name}: {one}" for one in ((value,) if isinstance(value, str) else value))
    if whole:
        yield record.text


__all__ = ["Merged", "is_disputed", "merge"]
