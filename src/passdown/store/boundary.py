"""From a record to the text that is written: the store's side of the redaction boundary."""

from msgspec.structs import replace

from passdown.formats import record_file
from passdown.model.anchor import Anchor
from passdown.model.record import Detail, Record
from passdown.model.text import RedactedText
from passdown.redaction.scan import redact


def safe(record: Record) -> tuple[Record, RedactedText]:
    """The record as it will be read back, and its text, both without secrets. Raises `InvalidRecord` when it would not read back."""
    text = record_file.render(record)
    redacted = redact(text)
    if redacted != text:  # string by string, so that a marker cannot upset the quoting; then nothing is left to replace in the whole
        redacted = redact(record_file.render(_without_secrets(record)))
    return record_file.parse(redacted, record.id), redacted


def _without_secrets(record: Record) -> Record:
    return replace(
        record, text=redact(record.text), session=redact(record.session), agent=redact(record.agent), branch=redact(record.branch),
        thread=redact(record.thread), details={name: _detail(value) for name, value in record.details.items()},
        anchors=tuple(map(_anchor, record.anchors)),
    )


def _anchor(anchor: Anchor) -> Anchor:
    """Of a place whose name had to be changed nothing was seen: there is none of this name."""
    path, symbol = redact(anchor.path), redact(anchor.symbol)
    return anchor if (path, symbol) == (anchor.path, anchor.symbol) else Anchor(path, anchor.first, anchor.last, symbol)


def _detail(value: Detail) -> Detail:
    return redact(value) if isinstance(value, str) else tuple(map(redact, value))


__all__ = ["safe"]
