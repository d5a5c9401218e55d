"""What of the records a document does not give back when it is read: measured by reading it."""

from collections.abc import Iterator, Mapping, Sequence

from passdown.formats.base import Found, LeftOut, Material
from passdown.formats.marked import keys
from passdown.model.record import Record


def losses(found: Sequence[Found], text: str, material: Material) -> Iterator[LeftOut]:
    """Records that the document does not say, or not whole, in the material's order. What somebody wrote in a record's very words says it."""
    read = {f.record.id: f for f in found}
    named = keys(text)
    for record in (*material.records, *material.done):
        one = read.get(record.id)
        if one is None:
            if record.id not in named and record.title not in text:
                yield LeftOut(record.id, record.title, "this style has no place for it")
        elif not one.edited and (lost := missing(record, one.record)):
            yield LeftOut(record.id, record.title, f"not whole: {', '.join(lost)}")


def missing(record: Record, read: Record) -> list[str]:
    """The parts of a record that came back otherwise: `kind`, `text`, names of details, `file`."""
    lost = ["kind"] * (read.kind != record.kind) + ["text"] * (read.text != record.text)
    lost += [name for name in record.details if _flat(read.details, name) != _flat(record.details, name)]
    wanted = {(a.path, a.first, max(a.first, a.last), a.symbol) for a in record.anchors}
    return lost + ["file"] * (not wanted <= {(a.path, a.first, max(a.first, a.last), a.symbol) for a in read.anchors})


def _flat(details: Mapping[str, object], name: str) -> object:
    value = details.get(name, "")
    return (value,) if isinstance(value, str) and value else value


__all__ = ["losses", "missing"]
