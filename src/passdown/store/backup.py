"""The private store in one file, and out of it again: a gzipped tar with a list of contents in front.

`passdown-backup.json` is the first member: `{"format": "passdown-backup/1", "at": …, "files": {name: content hash}}`. Names are paths below the private
store, and only those that `NAMES` knows: a name that leads elsewhere is no name. What can be made again at will (index, briefings) and what belongs to
one machine (locks, what hooks leave) stays out. `state.db` is a snapshot of the database, so it fits the events beside it. Of productions
it has the database of runs, what phases printed, and plans that are private; those in the work tree are git's.
"""

import gzip
import io
import json
import re
import tarfile
from pathlib import Path

from passdown import files
from passdown.errors import NotABackup
from passdown.model.ids import ID, content_hash
from passdown.model.record import KINDS
from passdown.redaction.scan import redact
from passdown.store.layout import Layout
from passdown.store.state import State

FORMAT = "passdown-backup/1"
MANIFEST = "passdown-backup.json"
MOST_BYTES = 4 << 30  # of contents; a file that says more is none of ours
PRODUCTIONS = "workflows/state.sqlite"  # a snapshot too, which the caller takes: this layer knows nothing of productions
_STEM = r"[A-Za-z0-9~][A-Za-z0-9_~.-]*"
NAMES = re.compile(
    rf"records/(?:{'|'.join(KINDS)})/{ID.pattern}\.md|published/{ID.pattern}|forgotten/{_STEM}|events/{_STEM}\.jsonl\.gz(?:\.damaged)?|derived/{_STEM}\.jsonl|"
    rf"sessions/{_STEM}\.md|journal/\d{{10}}\.json|documents/[0-9a-f]+\.json|templates/{_STEM}\.md\.j2|quarantine/(?:{_STEM}/)*{_STEM}|"
    rf"workflows/{_STEM}\.yaml|workflows/runs/{_STEM}/{_STEM}/{_STEM}/output|{re.escape(PRODUCTIONS)}|"
    r"trusted-templates|config\.toml|state\.db|VERSION|PRIVATE")

Contents = dict[str, bytes]


def contents(layout: Layout) -> Contents:
    """Every file that a backup holds, by name, in order. The caller holds the locks of records and of captures."""
    found = {}
    for path in sorted(layout.private.rglob("*")):
        name = path.relative_to(layout.private).as_posix()
        if name != PRODUCTIONS and NAMES.fullmatch(name) and path.is_file() and not path.is_symlink():
            data = files.read(path) or b""
            found[name] = redact(data.decode("utf-8", "replace")).encode() if name.endswith("/output") else data  # a phase may be printing just now
    if layout.state.exists():
        with State(layout.state) as state:
            found["state.db"] = state.snapshot()
    return {name: data for name, data in found.items() if data or name != "state.db"}


def save(path: Path, found: Contents, at: str) -> int:
    """Write a backup, 0600, and read every file of it back. Returns its size in bytes.

    Raises `Conflict` when there is a file of this name, `WriteFailed`, `NotVerified`, `NotABackup` when it does not read back.
    """
    data = pack(found, at)
    files.write_bytes(path, data, expected=None)
    if load(path) != found:
        raise NotABackup(path=path, reason="it reads back differently")
    return len(data)


def load(path: Path) -> Contents:
    """Every file of a backup. Raises `NotABackup`."""
    try:
        return unpack(files.read(path))
    except NotABackup as error:
        raise NotABackup(path=path, reason=error.facts["reason"]) from error
    except (OSError, EOFError, tarfile.TarError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotABackup(path=path, reason=str(error) or type(error).__name__) from error


def pack(found: Contents, at: str) -> bytes:
    """The same contents at the same time make the same bytes."""
    facts = {"format": FORMAT, "at": at, "files": {name: content_hash(data) for name, data in found.items()}}
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in {MANIFEST: json.dumps(facts, indent=1).encode(), **found}.items():
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(data), files.PRIVATE
            archive.addfile(member, io.BytesIO(data))
    return gzip.compress(raw.getvalue(), 6, mtime=0)


def unpack(data: bytes | None) -> Contents:
    """Raises `NotABackup` and what gzip, tar and JSON raise."""
    if data is None:
        raise NotABackup(path="", reason="there is no such file")
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
        manifest = _manifest(archive.next(), archive)
        found = {member.name: _member(member, archive) for member in iter(archive.next, None) if member is not None}
    if {name: content_hash(one) for name, one in found.items()} != manifest:
        raise NotABackup(path="", reason="its contents are not what its list says")
    return found


def _manifest(first: tarfile.TarInfo | None, archive: tarfile.TarFile) -> dict[str, str]:
    if first is None or first.name != MANIFEST:
        raise NotABackup(path="", reason=f"its first member is not {MANIFEST}")
    facts = json.loads(_read(first, archive))
    listed: dict[str, str] = facts["files"]
    if facts["format"] != FORMAT:
        raise NotABackup(path="", reason=f"its format is {facts['format']!r}; this passdown knows {FORMAT}")
    return listed


def _member(member: tarfile.TarInfo, archive: tarfile.TarFile) -> bytes:
    if not NAMES.fullmatch(member.name) or ".." in member.name.split("/"):
        raise NotABackup(path="", reason=f"{member.name!r} has no place in a store")
    return _read(member, archive)


def _read(member: tarfile.TarInfo, archive: tarfile.TarFile) -> bytes:
    stream = archive.extractfile(member) if member.isreg() and member.size <= MOST_BYTES else None
    if stream is None:
        raise NotABackup(path="", reason=f"{member.name!r} is no plain file")
    return stream.read()


__all__ = ["FORMAT", "PRODUCTIONS", "Contents", "contents", "load", "pack", "save", "unpack"]
