"""From a record to the text that is written: the store's side of the redaction boundary."""

from collections.abc import Callable

from msgspec.structs import replace

from passdown.formats import record_file
from passdown.formats.personal import without_home
from passdown.model.anchor import Anchor
from passdown.model.record import Detail, Record
from passdown.model.text import RedactedText, printable
from passdown.redaction.scan import redact


def safe(record: Record) -> tuple[Record, RedactedText]:
    """The record as it will be read back, and its text, both without secrets and controls. Raises `InvalidRecord` when it would not read back."""
    record = printed(record)
    text = record_file.render(record)
    redacted = redact(text)
    if redacted != text:  # string by string, so that a marker cannot upset the quoting; then nothing is left to replace in the whole
        redacted = redact(record_file.render(_each(record, redact)))
    return record_file.parse(redacted, record.id), redacted


def printed(record: Record) -> Record:
    """The record without control characters in any of its words."""
    return _each(record, printable)


def nameless(record: Record) -> Record:
    """The record as it is committed: its home directories name nobody."""
    return _each(record, without_home)


def _each(record: Record, clean: Callable[[str], str]) -> Record:
    """The record with each of its words through `clean`."""
    return replace(
        record, text=clean(record.text), session=clean(record.session), agent=clean(record.agent), branch=clean(record.branch),
        thread=clean(record.thread), details={name: _detail(value, clean) for name, value in record.details.items()},
        anchors=tuple(_anchor(anchor, clean) for anchor in record.anchors),
    )


def _anchor(anchor: Anchor, clean: Callable[[str], str]) -> Anchor:
    """Of a place whose name had to be changed nothing was seen: there is none of this name."""
    path, symbol = clean(anchor.path), clean(anchor.symbol)
    return anchor if (path, symbol) == (anchor.path, anchor.symbol) else Anchor(path, anchor.first, anchor.last, symbol)


def _detail(value: Detail, clean: Callable[[str], str]) -> Detail:
    return clean(value) if isinstance(value, str) else tuple(map(clean, value))


__all__ = ["nameless", "printed", "safe"]
