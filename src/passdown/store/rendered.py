"""What each hand-off document said when it was last written: ids, seals and hashes, never words. With it, a line that somebody deleted or added is known.

A document is known by its work tree and its path in it (`name_of`), so that a repository may be moved; one that git has is another one on each branch.
What is lost of this costs no record: then nothing is taken for deleted or new.
"""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from passdown import files
from passdown.model.ids import content_hash
from passdown.model.json_values import BROKEN_JSON
from passdown.model.record import Record
from passdown.redaction.scan import redact
from passdown.store.layout import Layout

FORMAT = "passdown-document/1"


class Rendered(msgspec.Struct, frozen=True):
    """path: its name (`name_of`). marks: `key seal`. records: id → `state` of the record that was said. foreign: ids that lines of others would have.

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
    from passdown.formats import record_file  # 2 ms, which a briefing need not pay

    return content_hash(record_file.render(msgspec.structs.replace(record, updated=""))).partition(":")[2][:12]


def name_of(path: Path, root: Path, tree: str) -> str:
    """A document's name: that of its work tree (`hooks.place.work_tree`), a colon, its path below the tree's root; the whole path of one outside."""
    return f"{tree}:{path.relative_to(root).as_posix()}" if path.is_relative_to(root) else str(path)


def read(layout: Layout, name: str, branch: str, path: str = "") -> Rendered | None:
    """None when the document was not written here, or what is known of it does not read. path: absolute; versions before 0.2 had it as the name."""
    try:
        data = files.read(layout.rendered(name, branch)) or (files.read(layout.rendered(path, branch)) if path else None)
        found = msgspec.json.decode(data, type=Rendered) if data else None
    except (OSError, *BROKEN_JSON):
        return None
    return found if found and found.format == FORMAT else None


def write(layout: Layout, branch: str, rendered: Rendered) -> None:
    """Raises `WriteFailed`."""
    if read(layout, rendered.path, branch) != rendered:
        files.write(layout.rendered(rendered.path, branch), redact(msgspec.json.encode(rendered).decode()), durable=False)


__all__ = ["Rendered", "name_of", "read", "state", "write"]
