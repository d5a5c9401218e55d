"""What each hand-off document said when it was last written: ids, seals and hashes, never words. With it, a line that somebody deleted or added is known.

A document that git has is another one on each branch. What is lost of this costs no record: then nothing is taken for deleted or new.
"""

from collections.abc import Mapping

import msgspec

from passdown import files
from passdown.formats import record_file
from passdown.model.ids import content_hash
from passdown.model.record import Record
from passdown.redaction.scan import redact
from passdown.store.layout import Layout

FORMAT = "passdown-document/1"


class Rendered(msgspec.Struct, frozen=True):
    """path: absolute. marks: `key seal`. records: id → `state` of the record that was said. foreign: ids that lines of others would have.

    gone: id → `state` of records that somebody deleted from the document: they stay out until they change.
    """

    format: str = FORMAT
    path: str = ""
    marks: tuple[str, ...] = ()
    records: Mapping[str, str] = msgspec.field(default_factory=dict)
    foreign: tuple[str, ...] = ()
    gone: Mapping[str, str] = msgspec.field(default_factory=dict)


def state(record: Record) -> str:
    """Changes with whatever the record says, not with the time at which it was written."""
    return content_hash(record_file.render(msgspec.structs.replace(record, updated=""))).partition(":")[2][:12]


def read(layout: Layout, path: str, branch: str) -> Rendered | None:
    """None when the document was not written here, or what is known of it does not read."""
    try:
        data = files.read(layout.rendered(path, branch))
        found = msgspec.json.decode(data, type=Rendered) if data else None
    except (OSError, msgspec.DecodeError):
        return None
    return found if found and found.format == FORMAT else None


def write(layout: Layout, branch: str, rendered: Rendered) -> None:
    """Raises `WriteFailed`."""
    if read(layout, rendered.path, branch) != rendered:
        files.write(layout.rendered(rendered.path, branch), redact(msgspec.json.encode(rendered).decode()), durable=False)


__all__ = ["Rendered", "read", "state", "write"]
