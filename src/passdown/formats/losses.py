"""What of the records a document does not give back when it is read: measured by reading it."""

from collections.abc import Iterator, Mapping, Sequence

from passdown.formats.base import Found, LeftOut, Material
from passdown.formats.marked import keys
from passdown.model.record import Record

NO_PLACE = "this style has no place for it"


def losses(found: Sequence[Found], text: str, material: Material) -> Iterator[LeftOut]:
    """Records that the document does not say, or not whole, in the material's order. Somebody's line in a record's very words says it as far as it goes."""
    read = {f.record.id: f for f in found}
    theirs = by_hand(found, text)
    for record in (*material.records, *material.done):
        one = read.get(record.id)
        if one is None:
            same = theirs.get((record.kind, plain(record.text)))
            if same and (lost := missing(record, same)):
                yield LeftOut(record.id, record.title, f"somebody's line says it, without {', '.join(lost)}")
            elif not same:
                yield LeftOut(record.id, record.title, NO_PLACE)
        elif not one.edited and (lost := missing(record, one.record)):
            yield LeftOut(record.id, record.title, f"not whole: {', '.join(lost)}")


def by_hand(found: Sequence[Found], text: str) -> dict[tuple[str, str], Record]:
    """What lines of others say, whole items, by kind and words. text: what they were found in."""
    ours = keys(text)
    return {(f.record.kind, plain(f.record.text)): f.record for f in found if f.record.id not in ours}


def plain(text: str) -> str:
    """Words by which the same thing is known again: lower case, without marks of Markdown, white space and a full stop."""
    return " ".join(text.replace("*", " ").replace("`", " ").lower().split()).rstrip(" .")


def of_all(whole: Material, documents: Sequence[tuple[Material, Sequence[LeftOut]]]) -> Iterator[LeftOut]:
    """What of the records none of several documents says whole, in the material's order. documents: what each was made from, and what it left out.

    Behind it, what has expired: no document was to say that.
    """
    told = [({r.id for r in (*of.records, *of.done)}, {one.key: one for one in left}) for of, left in documents]
    for record in (*whole.records, *whole.done):
        meant = [left for has, left in told if record.id in has or record.id in left]
        if not meant:
            yield LeftOut(record.id, record.title, NO_PLACE)
        elif all(record.id in left for left in meant):
            yield min((left[record.id] for left in meant), key=lambda one: one.why == NO_PLACE)
    yield from (LeftOut(r.id, r.title, f"expired on {r.detail('expires')[:10]}") for r in whole.expired)


def missing(record: Record, read: Record) -> list[str]:
    """The parts of a record that came back otherwise: `kind`, `text`, names of details, `file`."""
    lost = ["kind"] * (read.kind != record.kind) + ["text"] * (read.text != record.text)
    lost += [name for name in record.details if _flat(read.details, name) != _flat(record.details, name)]
    wanted = {(a.path, a.first, max(a.first, a.last), a.symbol) for a in record.anchors}
    return lost + ["file"] * (not wanted <= {(a.path, a.first, max(a.first, a.last), a.symbol) for a in read.anchors})


def _flat(details: Mapping[str, object], name: str) -> object:
    value = details.get(name, "")
    return (value,) if isinstance(value, str) and value else value


__all__ = ["by_hand", "losses", "missing", "of_all", "plain"]
