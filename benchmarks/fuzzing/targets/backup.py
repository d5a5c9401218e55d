"""A backup from anywhere: what is in it, where it would go."""

import gzip
import io
import json
import tarfile

from benchmarks.fuzzing.base import Target
from benchmarks.fuzzing.world import folder

from passdown.errors import PassdownError
from passdown.model.ids import content_hash
from passdown.store import backup


def run(data: bytes) -> None:
    path = folder() / "b.tar.gz"
    path.write_bytes(data)
    backup.load(path)


def packed(data: bytes) -> None:
    """A mutated archive, compressed whole, so that its members are reached."""
    run(gzip.compress(data, 1))


def archive() -> bytes:
    raw = io.BytesIO()
    member = b"---\nid: x\n---\ntext\n"
    with tarfile.open(fileobj=raw, mode="w") as tar:
        for name, one in (("passdown-backup.json", json.dumps({"format": backup.FORMAT, "files": {"records/task/x.md": content_hash(member)}}).encode()),
                          ("records/task/x.md", member)):
            info = tarfile.TarInfo(name)
            info.size = len(one)
            tar.addfile(info, io.BytesIO(one))
    return raw.getvalue()


TARGETS = {"backup-file": Target(lambda: [gzip.compress(archive())], run, (), (PassdownError,)),
           "backup-members": Target(lambda: [archive()], packed, (b"../../x", b"/etc/passwd", b"\x00" * 512), (PassdownError,))}
